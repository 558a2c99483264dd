import Preflight
import Reports
import VerdictFile

/// One judgement: gathers, judges, reports, and exits with the verdict's code.
struct Checking {
  private let options: CheckOptions

  init(_ options: CheckOptions) { self.options = options }

  /// Judges and reports.
  ///
  /// - Throws: ``Ending`` with the verdict's code, or a ``Failure`` if there is no verdict.
  @MainActor
  func perform() async throws -> Never {
    if options.allReaders { try await AllReadersCheck(options).perform() }
    let journaling = Journaling(options, command: "check")
    var assessment: Assessment?
    let verdict: Verdict
    let output = Output(path: options.output, isOwnersAlone: options.reveal)
    let report: String
    do {
      try options.filesWritten.spareFiles(of: options)
      try options.filesWritten.examineLinks()
      let made = try await Assessment(
        options, tellingCard: options.tellsCard)
      assessment = made
      let shown = output.reportOptions(options.language, reveal: options.reveal, verbose: options.verbose)
      report = made.report(options.format, shown)
      verdict = made.verdict
    } catch {
      await journaling?.record(assessment, ending: error)
      throw error
    }
    // Nothing is reported that is not in the journal.
    try await journaling?.record(assessment, ending: verdict.exitCode)
    do {
      try output.write(report)
    } catch {
      await journaling?.record(.notWritten, ending: error)
      throw error
    }
    throw Ending(code: options.nagiosExit ? NagiosReport.Status(verdict).exitCode : verdict.exitCode)
  }
}
