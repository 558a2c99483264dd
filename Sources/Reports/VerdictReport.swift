import JSON
package import Preflight
package import VerdictFile

/// A format in which a verdict can be written.
package protocol VerdictReport: Sendable {
  init(_ options: ReportOptions)

  /// Returns the complete report, including line breaks.
  func text(of verdict: Verdict, _ details: RunDetails) -> String
}

/// The formats of a verdict. A new format is added here, with the type that writes it.
package enum VerdictFormat: String, Sendable, Hashable, CaseIterable {
  case text
  case json
  case junit
  case nagios
  case prometheus
  case html

  /// Returns the report in that format.
  package func report(_ options: ReportOptions) -> any VerdictReport {
    switch self {
    case .text: TextReport(options)
    case .json: JSONReport(options)
    case .junit: JUnitReport(options)
    case .nagios: NagiosReport(options)
    case .prometheus: PrometheusReport(options)
    case .html: HTMLReport(options)
    }
  }
}

/// The verdict as JSON; see ``VerdictDocument``.
struct JSONReport: VerdictReport {
  private let options: ReportOptions

  init(_ options: ReportOptions) { self.options = options }

  func text(of verdict: Verdict, _ details: RunDetails) -> String {
    VerdictDocument(verdict, details, options.wording).jsonDocument
  }
}
