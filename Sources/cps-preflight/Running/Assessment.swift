import Preflight
import Processes
import Reports
import VerdictFile
import Workstation

/// The one way to a verdict: gathers, judges, and says what it is a verdict of.
struct Assessment {
  let verdict: Verdict
  let details: RunDetails
  /// What was learnt, also beyond what the rules asked for.
  let facts: Facts
  private let key: SigningKey?

  /// Gathers and judges.
  ///
  /// - Parameter tellingCard: whether to learn which card it is from the sources that are asked anyway.
  /// - Throws: ``Failure`` if there is no verdict.
  @MainActor
  init(_ options: CheckOptions, tellingCard: Bool) async throws(Failure) {
    let start = ContinuousClock.now
    let key = try options.key.map { path throws(Failure) in try SigningKey.read(path) }
    let language = options.language ?? Surroundings.language
    let run = try await Run(
      options.inputs, sparing: options.filesWritten, language: language, verbose: options.verbose)
    try await self.init(
      options, run, Self.plan(of: run, options), since: start, key: key, tellingCard: tellingCard)
  }

  /// What those options have a run judge.
  static func plan(of run: Run, _ options: CheckOptions) -> Plan {
    Plan(run.ruleSet, for: options.use, reportMaxAge: options.inputs.reportMaxAge)
  }

  /// Gathers and judges by a run that is ready to ask.
  ///
  /// - Parameters:
  ///   - plan: what the run judges.
  ///   - start: when it began.
  init(
    _ options: CheckOptions, _ run: Run, _ plan: Plan, since start: ContinuousClock.Instant,
    key: SigningKey? = nil,
    tellingCard: Bool
  ) async throws(Failure) {
    self.key = key
    let startedAt = Surroundings.now
    let language = options.language ?? Surroundings.language
    let isMarked =
      tellingCard || !options.filesWritten.isEmpty || plan.facts.contains(.cryptolibModule)
    let gathered = try await run.gather(
      plan.facts, selection: options.selection,
      alsoTelling: tellingCard || !options.filesWritten.isEmpty
        ? plan.welcomeFacts.union(FactName.identityOfCard.union([.cryptolibModule])) : plan.welcomeFacts,
      language: language, asking: plan.rules.map(\.check)
    ) { source in
      plan.deadline(for: source, otherwise: options.inputs.timeout)
    }
    if isMarked, let module = ProgramMark.pathOfModule(gathered.facts) {
      try options.filesWritten.spare(module)
    }
    verdict = plan.judge(gathered)
    facts = gathered.facts
    var details = RunDetails(
      rulesPath: run.rules.path, rulesDigest: run.rules.digest, startedAt: startedAt,
      durationMs: start.duration(to: .now).milliseconds)
    if tellingCard { details.card = CardMark(gathered.facts, key: key) }
    if options.format == .prometheus { details.cardLabel = Label(of: details.card, in: options.output) }
    details.labels = options.labels
    let rules = run.rules
    let facts = gathered.facts
    if !rules.plugins.isEmpty || (isMarked && ProgramMark.pathOfModule(facts) != nil) {
      // Whole files, perhaps several verdicts at once: not on the threads that the others wait for.
      (details.plugins, details.module) = await BlockingCall.running {
        (rules.pluginMarks, isMarked ? ProgramMark(moduleOf: facts) : nil)
      }
    }
    details.selection = SelectionMark(options.selection, key: key)
    self.details = details
  }

  /// Whether it may be sent. Both have to say so: money depends on it.
  var isReady: Bool { verdict.decision == .ready && verdict.exitCode == .ready }
}

extension Assessment {
  /// The report in that format; as JSON, signed where there is a key.
  func report(_ format: VerdictFormat, _ shown: ReportOptions) -> String {
    guard format == .json else { return format.report(shown).text(of: verdict, details) }
    return VerdictDocument(verdict, details, shown.wording).text(signedWith: key)
  }
}
