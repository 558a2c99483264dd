import AnyFact
import Preflight
import RuleStage
import Testing

/// Facts that the rule file declares, beside those of the program.
private let registry = Registry(
  checks: [], sources: [],
  facts: .forTests.adding(
    [
      ("lot/text", .text), ("lot/secret", .concealed(.text)), ("lot/test", .boolean),
      ("lot/count", .integer), ("lot/limit", .integer), ("lot/day", .date),
      ("lot/secretDay", .concealed(.date)),
      ("lot/age", .duration), ("lot/list", .list), ("lot/version", .version),
    ].map { (name: String, type: FactType) in FactDeclaration(FactName(name), type, fr: "", en: "") }))

private func check(_ fact: String, _ name: String, _ operand: ParameterValue) throws -> FactCheck {
  try FactCheck(
    Parameters(["fact": .string(fact), name: operand]), in: CheckContext(rule: "r", registry: registry))
}

/// Returns the outcome, with the message and the case.
private func judge(
  _ check: FactCheck, _ facts: [String: FactValue]
) -> (outcome: String, message: LocalizedText, found: FoundCase?) {
  do throws(Unavailability) {
    let judgement = try check.judge(Facts(facts.map { Fact(FactName($0), $1, source: "test") }))
    return (judgement.outcome.rawValue, judgement.message, judgement.found)
  } catch {
    return ("unknown", error.message, error.found)
  }
}

