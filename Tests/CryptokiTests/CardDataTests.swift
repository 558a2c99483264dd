import Preflight
import SeededNumbers
import Testing

@testable import Cryptoki

@Suite("The objects of the card")
struct CardDataTests {
  private static let identity = tlv(
    "E3", "80 06 80 25 00 00 01 8F", "81 05 28 00 00 90 17", "82 01 00", "83 04 20 25 09 10",
    "84 04 20 28 09 30")

  @Test("CPS_ID_CARD")
  func wholeIdentity() throws {
    let card = try CardIdentity(hex(Self.identity))
    #expect(try card.number.get().unmasked == "2800009017")
    #expect(try card.category.get() == .cardInUse)
    #expect(try card.issuedOn.get().description == "2025-09-10")
    #expect(try card.expiresOn.get().description == "2028-09-30")
  }

  @Test("What makes no sense costs its own fact only, with its place")
  func partlyWrong() throws {
    let card = try CardIdentity(hex(Self.identity.replacing("20 25 09 10", with: "20 25 13 10")))
    guard case .failure(let fault) = card.issuedOn else {
      Issue.record("a thirteenth month")
      return
    }
    #expect(fault.offset == 22)
    let why = fault.unavailability(in: CardIdentity.label)
    #expect(why.reason == .malformed)
    #expect(why.message.rendered(in: .english) == "CPS_ID_CARD, byte 22: this is not a date")
    #expect(try card.number.get().unmasked == "2800009017")
    #expect(try card.expiresOn.get().description == "2028-09-30")
  }

  @Test(
    "The category is one of ANS's table, which has no 81, and tells what is for tests only",
    arguments: [
      ("00", "00", false), ("02", "02", false), ("03", "03", false), ("80", "80", true), ("82", "82", true),
      ("83", "83", true), ("81", nil, nil), ("01", nil, nil), ("08", nil, nil), ("FF", nil, nil),
    ] as [(String, String?, Bool?)])
  func category(byte: String, category: String?, isTest: Bool?) throws {
    let card = try CardIdentity(hex(Self.identity.replacing("82 01 00", with: "82 01 \(byte)")))
    let read = try? card.category.get()
    #expect(read?.rawValue == category)
    #expect(read?.isTest == isTest)
  }

  @Test(
    "CPS_ACTIVITY_nn_PS says how the activity is practised, and to which situation it is linked",
    arguments: [
      ("EE 07 80 02 00 00 83 01 01", .liberal, 1), ("EE 07 80 02 01 00 83 01 02", .salaried, 2),
      ("EE 07 80 02 04 00 83 01 03", .locum, 3), ("EE 06 80 01 07 83 01 01", .unpaid, 1),
      ("EE 06 80 01 05 83 01 01", nil, 1), ("EE 03 80 01 04", .locum, nil), ("EE 00", nil, nil),
    ] as [(String, PracticeMode?, Int?)])
  func activity(bytes: String, practice: PracticeMode?, link: Int?) throws {
    let activity = try Activity(hex(bytes))
    #expect(activity.practice == practice)
    #expect(activity.link == link)
  }

  @Test(
    "An activity of a broken structure says nothing",
    arguments: ["", "E0 00", "EE 05 80 01 04", "EE 06 80 01 04 80 01 00", "EE 04 83 02 01 01"])
  func brokenActivity(bytes: String) {
    #expect(throws: CardDataFault.self) { try Activity(hex(bytes)) }
  }

  @Test("A number with filler, a field that is missing or twice, is not known")
  func unknown() throws {
    #expect((try? CardIdentity(hex("E3 07 81 05 28 00 00 90 1F")).number.get()) == nil)
    #expect((try? CardIdentity(hex("E3 00")).number.get()) == nil)
    let twice = try CardIdentity(hex("E3 0C 83 04 20 25 09 10 83 04 20 26 09 10"))
    #expect((try? twice.issuedOn.get()) == nil)
  }

