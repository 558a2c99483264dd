package import Preflight
package import VerdictFile

/// The verdict as one line for monitoring systems, followed by the caller's labels on separate lines:
/// <https://nagios-plugins.org/doc/guidelines.html>.
package struct NagiosReport: VerdictReport {
  /// The states of a service, with the exit codes that monitoring systems expect.
  package enum Status: Int32, Sendable {
    case ok = 0
    case warning
    case critical
    case unknown

    /// Creates the status of a verdict. Only a verdict without any reservation is OK.
    package init(_ verdict: Verdict) {
      switch verdict.decision {
      case .blocked: self = .critical
      case .undecided: self = .unknown
      case .ready:
        let hasReserve = verdict.results.contains { NagiosReport.isReserve($0) }
        self = hasReserve ? .warning : .ok
      }
    }

    /// The exit code that reports the status.
    package var exitCode: ExitCode { ExitCode(rawValue) }

    fileprivate var word: String {
      switch self {
      case .ok: "OK"
      case .warning: "WARNING"
      case .critical: "CRITICAL"
      case .unknown: "UNKNOWN"
      }
    }

    /// Returns the line of this status with these words, without performance data.
    package func line(_ words: String) -> String { "CPS \(word) - \(NagiosReport.plain(words))\n" }
  }

  private let options: ReportOptions

  /// Uses the options except for colours, which the format does not have.
  package init(_ options: ReportOptions) { self.options = options.withoutColour }

  /// Returns the report.
  package func text(of verdict: Verdict, _ details: RunDetails) -> String {
    let told = verdict.deciding.map { [$0] } ?? verdict.results.filter(Self.isReserve)
    var parts = [Conclusion(options).sentence(of: verdict) + " (code \(verdict.exitCode.rawValue))"]
    for result in told {
      // The sentence already contains the title of the deciding rule.
      let title = verdict.deciding == nil ? words(result.rule.title) + options.colon + " " : ""
      let more = [WaiverLine(options).text(of: result), result.advice.map { "→ " + words($0) }]
      parts.append(([title + words(result.message)] + more.compactMap(\.self)).joined(separator: " "))
    }
    let line = Status(verdict).line(parts.joined(separator: "; "))
    let more = details.labels.map { "\($0.name)=\(Self.plain($0.value))\n" }.joined()
    return line.dropLast() + " | " + perfdata(verdict, details) + "\n" + more
  }

  /// Returns the performance data in the form `label=value;warn;crit`. The ranges are those without an alert; days
  /// have no unit there.
  private func perfdata(_ verdict: Verdict, _ details: RunDetails) -> String {
    var data: [String] = []
    if let validity = CardValidity(verdict) {
      func range(_ least: Int?) -> String { least.map { "\($0):" } ?? "" }
      data.append(
        "days_left=\(validity.days);\(range(validity.withoutWarning));\(range(validity.withoutBlocking))")
    }
    data.append("time=\(Decimals.seconds(details.durationMs))s")
    return data.joined(separator: " ")
  }

  private func words(_ text: LocalizedText) -> String { options.words(text) }

  /// Returns whether the result does not block, but is not a plain pass either.
  private static func isReserve(_ result: RuleResult) -> Bool {
    switch result.outcome {
    case .waived: true
    case .fail, .unknown: !result.blocks
    case .pass, .skipped: false
    }
  }

  /// Returns the text on one line, short enough for every transport, without the bar that would begin performance
  /// data and without brackets that a web page could take for HTML.
  private static func plain(_ words: String) -> String {
    var plain = String.UnicodeScalarView()
    for scalar in printable(words, limit: 500).unicodeScalars {
      switch scalar {
      case "|": plain.append("¦")
      case "<": plain.append("‹")
      case ">": plain.append("›")
      default: plain.append(scalar)
      }
    }
    return String(plain)
  }
}