private func date(_ iso: String) throws -> FactValue { .date(try #require(CivilDate(iso))) }

private func number(_ text: String) -> FactValue { .personal(Personal(text, as: .cardNumber)) }

@Suite("fact, compared with another fact")
struct FactRelationTests {
  /// A fact, a comparison, another fact, their values, and the outcome.
  struct Case: Sendable {
    let fact: String
    let name: String
    let other: String
    let value: FactValue?
    let asked: FactValue?
    let expected: String

    init(
      _ fact: String, _ name: String, _ other: String, _ value: FactValue?, _ asked: FactValue?,
      _ expected: String
    ) {
      (self.fact, self.name, self.other) = (fact, name, other)
      (self.value, self.asked, self.expected) = (value, asked, expected)
    }
  }

  private static func day(_ iso: String) -> FactValue? { CivilDate(iso).map(FactValue.date) }

  @Test(
    "Comparisons",
    arguments: [
      Case("lot/test", "equals", "card.test", .boolean(false), .boolean(false), "pass"),
      Case("lot/test", "equals", "card.test", .boolean(true), .boolean(false), "fail"),
      Case("lot/test", "equals", "card.test", .boolean(true), nil, "unknown"),
      Case("lot/test", "equals", "card.test", nil, .boolean(true), "unknown"),
      Case("lot/text", "equals", "card.kind", .text("cps"), .text("cps"), "pass"),
      Case("lot/text", "equals", "card.number", .text("2800001017"), number("2800001017"), "pass"),
      Case(
        "lot/secret", "equals", "card.number", .concealed(.text("2800001017")), number("2800001017"), "pass"),
      Case(
        "card.number", "equals", "lot/secret", number("2800001018"), .concealed(.text("2800001017")), "fail"),
      Case("lot/count", "at_most", "lot/limit", .integer(3), .integer(3), "pass"),
      Case("lot/count", "at_most", "lot/limit", .integer(4), .integer(3), "fail"),
      Case("lot/count", "at_least", "lot/limit", .integer(2), .integer(3), "fail"),
      Case(
        "lot/version", "at_least", "cryptolib.version", .version(Version(5, 10)), .version(Version(5, 2)),
        "pass"),
      Case("lot/day", "before", "today", day("2026-03-14"), day("2026-03-15"), "pass"),
      Case("lot/day", "before", "today", day("2026-03-15"), day("2026-03-15"), "fail"),
      Case("lot/day", "after", "card.issuedOn", day("2026-03-15"), day("2026-03-14"), "pass"),
      Case("lot/day", "at_most", "today", day("2026-03-15"), day("2026-03-15"), "pass"),
      Case(
        "lot/day", "after", "lot/secretDay", day("2026-03-15"), day("2026-03-14").map { .concealed($0) },
        "pass"),
      Case(
        "lot/secret", "equals", "card.number", .concealed(.personal(Personal(mask: "•••", as: .other))),
        number("2800001017"), "unknown"),
      Case(
        "lot/text", "equals", "card.number", .text("2800001017"),
        .personal(Personal(mask: "•••••••017", as: .cardNumber)), "unknown"),
    ])
  func comparisons(one: Case) throws {
    var facts: [String: FactValue] = [:]
    facts[one.fact] = one.value
    facts[one.other] = one.asked
    let check = try check(one.fact, one.name, .fact(FactName(one.other)))
    #expect(judge(check, facts).outcome == one.expected)
    #expect(check.facts == [FactName(one.fact), FactName(one.other)])
  }

  @Test(
    "What cannot be compared is refused before anything is judged",
    arguments: [
      ("lot/test", "equals", "lot/count"), ("lot/text", "equals", "lot/day"),
      ("lot/text", "at_most", "card.kind"),
      ("lot/version", "before", "cryptolib.version"), ("lot/list", "equals", "reader.names"),
      ("billing.situations", "equals", "lot/list"), ("lot/test", "equals", "lot/test"),
      ("lot/test", "equals", "lot/tset"), ("lot/test", "equals", "nothing"),
      ("lot/test", "at_least", "card.test"),
    ])
  func incomparable(fact: String, name: String, other: String) {
    #expect(throws: ParameterError.self) { try check(fact, name, .fact(FactName(other))) }
  }

  @Test(
    "A fact that is not known comes with the one that was meant, or with how it is declared",
    arguments: [
      ("lot/tst", ParameterError.Hint.name("lot/test")),
      ("lot/wholly-other", .undeclared(FactName("lot/wholly-other"))),
      ("Wholly other", nil),
    ] as [(String, ParameterError.Hint?)])
  func hints(other: String, hint: ParameterError.Hint?) {
    let error = #expect(throws: ParameterError.self) {
      try check("card.test", "equals", .fact(FactName(other)))
    }
    #expect(error?.hint == hint)
    #expect(error?.name == "equals")
  }

  @Test("A text that is the name of a fact, and cannot be a value, was meant as that fact")
  func meant() {
    let error = #expect(throws: ParameterError.self) { try check("lot/test", "equals", .string("card.test")) }
    #expect(error?.hint == .fact(.cardTest))
  }

  @Test("It says which fact asks for what, in both languages")
  func words() throws {
    let (_, message, found) = judge(
      try check("lot/count", "at_most", .fact(FactName("lot/limit"))),
      ["lot/count": .integer(4), "lot/limit": .integer(3)])
    #expect(message.rendered(in: .french) == " : 4 (demandé : au plus 3, d’après lot/limit)")
    #expect(message.rendered(in: .english) == ": 4 (asked for: at most 3, as lot/limit says)")
    #expect(found?.name == "differs" && found?.values["wanted"]?.rendered(in: .english) == "at most 3")
  }

  @Test(
    "Where one of the two is personal, both are masked: the public one would say the other",
    arguments: [
      ("lot/text", "card.number", FactValue.text("2800001017"), number("2800001017")),
      ("card.number", "lot/text", number("2800001017"), .text("2800001018")),
      ("lot/text", "lot/secret", .text("2800001017"), .concealed(.text("2800001019"))),
      ("lot/secret", "lot/text", .concealed(.text("2800001017")), .text("2800001017")),
    ])
  func masked(fact: String, other: String, value: FactValue, asked: FactValue) throws {
    let result = judge(try check(fact, "equals", .fact(FactName(other))), [fact: value, other: asked])
    for text in [result.message] + Array((result.found?.values ?? [:]).values) {
      for language in Language.allCases {
        #expect(!text.rendered(in: language).contains("28000010"), "\(text.rendered(in: language))")
      }
    }
    #expect(result.message.rendered(in: .english, .revealed).contains("2800001017"))
  }
}

@Suite("fact, not older than")
struct FactAgeTests {
  private static let eightDays = ParameterValue.duration(.seconds(8 * 86_400))

  @Test(
    "Days of the calendar are counted up to today",
    arguments: [
      ("2026-03-15", "pass", "il y a 0 jour (", "0 days ago"),
      ("2026-03-14", "pass", "il y a 1 jour (", "1 day ago"),
      ("2026-03-07", "pass", "il y a 8 jours", "8 days ago"),
      ("2026-03-06", "fail", "il y a 9 jours", "9 days ago"),
      ("2025-03-15", "fail", "il y a 365 jours", "365 days ago"),
      ("2026-03-16", "unknown", "16/03/2026, après la date du jour (15/03/2026)", "2026-03-16, after today"),
    ])
  func ages(day: String, expected: String, french: String, english: String) throws {
    let check = try check("lot/day", "not_older_than", Self.eightDays)
    #expect(check.facts == [FactName("lot/day"), .today])
    let result = judge(check, ["lot/day": try date(day), "today": try date("2026-03-15")])
    #expect(result.outcome == expected)
    #expect(result.message.rendered(in: .french).contains(french))
    #expect(result.message.rendered(in: .english).contains(english))
  }

  @Test("A day that is not known is not recent, and neither is any without today's date")
  func unknown() throws {
    let check = try check("lot/day", "not_older_than", Self.eightDays)
    #expect(judge(check, ["today": try date("2026-03-15")]).found?.name == "fact_not_given")
    #expect(judge(check, ["lot/day": try date("2026-03-15")]).outcome == "unknown")
  }

  @Test("Of a personal date neither the day nor its age is shown", arguments: ["2026-03-06", "2026-03-16"])
  func masked(day: String) throws {
    let check = try check("lot/secretDay", "not_older_than", Self.eightDays)
    let result = judge(check, ["lot/secretDay": .concealed(try date(day)), "today": try date("2026-03-15")])
    for text in [result.message]
      + Array(try #require(result.found).values.filter { $0.key != "today" }.values)
    {
      for words in Language.allCases.map({ text.rendered(in: $0) }) {
        #expect(!["06/03", "03-06", "16/03", "03-16", " 9 "].contains { words.contains($0) }, "\(words)")
      }
    }
  }

  @Test(
    "Only dates have an age, in whole days",
    arguments: [
      ("lot/text", 8 * 86_400), ("lot/age", 8 * 86_400), ("lot/count", 86_400), ("lot/day", 3600),
      ("lot/day", 86_401), ("lot/day", 36 * 3600),
    ])
  func nonsense(fact: String, seconds: Int) {
    #expect(throws: ParameterError.self) {
      try check(fact, "not_older_than", .duration(.seconds(seconds)))
    }
  }

  @Test("Hours that are whole days are days")
  func hours() throws {
    let check = try check("lot/day", "not_older_than", .duration(.seconds(48 * 3600)))
    let facts = ["lot/day": try date("2026-03-12"), "today": try date("2026-03-15")]
    #expect(judge(check, facts).message.rendered(in: .english).contains("at most 2 days"))
  }
}
