import Preflight
import Processes
import Reports
import VerdictFile
import Workstation

/// The one way to a verdict: gathers facts, judges them, and records what the verdict is about.
struct Assessment {
  let verdict: Verdict
  let details: RunDetails
  /// The facts gathered, including those that no rule asked for.
  let facts: Facts
  private let key: SigningKey?

  /// Gathers and judges.
  ///
  /// - Parameter tellingCard: whether to identify the card from the sources that are asked anyway.
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

  /// Returns what a run judges with those options.
  static func plan(of run: Run, _ options: CheckOptions) -> Plan {
    Plan(run.ruleSet, for: options.use, reportMaxAge: options.inputs.reportMaxAge)
  }

  /// Gathers and judges with a run that is ready.
  ///
  /// - Parameters:
  ///   - plan: the rules and facts that the run judges.
  ///   - start: the time when the run began.
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
    let rules = run.rules
    var details = RunDetails(
      rulesPath: rules.path, rulesDigest: rules.digest, startedAt: startedAt,
      durationMs: start.duration(to: .now).milliseconds)
    if verdict.decision == .undecided, run.takesOnlyWhatIsGiven {
      details.missing = plan.missingFacts(from: gathered, run.rules.registry.facts)
    }
    details.rulesAreNamed = options.inputs.rules != nil
    if tellingCard { details.card = CardMark(gathered.facts, key: key) }
    details.labels = options.labels
    let facts = gathered.facts
    if !rules.plugins.isEmpty || (isMarked && ProgramMark.pathOfModule(facts) != nil) {
      // These are whole files, perhaps for several verdicts at once, so they are not read on the threads that others
      // wait for.
      let plugins: LoadedRules.PluginMarks
      (plugins, details.module) = await BlockingCall.running {
        (rules.pluginMarks(), isMarked ? ProgramMark(moduleOf: facts) : nil)
      }
      // If the verdict is that of a plugin that could not be asked, it already says so.
      if let failure = plugins.failure, verdict.exitCode != .serviceAbsent { throw failure }
      details.plugins = plugins.marks
    }
    details.selection = SelectionMark(options.selection, key: key)
    if options.format == .prometheus {
      details.marks = Label.marks(of: details.card, details.selection, in: options.output)
    }
    self.details = details
    Remains(rules: rules, verdict: verdict).keep()
  }

  /// Whether the lot may be sent. Decision and exit code must agree, as money depends on it.
  var isReady: Bool { verdict.decision == .ready && verdict.exitCode == .ready }
}

/// What is left of a run when the program ends, which frees all of its memory at once.
///
/// Freeing the thousands of objects of rules and verdict before would take a fifteenth of a whole check. Nothing in
/// it is secret, and nobody waits for its end.
private final class Remains {
  private let rules: LoadedRules
  private let verdict: Verdict

  init(rules: LoadedRules, verdict: Verdict) {
    self.rules = rules
    self.verdict = verdict
  }

  /// Keeps them until the program ends.
  func keep() { _ = Unmanaged.passRetained(self) }
}

extension Assessment {
  /// Returns the report in that format; JSON is signed if there is a key.
  func report(_ format: VerdictFormat, _ shown: ReportOptions) -> String {
    guard format == .json else { return format.report(shown).text(of: verdict, details) }
    return VerdictDocument(verdict, details, shown.wording).text(signedWith: key)
  }
}
