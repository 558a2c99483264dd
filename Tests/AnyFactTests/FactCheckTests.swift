import AnyFact
import Preflight
import RuleStage
import Testing

private func check(_ fact: String, _ name: String, _ operand: ParameterValue) throws -> FactCheck {
  try FactCheck(
    Parameters(["fact": .string(fact), name: operand]), in: CheckContext(rule: "r", registry: .forTests))
}

private func outcome(_ check: FactCheck, _ value: FactValue?) throws -> String {
  let facts = Facts(
    value.flatMap { value in check.facts.first.map { Fact($0, value, source: "test") } }.map { [$0] } ?? [])
  do { return try check.judge(facts).outcome.rawValue } catch { return "unknown" }
}

@Suite("fact")
struct FactCheckTests {
  /// A fact, a comparison, the operand, the fact's value, and the outcome.
  struct Case: Sendable {
    let fact: String
    let name: String
    let operand: ParameterValue
    let value: FactValue?
    let expected: String

    init(_ fact: String, _ name: String, _ operand: ParameterValue, _ value: FactValue?, _ expected: String) {
      (self.fact, self.name, self.operand) = (fact, name, operand)
      (self.value, self.expected) = (value, expected)
    }
  }

  private static let march = CivilDate("2026-03-15").map(FactValue.date)

  @Test(
    "Comparisons",
    arguments: [
      Case("card.test", "equals", .string("false"), .boolean(false), "pass"),
      Case("card.test", "equals", .string("false"), .boolean(true), "fail"),
      Case("card.test", "equals", .string("false"), nil, "unknown"),
      Case("card.kind", "in", .list([.string("cps"), .string("cpe")]), .text("cpf"), "fail"),
      Case("card.reader", "matches", .string("(?i)ingenico.*"), .text("INGENICO 21"), "pass"),
      Case("card.reader", "matches", .string("21"), .text("INGENICO 21"), "fail"),
      Case("reader.names", "matches", .string("B.*"), .texts(["A1", "B2"]), "pass"),
      Case("reader.names", "matches", .string("B.*"), .texts([]), "fail"),
      Case("cryptolib.version", "at_least", .string("5.2.2"), .version(Version(5, 10)), "pass"),
      Case("cryptolib.version", "at_most", .string("5.2.2"), .version(Version(5, 10)), "fail"),
      Case("card.expiresOn", "at_least", .string("2026-03-15"), march, "pass"),
      Case("card.expiresOn", "at_most", .string("2026-03-14"), march, "fail"),
      Case("card.expiresOn", "before", .string("2026-03-15"), march, "fail"),
      Case("card.expiresOn", "before", .string("2026-03-16"), march, "pass"),
      Case("card.expiresOn", "after", .string("2026-03-15"), march, "fail"),
      Case("card.expiresOn", "after", .string("2026-03-14"), march, "pass"),
      Case(
        "card.number", "equals", .string("2800001017"), .personal(Personal("2800001017", as: .cardNumber)),
        "pass"),
      Case("card.number", "present", .boolean(true), nil, "fail"),
      Case("card.number", "present", .boolean(false), nil, "unknown"),
      Case(
        "card.number", "equals", .string("•••••••017"),
        .personal(Personal(mask: "•••••••017", as: .cardNumber)),
        "unknown"),
      Case(
        "card.number", "present", .boolean(true), .personal(Personal(mask: "•••••••017", as: .cardNumber)),
        "pass"),
      Case("billing.situations", "present", .boolean(true), .situations([]), "pass"),
    ])
  func comparisons(one: Case) throws {
    #expect(try outcome(check(one.fact, one.name, one.operand), one.value) == one.expected)
  }

  @Test(
    "Comparisons that make no sense are refused before anything is judged",
    arguments: [
      ("card.presnt", "equals", .string("true")),
      ("card.test", "equals", .string("maybe")),
      ("card.kind", "equals", .string("CPS")),
      ("card.kind", "in", .list([])),
      ("card.kind", "in", .list([.string("nothing")])),
      ("card.kind", "at_least", .string("cps")),
      ("card.test", "matches", .string("true")),
      ("card.reader", "matches", .string("(")),
      ("card.reader", "matches", .string("\\C")),
      ("card.reader", "matches", .string("[[:alpha:]\\C]")),
      ("card.reader", "matches", .string("a**")),
      ("card.reader", "matches", .string("\\y")),
      (
        "card.reader", "matches",
        .string(String(repeating: "(", count: 300) + String(repeating: ")", count: 300))
      ),
      ("card.reader", "matches", .string("(?:(?:(?:a{1000}){1000}){1000})")),
      ("card.expiresOn", "before", .string("01/07/2025")),
      ("cryptolib.version", "at_least", .string("v5")),
      ("cryptolib.version", "before", .string("5.2")),
      ("billing.situations", "equals", .string("1")),
    ] as [(String, String, ParameterValue)])
  func nonsense(fact: String, name: String, operand: ParameterValue) {
    #expect(throws: ParameterError.self) { try check(fact, name, operand) }
  }

  @Test("One comparison, no more and no less")
  func one() {
    #expect(throws: ParameterError.self) { try FactCheck(Parameters(["fact": .string("card.test")])) }
    #expect(throws: ParameterError.self) {
      try FactCheck(
        Parameters(["fact": .string("card.test"), "equals": .string("true"), "present": .boolean(true)]))
    }
  }

  @Test(
    "That there is none is known where a source says so",
    arguments: [
      ("present", .boolean(false), "pass"), ("present", .boolean(true), "fail"),
      ("equals", .string("2800001017"), "unknown"),
    ] as [(String, ParameterValue, String)])
  func absent(name: String, operand: ParameterValue, expected: String) throws {
    let check = try check("card.number", name, operand)
    let facts = Facts([Fact(absent: .cardNumber, source: "test")])
    #expect(((try? check.judge(facts))?.outcome.rawValue ?? "unknown") == expected)
  }

  @Test("A source that could not be asked has not said that there is nothing")
  func presenceOfUnasked() throws {
    let why = Unavailability(.service, LocalizedText(fr: "", en: ""))
    let facts = Facts([Fact(.cardNumber, unavailable: why, source: "test")])
    #expect(throws: Unavailability.self) { try check("card.number", "present", .boolean(false)).judge(facts) }
  }

  @Test(
    "Personal data stay masked in what it says, in what is asked for too",
    arguments: [
      ("equals", .string("2800001017")), ("matches", .string("2800001017")),
      ("in", .list([.string("2800001017")])),
    ] as [(String, ParameterValue)])
  func masked(name: String, operand: ParameterValue) throws {
    let check = try check("card.number", name, operand)
    let facts = Facts([Fact(.cardNumber, .personal(Personal("2800009017", as: .cardNumber)), source: "test")])
    let message = try check.judge(facts).message.rendered(in: .french)
    #expect(!message.contains("2800001017") && !message.contains("2800009017"))
  }
}
