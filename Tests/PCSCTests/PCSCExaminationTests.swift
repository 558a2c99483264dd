import Preflight
import RuleStage
import Testing

@testable import PCSC

@Suite("The PC/SC service, its packages, its rights and its readers")
struct PCSCExaminationTests {
  private static func packages(_ names: String...) -> FactValue {
    .list(names.map { .map(["name": .text($0), "version": .text("1.9.9")]) })
  }

  @Test(
    "Each state of the service",
    arguments: [
      ("running", "sound"), ("absent", "fault stopped"), ("forbidden", "fault forbidden"),
      ("refused", "fault refused"),
      ("deaf", "fault deaf"), ("other-version", "fault other_version"), ("failing", "fault failing"),
    ])
  func service(state: String, sign: String) {
    #expect(found(.pcscService, [.pcscService: .text(state)]) == [sign])
    let installed: [FactName: FactValue] = [
      .pcscService: .text(state), .pcscPackages: Self.packages("pcscd"),
    ]
    #expect(found(.pcscService, installed) == [sign])
  }

  @Test("A service that is not there is started where it is installed, and installed where it is not")
  func mending() {
    func steps(_ packages: FactValue) -> [Mending] {
      let facts = Facts([
        Fact(.pcscService, .text("absent"), source: "t"), Fact(.pcscPackages, packages, source: "t"),
      ])
      return Examination.pcscService.observations(facts).flatMap(\.mending)
    }
    #expect(steps(Self.packages("pcscd")) == [.start(unit: "pcscd.socket", program: "pcscd")])
    #expect(
      steps(Self.packages()) == [
        .install(debian: "pcscd libccid", rpm: "pcsc-lite pcsc-lite-ccid"),
        .start(unit: "pcscd.socket", program: "pcscd"),
      ])
  }

  @Test("The packages of either kind of distribution, with and without the driver")
  func packages() {
    #expect(found(.pcscPackages, [.pcscPackages: Self.packages("pcscd", "libccid")]) == ["sound"])
    #expect(found(.pcscPackages, [.pcscPackages: Self.packages("pcsc-lite", "pcsc-lite-ccid")]) == ["sound"])
    #expect(found(.pcscPackages, [.pcscPackages: Self.packages("pcscd")]) == ["attention ccid_missing"])
    #expect(found(.pcscPackages, [.pcscPackages: Self.packages("libpcsclite1")]) == [])
    #expect(found(.pcscPackages, [Fact(absent: .pcscPackages, source: "t")]) == [])
  }

  @Test(
    "systemd's socket",
    arguments: [
      ("active", "running", ["sound"]), ("failed", "absent", ["fault failed"]), ("inactive", "absent", []),
      ("inactive", "running", ["attention inactive"]), ("not-found", "running", []),
    ] as [(String, String, [String])])
  func unit(state: String, service: String, signs: [String]) {
    #expect(found(.pcscUnit, [.pcscUnit: .text(state), .pcscService: .text(service)]) == signs)
  }

  @Test(
    "Both actions of polkit, or a fault",
    arguments: [
      (true, true, "sound"), (false, true, "fault refused"), (true, false, "fault refused"),
    ])
  func rights(connect: Bool, cards: Bool, sign: String) {
    #expect(
      found(.pcscRights, [.pcscMayConnect: .boolean(connect), .pcscMayUseCards: .boolean(cards)]) == [sign])
  }

  @Test(
    "What each reader holds",
    arguments: [
      (["state": .text("empty")], "sound empty"), (["state": .text("mute")], "attention mute"),
      (["state": .text("unusable")], "fault unusable"),
      (["state": .text("card"), "card": .text("cps3"), "contactless": .boolean(false)], "sound card"),
      (
        ["state": .text("card"), "card": .text("cps3"), "contactless": .boolean(true)],
        "attention contactless"
      ),
      (["state": .text("card"), "card": .text("vitale")], "sound vitale"),
      (["state": .text("card"), "card": .text("other")], "sound other"),
      (["state": .text("card"), "card": .text("cps4"), "exclusive": .boolean(true)], "attention held"),
    ] as [(KeyValuePairs<String, PlainValue?>, String)])
  func readers(members: KeyValuePairs<String, PlainValue?>, sign: String) {
    let facts: [FactName: FactValue] = [.pcscReaders: .list([.map(members)]), .pcscService: .text("running")]
    #expect(found(.pcscReaders, facts) == [sign])
  }

  @Test("No reader; and none known of a service that cannot be asked")
  func noReader() {
    #expect(found(.pcscReaders, [.pcscReaders: .list([])]) == ["attention none"])
    #expect(found(.pcscReaders, [.pcscService: .text("absent")]) == [])
  }

  @Test("Other programs are named")
  func programs() {
    #expect(found(.pcscPrograms, [.pcscPrograms: .texts([])]) == [])
    #expect(found(.pcscPrograms, [.pcscPrograms: .texts(["scdaemon (12)"])]) == ["attention others"])
  }
}
