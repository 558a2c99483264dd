import Preflight
import Reports

/// One judgement: gathers, judges, reports, and ends with the verdict's code.
struct Checking {
  private let options: CheckOptions

  init(_ options: CheckOptions) { self.options = options }

  /// What is wrong with the options for `check`.
  static func mistake(_ options: CheckOptions) -> String? {
    if options.key != nil, options.format != .json {
      return "--key signs verdicts: it goes with --format json."
    }
    return nil
  }

  /// Does it. Throws an ``Ending`` with the verdict's code, or a ``Failure`` where there is no verdict.
  @MainActor
  func perform() async throws -> Never {
    let assessment = try await Assessment(options, tellingCard: options.format == .json)
    let output = Output(path: options.output)
    let shown = output.reportOptions(options.language, reveal: options.reveal, verbose: options.verbose)
    try output.write(try assessment.report(options.format, shown))
    throw Ending(
      code: options.nagiosExit
        ? NagiosReport.Status(assessment.verdict).exitCode : assessment.verdict.exitCode)
  }
}
