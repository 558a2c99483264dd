import Billing
import Preflight
import RuleStage
import Testing

private let lot = FactName("lot/identifier")
private let registry = Registry(
  checks: [], sources: [],
  facts: .forTests.adding([
    FactDeclaration(lot, .concealed(.text), fr: "numéro du lot", en: "number of the lot"),
    FactDeclaration(FactName("lot/count"), .integer, fr: "lots", en: "lots"),
  ]))

/// Makes the check with a fact as the expected number.
private func check(_ name: String = lot.rawValue) throws -> BillingIdentifierCheck {
  try BillingIdentifierCheck(
    Parameters(["expected": .fact(FactName(name))]), in: CheckContext(rule: "r", registry: registry))
}

/// Judges a card with two numbers.
private func judge(
  _ expected: FactValue?, _ selection: SituationSelection = .any
) throws -> (outcome: String, message: String, found: String?) {
  let situations = ["991086265", "692612344"].map {
    BillingSituation(identifier: BillingIdentifier($0), signFSE: true, signLots: true)
  }
  let facts =
    [Fact(.billingSituations, .situations(situations), source: "test")]
    + (expected.map { [Fact(lot, $0, source: "test")] } ?? [])
  let check = try check()
  do throws(Unavailability) {
    let judgement = try check.judge(Facts(facts, selection: selection))
    return (judgement.outcome.rawValue, judgement.message.rendered(in: .english), judgement.found?.name)
  } catch {
    return ("unknown", error.message.rendered(in: .english), error.found?.name)
  }
}

private func number(_ text: String) -> FactValue { .concealed(.text(text)) }

@Suite("billing.identifier, where a fact says which number is expected")
struct ExpectedIdentifierTests {
  @Test(
    "The number of the fact is looked for on the card",
    arguments: [
      (number("692612344"), "pass", nil), (number("0692612344"), "pass", nil),
      (number("751612346"), "fail", "identifier_not_on_card"), (nil, "unknown", "expected_not_given"),
      (number(""), "unknown", nil), (number("CABINET"), "unknown", nil),
      (number("000000000"), "unknown", nil),
      (.concealed(.personal(Personal(mask: "•••", as: .other))), "unknown", nil),
    ] as [(FactValue?, String, String?)])
  func expected(value: FactValue?, outcome: String, found: String?) throws {
    let result = try judge(value)
    #expect(result.outcome == outcome && result.found == found, "\(result)")
    #expect(!result.message.contains("751612346") && !result.message.contains("692612344"), "\(result)")
  }

  @Test("A situation that was selected by its place has to have it")
  func position() throws {
    #expect(try judge(number("692612344"), .position(2)).outcome == "pass")
    #expect(try judge(number("692612344"), .position(1)).found == "identifier_not_expected")
    #expect(try judge(nil, .position(1)).found == "expected_not_given")
  }

  @Test("It is compared with the card whatever the command line selects, and has to be known")
  func commandLine() throws {
    let selection = SituationSelection.identifier(Personal("991086265", as: .identifier))
    #expect(try judge(number("991086265"), selection).outcome == "pass")
    #expect(try judge(number("692612344"), selection).found == "identifier_not_expected")
    #expect(try judge(nil, selection).found == "expected_not_given")
  }

  @Test(
    "It asks for the fact, which has to be a declared string, and for how the card's activities are practised"
  )
  func declared() throws {
    #expect(try check().facts == [.billingSituations, .billingPractice, lot])
    #expect(try BillingIdentifierCheck(Parameters()).facts == [.billingSituations])
    for name in ["lot/count", "lot/identifer", "card.test", "today"] {
      #expect(throws: ParameterError.self) { try check(name) }
    }
    let error = #expect(throws: ParameterError.self) {
      try BillingIdentifierCheck(
        Parameters(["expected": .string("lot/identifier")]), in: CheckContext(rule: "r", registry: registry))
    }
    #expect(error?.hint == .fact(lot))
  }
}
