import Preflight
import Reports
import Workstation

/// One judgement: gathers, judges, reports, and ends with the verdict's code.
struct Checking {
  private let options: CheckOptions

  init(_ options: CheckOptions) { self.options = options }

  /// Does it. Throws an ``Ending`` with the verdict's code, or a ``Failure`` where there is no verdict.
  @MainActor
  func perform() async throws -> Never {
    if options.allReaders { try await AllReadersCheck(options).perform() }
    let start = ContinuousClock.now
    let startedAt = Surroundings.timestamp
    let language = options.language ?? Surroundings.language
    let run = try await Run(options.inputs, language: language, verbose: options.verbose)
    let plan = Plan(run.ruleSet, for: options.use)
    let gathered = try await run.gather(
      plan.facts, selection: options.selection, language: language,
      asking: plan.rules.map(\.check)
    ) { source in
      plan.deadline(for: source, otherwise: options.inputs.timeout)
    }
    let verdict = plan.judge(gathered)

    let output = Output(path: options.output)
    let details = RunDetails(
      rulesPath: run.rules.path, rulesDigest: run.rules.digest, startedAt: startedAt,
      durationMs: start.duration(to: .now).milliseconds)
    let shown = output.reportOptions(options.language, reveal: options.reveal, verbose: options.verbose)
    try output.write(options.format.report(shown).text(of: verdict, details))
    throw Ending(
      code: options.nagiosExit ? NagiosReport.Status(verdict).exitCode : verdict.exitCode)
  }
}
