import Preflight
import VerdictFile

/// A check with a fixed result.
struct Fixed: Judge {
  let result: Result<Judgement, Unavailability>
  var facts: Set<FactName> { [.today, .cardReader, .cardATR, .cardNumber, .billingSituations] }
  func judge(_ facts: Facts) throws(Unavailability) -> Judgement { try result.get() }
}

/// A verdict that is made, written, and compared with the current state, with one thing changed by a test.
struct VerdictCase {
  static let today = CivilDate(daysSince1970: 20527)
  static let now = Moment(secondsSince1970: 20527 * 86400 + 6 * 3600)
  static let key = SigningKey([UInt8](repeating: 1, count: 32))
  static let otherKey = SigningKey([UInt8](repeating: 2, count: 40))
  static let number = Personal("2800001017", as: .cardNumber)
  static let identifier = Personal("692612344", as: .identifier)

  static let passes = Result<Judgement, Unavailability>.success(.pass(fr: "bon", en: "good"))
  static let fails = Result<Judgement, Unavailability>.success(.fail(fr: "mauvais", en: "bad"))
  static let undecided = Result<Judgement, Unavailability>.failure(
    Unavailability(.service, LocalizedText(fr: "absent", en: "missing")))

  /// The result of the first rule.
  var result = passes
  var use: Use?
  var selection = SituationSelection.any
  var day = today
  var startedAt = now
  var cardNumber: Personal? = number
  var disclosure = Disclosure.masked
  var key: SigningKey?
  var plugins: [ProgramMark] = []
  var module: ProgramMark?

  /// The facts about the card.
  var facts: Facts {
    var facts = [
      Fact(.today, .date(day), source: "clock"), Fact(.cardPresent, .boolean(true), source: "card"),
      Fact(.cardReader, .text("Reader X"), source: "card"),
      Fact(.cardATR, .text("3B AC 00 40"), source: "card"),
      Fact(
        .billingSituations,
        .situations([
          BillingSituation(identifier: .written(Self.identifier), signFSE: true, signLots: nil)
        ]), source: "card"),
    ]
    if let cardNumber { facts.append(Fact(.cardNumber, .personal(cardNumber), source: "card")) }
    return Facts(facts, selection: selection)
  }

  var ruleSet: RuleSet {
    func rule(
      _ id: String, _ result: Result<Judgement, Unavailability>, _ severity: Severity = .blocking,
      exit: ExitCode? = nil, uses: Set<Use>? = nil
    ) -> Rule {
      Rule(
        id: id, title: LocalizedText(fr: "règle", en: "rule"), checkID: "fixed", check: Fixed(result: result),
        severity: severity, exit: exit, uses: uses)
    }
    let rules = [
      rule("r", result, exit: ExitCode(20)), rule("w", Self.passes, .warning),
      rule("adri", Self.passes, uses: [.adri]),
    ]
    return RuleSet(
      sources: [], stages: [Stage(id: "s", title: LocalizedText(fr: "étape", en: "stage"), rules: rules)])
  }

  var details: RunDetails {
    var details = RunDetails(
      rulesPath: "rules.yaml", rulesDigest: FileDigest.of("rules".utf8), startedAt: startedAt, durationMs: 7)
    details.card = CardMark(facts, key: key)
    details.selection = SelectionMark(selection, key: key)
    details.plugins = plugins
    details.module = module
    return details
  }

  var verdict: Verdict { Plan(ruleSet, for: use).judge(Gathered(facts: facts)) }

  /// The text of the file that `check` would write.
  var text: String {
    VerdictDocument(verdict, details, Wording(.english, disclosure)).text(signedWith: key)
  }
}

/// What a verdict file is compared with.
struct Expectation {
  var demands = VerdictVerification.Demands()
  var key: SigningKey?
  var now = VerdictCase.now
  var today: CivilDate? = VerdictCase.today
  var rules = "rules"
  var plugins: [ProgramMark] = []
  var digest: @Sendable (String) -> String? = { _ in nil }
  /// The facts about the current card.
  var card = VerdictCase().facts

  /// Returns what is wrong with the file, in English; empty if it is good.
  ///
  /// - Throws: an error if it is not a verdict, or cannot be verified.
  func faults(of text: String) throws -> [String] {
    let verification = VerdictVerification(try RecordedVerdict(Array(text.utf8)), demands, key: key)
    var faults = verification.signatureFaults
    if faults.isEmpty {
      faults = verification.faults(
        VerdictVerification.Circumstances(
          moment: now, today: today, rulesPath: "rules.yaml", rulesDigest: FileDigest.of(rules.utf8),
          ruleSet: VerdictCase().ruleSet, plugins: plugins, digest: digest))
    }
    if faults.isEmpty, !demands.anyCard, let fault = try verification.cardFault(card, readThrough: nil) {
      faults = [fault]
    }
    return faults.map { $0.rendered(in: .english) }
  }
}
