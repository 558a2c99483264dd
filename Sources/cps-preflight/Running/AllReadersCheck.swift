import PCSC
import Preflight
import Reports
import Workstation

/// `check --all-readers`: every card in every reader judged, all at once, each as `check --reader NAME` would.
struct AllReadersCheck {
  private let options: CheckOptions

  init(_ options: CheckOptions) { self.options = options }

  /// What does not go with it.
  static func mistake(_ options: CheckOptions) -> String? {
    let inputs = options.inputs
    if inputs.reader != nil { return "--all-readers and --reader exclude each other." }
    if inputs.facts != nil || inputs.report != nil || inputs.offline {
      return "--all-readers looks at the readers: it takes no --facts, --report or --offline."
    }
    if inputs.wait != nil { return "--all-readers judges the cards that are there: it takes no --wait." }
    // Each card has a code of its own, and another one's spends its tries.
    if inputs.pinDescriptor != nil || inputs.pinFile != nil {
      return "--all-readers presents no code porteur: a code is one card's. Use check --reader NAME for each."
    }
    if options.am != nil || options.situation != nil {
      return "--am and --situation are about one card: they exclude --all-readers."
    }
    guard options.format == .text || options.format == .json else {
      return "--all-readers writes text or json."
    }
    return nil
  }

  /// Does it. Throws an ``Ending`` with the code of the first verdict, in the order of the readers' names, that is not
  /// ready, or a ``Failure`` where there is no verdict.
  @MainActor
  func perform() async throws -> Never {
    let startedAt = Surroundings.timestamp
    let run = try await Run(options.inputs, language: language, verbose: options.verbose)
    let readers = await readersWithCards()
    var verdicts: [ReaderVerdict] = []
    if readers.isEmpty {
      // What there is to say of that, check says as ever.
      verdicts = [try await judge(run.withoutCode, in: nil, startedAt)]
    } else {
      let runs = try readers.map { (reader: $0, run: try run.ofCard(in: $0)) }
      verdicts = try await withThrowingTaskGroup(of: (Int, ReaderVerdict).self) { group in
        for (index, item) in runs.enumerated() {
          group.addTask { (index, try await judge(item.run, in: item.reader, startedAt)) }
        }
        var verdicts: [Int: ReaderVerdict] = [:]
        for try await (index, verdict) in group { verdicts[index] = verdict }
        return runs.indices.compactMap { verdicts[$0] }
      }
    }
    let output = Output(path: options.output)
    let shown = output.reportOptions(options.language, reveal: options.reveal, verbose: options.verbose)
    let report = AllReadersReport(shown)
    try output.write(options.format == .json ? report.json(of: verdicts) : report.text(of: verdicts))
    throw Ending(code: AllReadersReport.exitCode(of: verdicts))
  }

  private var language: Language { options.language ?? Surroundings.language }

  /// The names of the readers that hold a card, or may hold one, in order; none where the service cannot be asked.
  private func readersWithCards() async -> [String] {
    let watch = ReaderWatch(reader: nil, within: options.inputs.timeout)
    guard let readers = try? await watch.readers() else { return [] }
    // Two readers whose names read alike are one name, of which the run then says that it is undecided.
    return Set(readers.filter { $0.content != .empty }.map(\.name)).sorted()
  }

  private func judge(_ run: Run, in reader: String?, _ startedAt: String) async throws -> ReaderVerdict {
    let start = ContinuousClock.now
    let plan = Plan(run.ruleSet, for: options.use)
    let gathered = try await run.gather(
      plan.facts, language: language, asking: plan.rules.map(\.check)
    ) { source in
      plan.deadline(for: source, otherwise: options.inputs.timeout)
    }
    let verdict = plan.judge(gathered)
    let details = RunDetails(
      rulesPath: run.rules.path, rulesDigest: run.rules.digest, startedAt: startedAt,
      durationMs: start.duration(to: .now).milliseconds)
    return ReaderVerdict(reader: reader, verdict: verdict, details: details)
  }
}
