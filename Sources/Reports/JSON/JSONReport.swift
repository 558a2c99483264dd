package import Preflight

/// The verdict as JSON, `cps-preflight/verdict/1`; docs/verdict.md describes every field.
package struct JSONReport: VerdictReport {
  private let options: ReportOptions

  package init(_ options: ReportOptions) { self.options = options }

  /// The whole document. Throws what Foundation's encoder throws, which nothing here should make it do.
  package func text(of verdict: Verdict, _ details: RunDetails) throws -> String {
    try JSONDocument.text(of: VerdictDocument(verdict, details, options))
  }
}

struct VerdictDocument: Encodable {
  struct Rules: Encodable {
    let path: String
    let sha256: String
  }

  /// How much did not pass and holds nothing back, by outcome.
  struct Reserves: Encodable {
    let fail: Int
    let unknown: Int
    let waived: Int

    init(_ verdict: Verdict) {
      let reserves = verdict.reserves
      (fail, unknown, waived) = (reserves.failed, reserves.undecided, reserves.waived)
    }
  }

  struct Stage: Encodable {
    let id: String
    let title: String
    let rules: [Rule]
  }

  struct Rule: Encodable {
    let id: String
    let title: String
    let check: String
    let severity: String
    let outcome: String
    /// The case that the check found, as `remedies` name it.
    let caseName: String?
    let exit: Int32?
    let message: String
    let remedy: String?
    let links: [String]
    let waiver: Waiver?

    enum CodingKeys: String, CodingKey {
      case id, title, check, severity, outcome, exit, message, remedy, links, waiver
      case caseName = "case"
    }
  }

  struct Waiver: Encodable {
    let reason: String
    let until: String
    let standing: String
  }

  let schema = "cps-preflight/verdict/1"
  let verdict: String
  let exitCode: Int32
  let use: String?
  let today: String?
  let rules: Rules
  let reserves: Reserves
  let plugins: [ProgramMark]?
  let module: ProgramMark?
  let stages: [Stage]
  let facts: [FactDocument]
  let startedAt: String
  let durationMs: Int
  let card: CardMark?
  let selection: SelectionMark?

  init(_ verdict: Verdict, _ details: RunDetails, _ options: ReportOptions) {
    self.verdict = verdict.decision.rawValue
    exitCode = verdict.exitCode.rawValue
    use = verdict.use?.rawValue
    today =
      verdict.facts.lazy.compactMap { fact in
        if fact.name == .today, case .known(.date(let date)) = fact.state { date.description } else { nil }
      }.first
    rules = Rules(path: details.rulesPath, sha256: details.rulesDigest)
    reserves = Reserves(verdict)
    plugins = details.plugins.isEmpty ? nil : details.plugins
    module = details.module
    stages = verdict.stages.map { stage in
      Stage(
        id: stage.stage.id, title: options.words(stage.stage.title),
        rules: stage.results.map { Rule($0, options) })
    }
    facts = verdict.facts.map { FactDocument($0, options) }
    startedAt = details.startedAt
    durationMs = details.durationMs
    card = details.card
    selection = details.selection
  }
}

extension VerdictDocument.Rule {
  init(_ result: RuleResult, _ options: ReportOptions) {
    self.init(
      id: result.rule.id, title: options.words(result.rule.title), check: result.rule.checkID,
      severity: result.rule.severity.rawValue, outcome: result.outcome.rawValue,
      caseName: result.found?.name, exit: result.rule.exit?.rawValue, message: options.words(result.message),
      remedy: result.advice.map { options.words($0) }, links: result.links.map { options.words($0) },
      waiver: result.waiver.map {
        VerdictDocument.Waiver(
          reason: options.words($0.waiver.reason), until: $0.waiver.until.description,
          standing: $0.standing.rawValue)
      })
  }
}
