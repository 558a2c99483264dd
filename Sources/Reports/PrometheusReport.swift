package import Preflight
package import VerdictFile

/// The verdict as metrics in the Prometheus text format, for the textfile collector of the node exporter.
///
/// Help texts are always in English, because Prometheus rejects files that describe the same metric differently.
/// The output contains ids and numbers, but no messages and no paths. The only values of facts are the reader's
/// name and check values of the card's number and of the selected situation's: without them, files with the same samples
/// would hide each other from the collector.
package struct PrometheusReport: VerdictReport {
  /// Ignores the options: the format is the same in all languages and shows no personal data.
  package init(_ options: ReportOptions) {}

  /// Returns the metrics.
  package func text(of verdict: Verdict, _ details: RunDetails) -> String {
    let use = [("use", verdict.use?.rawValue ?? "all")] + Self.labels(details).map { ($0.name, $0.value) }
    var metrics = [
      Metric("ready", "Whether the lot may be sent.", use, verdict.decision == .ready ? "1" : "0"),
      Metric("exit_code", "The exit code of the verdict.", use, String(verdict.exitCode.rawValue)),
      Metric(
        "rule_outcome", "What became of a rule: 1 for its outcome, 0 for the others.",
        samples: verdict.results.flatMap { result in
          Outcome.allCases.map { outcome in
            let labels = [
              ("rule", result.rule.id), ("severity", result.rule.severity.rawValue),
              ("outcome", outcome.rawValue),
            ]
            return (use + labels, outcome == result.outcome ? "1" : "0")
          }
        }),
    ]
    let reserves = verdict.reserves
    metrics.append(
      Metric(
        "warnings", "How many warnings failed, and how many could not be decided.",
        samples: [(Outcome.fail, reserves.failed), (.unknown, reserves.undecided)].map { outcome, count in
          (use + [("outcome", outcome.rawValue)], String(count))
        }))
    if let validity = CardValidity(verdict) {
      metrics.append(
        Metric(
          "card_valid_until_timestamp_seconds", "The end of the last day on which the card is valid, in UTC.",
          use,
          String((validity.lastDay.daysSince1970 + 1) * 86400)))
    }
    metrics += [
      Metric(
        "rules_info", "The rules that were judged.", use + [("sha256", details.rulesDigest)], "1"),
      Metric("duration_seconds", "How long the run took.", use, Decimals.seconds(details.durationMs)),
      Metric(
        "run_timestamp_seconds", "When the run began.", use, String(details.startedAt.secondsSince1970)),
    ]
    return metrics.map(\.text).joined()
  }

  /// Returns the marks of the verdict, each unless the caller gives a label of the same name, and the caller's labels.
  private static func labels(_ details: RunDetails) -> [Label] {
    details.marks.filter { mark in !details.labels.contains { $0.name == mark.name } } + details.labels
  }
}

/// One metric, of type gauge, with its samples.
private struct Metric {
  typealias Labels = [(name: String, value: String)]

  let name: String
  let help: String
  let samples: [(labels: Labels, value: String)]

  init(_ name: String, _ help: String, samples: [(Labels, String)]) {
    self.name = "cps_preflight_" + name
    self.help = help
    self.samples = samples.map { (labels: $0.0, value: $0.1) }
  }

  init(_ name: String, _ help: String, _ labels: Labels, _ value: String) {
    self.init(name, help, samples: [(labels, value)])
  }

  var text: String {
    var lines = ["# HELP \(name) \(help)", "# TYPE \(name) gauge"]
    lines += samples.map { sample in
      let labels = sample.labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
      return "\(name){\(labels)} \(sample.value)"
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Escapes the value of a label. Line feeds and other control characters were removed before.
  private static func escaped(_ value: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in printable(value).unicodeScalars {
      if scalar == "\\" || scalar == "\"" { escaped.append("\\") }
      escaped.append(scalar)
    }
    return String(escaped)
  }
}
