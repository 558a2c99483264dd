import Preflight
import Testing

/// A check of some facts, with a fixed result.
private struct Fixed: Judge {
  let facts: Set<FactName>
  let result: Result<Judgement, Unavailability>
  func judge(_ facts: Facts) throws(Unavailability) -> Judgement { try result.get() }
}

@Suite("An undecided rule that only repeats what is told already is a consequence")
struct ConsequencesTests {
  private typealias Given = (id: String, facts: Set<FactName>, result: Result<Judgement, Unavailability>)

  private static let fails = Result<Judgement, Unavailability>.success(.fail(fr: "non", en: "no"))

  private static func unknown(_ words: Text, _ reason: Unavailability.Reason = .notGiven) -> Result<
    Judgement, Unavailability
  > { .failure(Unavailability(reason, LocalizedText(everywhere: words))) }

  private func consequences(_ rules: [Given], _ facts: [FactName: FactValue]) -> Set<String> {
    let rules = rules.map { rule in
      Rule(
        id: rule.id, title: LocalizedText(everywhere: Text(rule.id)), checkID: "fixed",
        check: Fixed(facts: rule.facts, result: rule.result))
    }
    let stage = Stage(id: "s", title: LocalizedText(everywhere: "s"), rules: rules)
    let known = Facts(facts.map { Fact($0.key, $0.value, source: "test") })
    return Plan(RuleSet(sources: [], stages: [stage]), for: nil).judge(Gathered(facts: known)).consequences
  }

  @Test("Without a card, or with another one, nothing is known of it")
  func noCard() {
    for (facts, name) in [
      ([.cardPresent: .boolean(false)], FactName.cardPresent), ([.cardKind: .text("vitale")], .cardKind),
      ([.cardKind: .text("unknown")], .cardKind),
    ] as [([FactName: FactValue], FactName)] {
      let found = consequences(
        [
          ("card", [name], Self.fails), ("dates", [.cardIssuedOn], Self.unknown("a")),
          ("code", [.cardPIN], Self.unknown("b")), ("cryptolib", [.cryptolibVersion], Self.unknown("c")),
          ("slow", [.cardNumber], Self.unknown("d", .timeout)),
        ], facts)
      #expect(found == ["dates", "code"], "\(name)")
    }
  }

  @Test("A card that is there, of a kind that is not accepted, explains nothing")
  func otherKind() {
    let rules: [Given] = [
      ("kind", [.cardKind], Self.fails), ("dates", [.cardIssuedOn], Self.unknown("a")),
    ]
    #expect(consequences(rules, [.cardKind: .text("cpf"), .cardPresent: .boolean(true)]) == [])
  }

  @Test("The same reason is told once, by the first; the rule that decides is never left out")
  func sameReason() {
    let rules: [Given] = [
      ("first", [.cardPIN], Self.unknown("same", .service)),
      ("second", [.cardKind], Self.unknown("same", .service)),
      ("other", [.cardKind], Self.unknown("another", .service)),
    ]
    #expect(consequences(rules, [:]) == ["second"])
    #expect(consequences(Array(rules.dropFirst()), [:]) == [])
  }
}