  @Test(
    "CPS_INFO_PS",
    arguments: [
      ("ED 04 80 02 00 00", "cps"), ("ED 03 80 01 01", "cpf"), ("ED 04 80 02 02 10", "cpe"),
      ("ED 03 80 01 03", "cpa"),
      ("ED 03 80 01 04", nil), ("ED 02 80 00", nil), ("ED 00", nil), ("", nil), ("E3 00", nil),
    ] as [(String, String?)])
  func kind(bytes: String, kind: String?) { #expect((try? CardType(hex(bytes)))?.kind == kind) }

  @Test(
    "CPS_NAME_PS",
    arguments: [
      (
        "names in use", "E4 1A 80 01 1F 81 02 41 41 82 03 42 C9 42 83 03 43 FF 44 84 03 45 45 20 00", "BÉB EE"
      ),
      ("those of the civil status", "E4 0B 81 02 41 41 83 05 43 43 FF 44 44", "AA CC"),
      ("filler only", "E4 08 81 02 20 20 84 02 FF FF", nil),
      ("a control character", "E4 04 81 02 41 1B", nil),
    ] as [(String, String, String?)])
  func name(title: String, bytes: String, name: String?) {
    // The first length is written as it really is.
    var object = hex(bytes)
    if object.count > 1 { object[1] = UInt8(object.count - 2) }
    #expect((try? CardHolder(object))?.name?.unmasked == name, "\(title)")
  }
}

@Suite("CPS_SIT_FACT")
struct BillingDataTests {
  private static let liberal = tlv(
    "A0", "80 01 01", "81 05 69 26 12 34 4F", "82 03 01 12 41", "83 03 00 00 00", "84 01 11")
  private static let salaried = tlv("A0", "80 01 02", "84 01 00")

  private func situations(_ bytes: String) -> [BillingSituation]? {
    (try? BillingData(hex(bytes)))?.situations
  }

  @Test("A situation")
  func one() throws {
    let situation = try #require(situations(tlv("E0", Self.liberal))?.first)
    #expect(situation.link == 1)
    #expect(situation.identifier?.numbers.first == "692612344")
    #expect(situation.speciality == "01")
    #expect(situation.signFSE == true)
    #expect(situation.signLots == true)
  }

  @Test("Several, in the card's order: a salaried one has neither identifier nor authorisation")
  func two() throws {
    let read = try #require(situations(tlv("E0", Self.liberal, Self.salaried)))
    #expect(read.map(\.link) == [1, 2])
    #expect(read[1].identifier == .absent)
    #expect(read[1].signFSE == false)
    #expect(read[1].signLots == false)
  }

  @Test(
    "Authorisations",
    arguments: [
      ("84 01 10", true, false), ("84 01 01", false, true), ("84 01 00", false, false),
      ("84 01 EE", false, false),
      ("", nil, nil),
    ] as [(String, Bool?, Bool?)])
  func authorisations(field: String, fse: Bool?, lots: Bool?) throws {
    let read = try #require(situations(tlv("E0", tlv("A0", field)))?.first)
    #expect(read.signFSE == fse)
    #expect(read.signLots == lots)
  }

  @Test(
    "Identifiers",
    arguments: [
      ("81 05 69 26 12 34 4F", "692612344"), ("81 05 06 92 61 23 44", "692612344"),
      ("81 05 FF FF FF FF FF", nil),
      ("81 00", nil), ("81 05 00 00 00 00 00", nil), ("", nil), ("81 01 12", "12"),
    ] as [(String, String?)])
  func identifier(field: String, number: String?) throws {
    let read = try #require(situations(tlv("E0", tlv("A0", field)))?.first)
    #expect(read.identifier?.numbers.first == number)
    #expect(read.identifier?.isUnset == (number == nil))
  }

  @Test("No situation", arguments: ["", "E0 00", "00", "00 00 00", "00 16 80 01 01"])
  func none(bytes: String) { #expect(situations(bytes)?.isEmpty == true) }

  @Test(
    "What is broken gives no situation at all",
    arguments: [
      "E0 05 A0 14 80 01 01", "E0 16", "E1 00", "E0 04 A0 02 84 02", "E0 05 A0 03 84 02 11",
      "E0 0A A0 08 81 06 12 34 56 78 90 12", "E0 06 A0 04 82 02 01 12", "E0 08 A0 06 84 01 11 84 01 00",
      "E0 00 E0 00", "FF", "E0 14 A0 00 A0 00 A0 00 A0 00 A0 00 A0 00 A0 00 A0 00 A0 00 A0 00",
    ])
  func broken(bytes: String) { #expect(situations(bytes) == nil) }

  @Test("No prefix of a situation's data is taken for the whole")
  func truncated() {
    let whole = hex(tlv("E0", Self.liberal, Self.salaried))
    for count in 1..<whole.count {
      #expect((try? BillingData(Array(whole.prefix(count)))) == nil, "\(count)")
    }
  }

  @Test("Whatever bytes there are, they are read or refused")
  func anything() {
    var random = SeededNumbers(20_261_124)
    let whole = hex(tlv("E0", Self.liberal, Self.salaried))
    for _ in 0..<20_000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      _ = try? BillingData(bytes)
      _ = try? CardIdentity(bytes)
      _ = try? CardHolder(bytes)
      _ = try? CardType(bytes)
    }
  }
}
