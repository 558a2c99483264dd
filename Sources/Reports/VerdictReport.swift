import JSON
package import Preflight
package import VerdictFile

/// A way to write a verdict.
package protocol VerdictReport: Sendable {
  init(_ options: ReportOptions)

  /// The whole report, with its line ends.
  func text(of verdict: Verdict, _ details: RunDetails) -> String
}

/// The formats of a verdict, each with the type that writes it. The one place to register a new one.
package enum VerdictFormat: String, Sendable, Hashable, CaseIterable {
  case text
  case json
  case junit
  case nagios
  case prometheus
  case html

  /// The report in that format.
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

/// The verdict as JSON, as ``VerdictDocument`` has it.
struct JSONReport: VerdictReport {
  private let options: ReportOptions

  init(_ options: ReportOptions) { self.options = options }

  func text(of verdict: Verdict, _ details: RunDetails) -> String {
    VerdictDocument(verdict, details, options.wording).jsonDocument
  }
}
