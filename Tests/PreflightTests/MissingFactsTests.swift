import Preflight
import Testing

/// A check that needs some facts to decide, and may need more of them by what another one says.
private struct Needing: Judge {
  let facts: Set<FactName> = [.cardKind, .cardIssuedOn, .cardExpiresOn, .cardContactless, .billingSituations]

  func judge(_ facts: Facts) throws(Unavailability) -> Judgement {
    if (try? facts.boolean(.cardContactless)) == true { return .fail(fr: "", en: "") }
    let kind = try facts.text(.cardKind)
    guard kind == "cps" else { return .fail(fr: "", en: "") }
    let issued = try facts.date(.cardIssuedOn)
    guard issued <= (try facts.date(.today)) else {
      throw Unavailability(.malformed, LocalizedText(fr: "", en: ""))
    }
    return .pass(fr: "", en: "")
  }
}

@Suite("Which facts a decision lacks")
struct MissingFactsTests {
  private static func missing(
    _ known: [Fact], severity: Severity = .blocking, day: Bool = true
  ) -> [String] {
    let nothing = LocalizedText(fr: "", en: "")
    let rule = Rule(id: "a", title: nothing, checkID: "needing", check: Needing(), severity: severity)
    let plan = Plan(RuleSet(sources: [], stages: [Stage(id: "s", title: nothing, rules: [rule])]), for: nil)
    let today = CivilDate("2026-03-15").map { Fact(.today, .date($0), source: "test") }
    return plan.missingFacts(
      from: Gathered(facts: Facts(known + (day ? [today].compactMap(\.self) : []))),
      FactCatalogue(FactCatalogue.shared)
    )
    .map(\.name.rawValue)
  }

  private static func fact(_ name: FactName, _ value: FactValue) -> Fact { Fact(name, value, source: "test") }

  private static func unknown(_ name: FactName, _ reason: Unavailability.Reason) -> Fact {
    Fact(name, unavailable: Unavailability(reason, LocalizedText(fr: "", en: "")), source: "test")
  }

  @Test("Those without which it cannot pass, in the order of the catalogue, and no others")
  func needed() {
    #expect(Self.missing([]) == ["card.kind", "card.issuedOn"])
    #expect(Self.missing([Self.fact(.cardKind, .text("cps"))]) == ["card.issuedOn"])
    #expect(Self.missing([Self.unknown(.cardKind, .service)]) == ["card.kind", "card.issuedOn"])
  }

  @Test("None where it is decided, where something else is wrong, or where the rule is a warning")
  func nothing() {
    #expect(Self.missing([Self.fact(.cardKind, .text("vitale"))]) == [])
    #expect(Self.missing([Self.fact(.cardContactless, .boolean(true))]) == [])
    #expect(Self.missing([Self.unknown(.cardKind, .disagreement)]) == [])
    #expect(Self.missing([], severity: .warning) == [])
  }

  @Test("Where the day is not known, no date would do")
  func noDay() { #expect(Self.missing([Self.fact(.cardKind, .text("cps"))], day: false) == []) }
}
