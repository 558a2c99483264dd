import PCSC
import Preflight
import Reports
import VerdictFile
import Workstation

/// `check --all-readers`: judges every card in every reader at once, each as `check --reader NAME` would.
struct AllReadersCheck {
  private let options: CheckOptions

  init(_ options: CheckOptions) { self.options = options }

  /// Judges each card and reports.
  ///
  /// - Throws: ``Ending`` with the code of the first verdict, in the order of the readers' names, that is not ready, or
  ///   a ``Failure`` if there is no verdict.
  @MainActor
  func perform() async throws -> Never {
    let journaling = Journaling(options, command: "check")
    let judged: [Judged]
    let output = Output(path: options.output, isOwnersAlone: options.reveal)
    let report: String
    do {
      try options.filesWritten.spareFiles(of: options)
      try options.filesWritten.examineLinks()
      judged = try await judge()
      report = text(of: judged, for: output)
    } catch {
      await journaling?.record(nil, ending: error)
      throw error
    }
    // Nothing is reported that is not in the journal.
    try await journaling?.record(judged.map(\.assessment))
    do {
      try output.write(report)
    } catch {
      await journaling?.record(.notWritten, ending: error)
      throw error
    }
    throw Ending(code: AllReadersReport.exitCode(of: judged.map(\.verdict)))
  }

  /// A reader, and the assessment of its card.
  private struct Judged {
    let reader: String?
    let assessment: Assessment

    var verdict: ReaderVerdict {
      ReaderVerdict(reader: reader, verdict: assessment.verdict, details: assessment.details)
    }
  }

  @MainActor
  private func judge() async throws -> [Judged] {
    let run = try await Run(
      options.inputs, sparing: options.filesWritten, language: language, verbose: options.verbose)
    let readers = await readersWithCards()
    let plan = Assessment.plan(of: run, options)
    // If no reader holds a card, the report is that of a plain `check`.
    guard !readers.isEmpty else { return [try await judge(run.withoutCode, plan, in: nil)] }
    let runs = try readers.map { (reader: $0, run: try run.ofCard(in: $0)) }
    return try await withThrowingTaskGroup(of: (Int, Judged).self) { group in
      for (index, item) in runs.enumerated() {
        group.addTask { (index, try await judge(item.run, plan, in: item.reader)) }
      }
      var judged: [Int: Judged] = [:]
      for try await (index, item) in group { judged[index] = item }
      return runs.indices.compactMap { judged[$0] }
    }
  }

  private func text(of judged: [Judged], for output: Output) -> String {
    let shown = output.reportOptions(options.language, reveal: options.reveal, verbose: options.verbose)
    let report = AllReadersReport(shown)
    let verdicts = judged.map(\.verdict)
    return options.format == .json ? report.json(of: verdicts) : report.text(of: verdicts)
  }

  private var language: Language { options.language ?? Surroundings.language }

  /// The sorted names of the readers that hold, or may hold, a card; empty if the service cannot be asked.
  private func readersWithCards() async -> [String] {
    let watch = ReaderWatch(reader: nil, within: options.inputs.timeout)
    guard let readers = try? await watch.readers() else { return [] }
    // Readers with the same name become one, for which the run is then undecided.
    return Set(readers.filter { $0.content != .empty }.map(\.name)).sorted()
  }

  private func judge(_ run: Run, _ plan: Plan, in reader: String?) async throws -> Judged {
    let assessment = try await Assessment(
      options, run, plan, since: .now, tellingCard: options.tellsCard)
    return Judged(reader: reader, assessment: assessment)
  }
}
