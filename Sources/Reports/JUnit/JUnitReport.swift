package import Preflight
package import VerdictFile

/// The verdict as JUnit XML for CI servers, with one test case per rule.
///
/// It contains a failure or an error if and only if the lot may not be sent, so that the colours alone show the
/// decision. A result that does not block (a warning, a waiver) is a skipped case with an explanation.
package struct JUnitReport: VerdictReport {
  private let options: ReportOptions

  /// Uses the options except for colours, which the format does not have.
  package init(_ options: ReportOptions) { self.options = options.withoutColour }

  /// Returns the document.
  package func text(of verdict: Verdict, _ details: RunDetails) -> String {
    // Servers show one case of those that have the same class and name: of several cards, the labels tell them apart.
    let labels = details.labels.map { " \($0.name)=\($0.value)" }.joined()
    var cases = verdict.stages.flatMap { stage in
      stage.results.map { result in
        JUnitDocument.Case(
          group: "cps-preflight.\(stage.stage.id)\(labels)",
          name: "\(result.rule.id): \(options.words(result.rule.title))", outcome(of: result))
      }
    }
    if verdict.decision != .ready, !verdict.results.contains(where: \.blocks) {
      // The rule that should have decided was not judged. Without this case, it would only be a skipped case, which
      // CI servers show as success.
      cases.append(
        JUnitDocument.Case(
          group: "cps-preflight\(labels)", name: "verdict",
          .error(kind: verdict.decision.rawValue, lines: [Conclusion(options).sentence(of: verdict)])))
    }
    let report = TextReport(options).text(of: verdict, details)
    return JUnitDocument(
      name: "cps-preflight check\(labels)", startedAt: details.startedAt, durationMs: details.durationMs,
      properties: properties(verdict, details), cases: cases,
      output: report.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    ).text
  }

  private func properties(_ verdict: Verdict, _ details: RunDetails) -> [(name: String, value: String)] {
    var properties = [
      (name: "verdict", value: verdict.decision.rawValue),
      (name: "exitCode", value: String(verdict.exitCode.rawValue)),
    ]
    if let use = verdict.use { properties.append((name: "use", value: use.rawValue)) }
    return properties + [
      (name: "rules.path", value: details.rulesPath), (name: "rules.sha256", value: details.rulesDigest),
    ] + details.labels.map { ($0.name, $0.value) }
  }

  private func outcome(of result: RuleResult) -> JUnitDocument.Case.Outcome {
    let message = options.words(result.message)
    if result.blocks {
      let kind = result.exitCode.map { "code \($0.rawValue)" } ?? result.outcome.rawValue
      let more = [WaiverLine(options).text(of: result), result.advice.map { "→ " + options.words($0) }]
      let lines = [message] + more.compactMap(\.self) + result.links.map { options.words($0) }
      return result.outcome == .fail ? .failed(kind: kind, lines: lines) : .error(kind: kind, lines: lines)
    }
    switch result.outcome {
    case .pass: return .passed
    case .skipped: return .skipped(message)
    case .fail:
      return .skipped(options.say(fr: "AVERTISSEMENT : \(message)", en: "WARNING: \(message)"))
    case .unknown:
      return .skipped(
        options.say(fr: "AVERTISSEMENT indécis : \(message)", en: "WARNING, undecided: \(message)"))
    case .waived:
      let waiver = WaiverLine(options).text(of: result).map { "\($0) – " } ?? ""
      return .skipped(waiver + message)
    }
  }
}
