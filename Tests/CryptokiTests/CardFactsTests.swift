import Preflight
import RuleStage
import Testing

@testable import Cryptoki

@Suite("What a reading means")
struct CardFactsTests {
  /// Returns the facts of a card that was read completely and also holds these objects.
  private func facts(_ objects: [String: Reading.Object], _ wanted: Set<FactName>) -> Facts {
    let token = Reading.Token(
      slot: 0, slotName: "Reader", label: "", serial: "28000090", flags: 0, shortestCode: 4, longestCode: 8)
    var reading = Reading()
    (reading.token, reading.tokens, reading.staysAfterwards) = (token, [token], true)
    reading.objects = objects.merging([CardFacts.neverCached: .value([0, 0])]) { $1 }
    let read = CardFacts(reading, in: "Reader", usedByOthers: false, source: "cryptoki")
    return Facts(read.facts(wanted))
  }

  private func identity(_ category: String) -> [String: Reading.Object] {
    [CardIdentity.label: .value(hex(tlv("E3", "81 05 28 00 00 90 17", "82 01 \(category)")))]
  }

  @Test(
    "The category, and whether it is a test card",
    arguments: [
      ("00", false), ("02", false), ("03", false), ("80", true), ("82", true), ("83", true),
    ])
  func category(byte: String, isTest: Bool) throws {
    let facts = facts(identity(byte), [.cardCategory, .cardTest])
    #expect(try facts.text(.cardCategory) == byte)
    #expect(try facts.boolean(.cardTest) == isTest)
  }

  @Test("A category that the table does not have is not known, nor whether it is a test card")
  func unknownCategory() {
    let facts = facts(identity("81"), [.cardCategory, .cardTest, .cardNumber])
    for name in [FactName.cardCategory, .cardTest] {
      guard case .unavailable(let why) = facts[name].state else {
        Issue.record("\(name) is known")
        continue
      }
      #expect(why.reason == .malformed)
    }
    #expect(facts[.cardNumber].value != nil)
  }

  @Test(
    "A card that names no holder has none, and lacks nothing",
    arguments: [.absent, .value(hex("E4 00"))] as [Reading.Object])
  func noHolder(object: Reading.Object) {
    #expect(facts([CardHolder.label: object], [.holderName])[.holderName].isAbsent)
  }

  /// A complete card whose code was accepted.
  private var wholeCard: Reading {
    let token = Reading.Token(
      slot: 0, slotName: "Reader", label: "", serial: "28000090", flags: 0, shortestCode: 4, longestCode: 8)
    var reading = Reading()
    (reading.token, reading.tokens, reading.staysAfterwards) = (token, [token], true)
    (reading.library, reading.module, reading.login) = ("3.1", "/usr/lib/module.so", "CKR_OK")
    reading.objects = [
      CardFacts.neverCached: .value([0, 0]),
      CardIdentity.label: .value(
        hex("E3 16 81 05 28 00 00 90 17 82 01 00 83 04 20 25 09 10 84 04 20 28 09 30")),
      CardType.label: .value(hex("ED 03 80 01 00")),
      CardHolder.label: .value(hex("E4 09 82 07 54 45 53 54 41 52 44")),
      BillingData.label: .value(hex("E0 0F A0 0D 80 01 01 81 05 69 26 12 34 4F 84 01 11")),
    ].merging(Activity.labels.map { ($0, .absent) }) { $1 }
    return reading
  }

  @Test(
    "How the activities are practised: each mode once, known only if every activity was read",
    arguments: [
      ([:], []), (["01": "EE 03 80 01 04"], ["locum"]),
      (["01": "EE 03 80 01 04", "02": "EE 03 80 01 00", "16": "EE 03 80 01 04"], ["liberal", "locum"]),
      (["02": "EE 03 80 01 77"], []), (["01": "EE 03 80 01 04", "02": "EE 05 80"], nil), (["03": nil], nil),
    ] as [([String: String?], [String]?)])
  func practices(activities: [String: String?], expected: [String]?) {
    var reading = wholeCard
    for (number, bytes) in activities {
      reading.objects["CPS_ACTIVITY_\(number)_PS"] = bytes.map { .value(hex($0)) }
    }
    let facts = Facts(
      CardFacts(reading, in: "Reader", usedByOthers: false, source: "cryptoki").facts([.billingPractice]))
    #expect(facts[.billingPractice].value == expected.map { .texts($0) })
  }

  @Test("A situation whose activities were not asked for is not said to be practised in any way")
  func unasked() throws {
    var reading = wholeCard
    for label in Activity.labels { reading.objects[label] = nil }
    let card = CardFacts(reading, in: "Reader", usedByOthers: false, source: "cryptoki")
    for situation in try card.situations() {
      #expect(situation.practice == nil)
      #expect(situation.isPracticeUnread)
    }
  }

  @Test(
    "Every fact that the source provides is declared, and given in its declared type",
    arguments: try CryptokiSource().provides.sorted())
  func types(name: FactName) throws {
    let declaration = try #require(FactCatalogue.forTests[name])
    let facts = CardFacts(wholeCard, in: "Reader", usedByOthers: false, source: "cryptoki").facts([name])
    try #require(facts.map(\.name) == [name])
    let value = try #require(facts[0].value, "\(facts[0].state)")
    #expect(value.conforms(to: declaration.type), "\(value)")
  }

  @Test(
    "A fact that the source does not provide is no fact at all, rather than another one's value",
    arguments: [.cardATR, .today, FactName("card.colour"), FactName("erp/open")] as [FactName])
  func unknownName(name: FactName) throws {
    #expect(try !CryptokiSource().provides.contains(name))
    let facts = CardFacts(wholeCard, in: "Reader", usedByOthers: false, source: "cryptoki")
    #expect(facts.facts([name, .cardPIN]).map(\.name) == [.cardPIN])
  }
}
