import CardChecks
import Preflight
import Testing

/// The outcome of a check on these facts: `pass`, `fail`, or `unknown` with its reason.
private func outcome(
  _ check: any Check.Type, _ facts: [FactName: FactValue], parameters: [String: ParameterValue] = [:]
) throws -> String {
  let check = try check.init(Parameters(parameters))
  do {
    return try check.judge(Facts(facts.map { Fact($0, $1, source: "test") })).outcome.rawValue
  } catch {
    return "unknown (\(error.reason))"
  }
}

private func day(_ text: String) throws -> FactValue { .date(try #require(CivilDate(text))) }

@Suite("card.kind")
struct CardKindTests {
  @Test(
    "Kind, contactless, outcome",
    arguments: [
      ("cps", false, "pass"), ("cpe", false, "pass"), ("cpf", false, "fail"), ("cpa", false, "fail"),
      ("vitale", false, "fail"), ("unknown", false, "fail"), ("cps", true, "fail"), ("vitale", nil, "fail"),
      ("cps", nil, "unknown (notGiven)"), (nil, true, "fail"), (nil, false, "unknown (notGiven)"),
    ] as [(String?, Bool?, String)])
  func kinds(kind: String?, contactless: Bool?, expected: String) throws {
    var facts: [FactName: FactValue] = [:]
    facts[.cardKind] = kind.map(FactValue.text)
    facts[.cardContactless] = contactless.map(FactValue.boolean)
    #expect(try outcome(CardKindCheck.self, facts) == expected)
  }

  @Test("Each kind that is refused is refused in its own words")
  func words() throws {
    let check = try CardKindCheck(Parameters())
    let messages = try ["vitale", "cpf", "cpa", "unknown"].map { kind in
      try check.judge(Facts([Fact(.cardKind, .text(kind), source: "test")])).message.rendered(in: .french)
    }
    #expect(Set(messages).count == 4)
    #expect(messages[0] == "la carte Vitale du patient est dans le lecteur")
  }
}

@Suite("card.pin")
struct CardPINTests {
  @Test(
    "State and outcome",
    arguments: [
      ("ok", "pass"), ("low", "pass"), ("final", "fail"), ("blocked", "fail"),
      ("no such state", "unknown (malformed)"),
    ])
  func states(state: String, expected: String) throws {
    #expect(try outcome(CardPINCheck.self, [.cardPIN: .text(state)]) == expected)
  }
}

@Suite("card.validity")
struct CardValidityTests {
  /// Today, issue, expiry (nothing: not known), parameters, outcome.
  struct Case: Sendable, CustomTestStringConvertible {
    let today: String
    let issued: String?
    let expires: String?
    var parameters: [String: ParameterValue] = [:]
    let expected: String

    init(
      _ today: String, _ issued: String?, _ expires: String?, _ expected: String,
      _ parameters: [String: ParameterValue] = [:]
    ) {
      (self.today, self.issued, self.expires) = (today, issued, expires)
      (self.expected, self.parameters) = (expected, parameters)
    }

    var testDescription: String { "\(today): \(issued ?? "–") … \(expires ?? "–") \(expected)" }
  }

  @Test(
    "Valid up to and including the third anniversary and the card's own expiry",
    arguments: [
      Case("2025-09-10", "2025-09-10", "2028-09-30", "pass"),
      Case("2028-09-10", "2025-09-10", "2028-09-30", "pass"),
      Case("2028-09-11", "2025-09-10", "2028-09-30", "fail"),
      Case("2027-02-28", "2024-02-29", "2027-12-31", "pass"),
      Case("2027-03-01", "2024-02-29", "2027-12-31", "fail"),
      Case("2026-03-15", "2025-09-10", "2026-03-15", "pass"),
      Case("2026-03-16", "2025-09-10", "2026-03-15", "fail"),
      Case("2026-03-15", nil, "2026-03-14", "fail"),
      Case("2026-03-15", "2020-01-01", nil, "fail"),
      Case("2026-03-15", nil, "2027-01-01", "unknown (notGiven)"),
      Case("2026-03-15", "2025-09-10", nil, "unknown (notGiven)"),
      Case("2026-03-15", "2026-03-16", "2028-09-30", "unknown (malformed)"),
      Case("2026-03-15", "2025-09-10", "2025-09-09", "unknown (malformed)"),
    ])
  func dates(one: Case) throws { try check(one) }

  @Test(
    "Parameters turn either date off, and ask for days left",
    arguments: [
      Case("2030-01-01", "2025-09-10", "2030-01-01", "pass", ["years": .integer(0)]),
      Case("2030-01-01", nil, "2030-01-01", "pass", ["years": .integer(0)]),
      Case("2028-09-10", "2025-09-10", nil, "pass", ["expiry": .boolean(false)]),
      Case("2029-09-10", "2025-09-10", nil, "pass", ["expiry": .boolean(false), "years": .integer(4)]),
      Case("2028-07-11", "2025-09-10", "2028-09-30", "pass", ["days_left": .integer(60)]),
      Case("2028-07-12", "2025-09-10", "2028-09-30", "fail", ["days_left": .integer(60)]),
      Case("2028-07-12", nil, "2028-08-01", "fail", ["days_left": .integer(60)]),
    ])
  func parameters(one: Case) throws { try check(one) }

  private func check(_ one: Case) throws {
    var facts = [FactName.today: try day(one.today)]
    if let issued = one.issued { facts[.cardIssuedOn] = try day(issued) }
    if let expires = one.expires { facts[.cardExpiresOn] = try day(expires) }
    #expect(try outcome(CardValidityCheck.self, facts, parameters: one.parameters) == one.expected)
  }

  @Test(
    "The message gives the last valid day and the days left, and so does the number for monitoring systems",
    arguments: [
      ("2028-09-11", 0, "son dernier jour était le 10/09/2028, il y a 1 jour ", -1, 0),
      ("2028-09-09", 0, "jusqu'au 10/09/2028 inclus, encore 1 jour ", 1, 0),
      ("2028-09-08", 60, "jusqu'au 10/09/2028, dans 2 jours ", 2, 61),
    ])
  func words(today: String, daysLeft: Int, expected: String, days: Int, enough: Int) throws {
    let facts = [
      Fact(.today, try day(today), source: "test"),
      Fact(.cardIssuedOn, try day("2025-09-10"), source: "test"),
      Fact(.cardExpiresOn, try day("2028-09-30"), source: "test"),
    ]
    let check = try CardValidityCheck(Parameters(["days_left": .integer(daysLeft)]))
    let judgement = try check.judge(Facts(facts))
    let message = judgement.message.rendered(in: .french)
    #expect(message.contains(expected), "\(message)")
    let validity = try #require(judgement.validity)
    #expect(validity.lastDay == CivilDate("2028-09-10"))
    #expect((validity.days, validity.enough) == (days, enough))
  }

  @Test("Both dates turned off leave nothing to judge")
  func nothing() {
    #expect(throws: ParameterError.self) {
      try CardValidityCheck(Parameters(["years": .integer(0), "expiry": .boolean(false)]))
    }
  }

  @Test("Only the dates that count are asked for")
  func facts() throws {
    #expect(try CardValidityCheck(Parameters(["years": .integer(0)])).facts == [.today, .cardExpiresOn])
    #expect(try CardValidityCheck(Parameters(["expiry": .boolean(false)])).facts == [.today, .cardIssuedOn])
  }
}
