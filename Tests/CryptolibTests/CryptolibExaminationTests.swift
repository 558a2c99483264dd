import Preflight
import RuleStage
import Testing

@testable import Cryptolib

@Suite("The Cryptolib's files, as the doctor looks at them")
struct CryptolibExaminationTests {
  private static let module: PlainValue = .map([
    "path": .text("/opt/m.so"), "owner": .integer(0), "mode": .text("0755"), "readable": .boolean(true),
    "architecture": .integer(64),
  ])
  private static let other: PlainValue = .map(["path": .text("/usr/m.so"), "readable": .boolean(true)])
  private static let unreadable: PlainValue = .map(["path": .text("/opt/m.so"), "readable": .boolean(false)])
  private static let unsafe: PlainValue = .map([
    "path": .text("/opt/m.so"), "readable": .boolean(true),
    "distrust": .words(FileFault.notPermitted.message),
  ])

  @Test(
    "The module's file",
    arguments: [
      ([], ["fault missing"]), ([module], ["sound"]), ([unreadable], ["fault not_readable"]),
      ([unsafe], ["fault unsafe"]),
      ([module, other], ["sound", "sound", "attention several"]),
    ])
  func modules(modules: [PlainValue], signs: [String]) {
    #expect(found(.cryptolibModules, [.cryptolibModules: .list(modules)]) == signs)
  }

  private static func installed(_ versions: Version...) -> FactValue {
    .cryptolibs(versions.map { InstalledCryptolib(version: $0, place: "/adm/155.adm") })
  }

  @Test("The package's version, and where it was read")
  func package() {
    let module: FactValue = .list([Self.module])
    func signs(_ facts: [FactName: FactValue]) -> [String] { found(.cryptolibVersions, facts) }
    #expect(
      signs([.cryptolibModules: module, .cryptolibVersions: Self.installed(Version(5, 2, 2))]) == ["sound"])
    #expect(signs([.cryptolibModules: module]) == ["attention version_unknown"])
    #expect(signs([.cryptolibModules: .list([])]) == [])
    #expect(
      signs([.cryptolibModules: .list([]), .cryptolibVersions: Self.installed(Version(5, 2, 2))])
        == ["sound", "fault module_missing"])
    #expect(
      signs([
        .cryptolibModules: module, .cryptolibVersions: Self.installed(Version(5, 2, 2), Version(5, 0, 1)),
      ])
        == ["sound", "sound", "attention several"])
  }

  @Test("The library that loads, and the one that the installer recorded")
  func library() {
    let module = Fact(.cryptolibModules, .list([Self.module]), source: "t")
    func signs(_ fact: Fact, _ more: Fact...) -> [String] { found(.cryptolibLibrary, [module, fact] + more) }
    let loaded = Fact(.cryptolibLibrary, .version(Version(3, 1)), source: "t")
    #expect(signs(loaded) == ["sound"])
    #expect(
      signs(loaded, Fact(.cryptolibRecordedLibrary, .version(Version(3, 1, 0)), source: "t")) == ["sound"])
    #expect(
      signs(loaded, Fact(.cryptolibRecordedLibrary, .version(Version(3, 0, 0)), source: "t"))
        == ["attention recorded_otherwise"])
    func cannot(_ reason: Unavailability.Reason) -> Fact {
      Fact(
        .cryptolibLibrary, unavailable: Unavailability(reason, LocalizedText(everywhere: "x")), source: "t")
    }
    #expect(signs(cannot(.service)) == ["fault not_loaded"])
    let withoutPCSC = Fact(
      .readerNames, unavailable: Unavailability(.service, LocalizedText(everywhere: "x")), source: "t")
    #expect(signs(cannot(.service), withoutPCSC) == ["unseen not_tried"])
    #expect(
      found(
        .cryptolibLibrary,
        [Fact(.cryptolibModules, .list([Self.other]), source: "t"), cannot(.service), withoutPCSC])
        == ["fault not_loaded"], "what is no library is none without PC/SC as well")
    #expect(signs(cannot(.timeout)) == ["unseen"])
    #expect(signs(cannot(.unsafe)) == ["fault unsafe"])
    #expect(
      found(.cryptolibLibrary, [Fact(.cryptolibModules, .list([]), source: "t"), cannot(.service)]) == [],
      "told once")
    #expect(
      found(.cryptolibLibrary, [Fact(.cryptolibModules, .list([Self.unsafe]), source: "t"), cannot(.unsafe)])
        == [],
      "told once")
  }

  @Test(
    "What the real package leaves for everybody to write is a remark, never a fault",
    arguments: [
      ("work", true, true, ["attention writable_by_everybody"]),
      ("adm", true, true, ["attention writable_by_everybody"]),
      ("cache", true, true, ["attention writable_by_everybody"]), ("cache", true, false, ["sound"]),
      ("cache", false, false, ["attention cache_not_writable"]), ("work", false, false, ["sound"]),
    ])
  func folders(role: String, writable: Bool, everybody: Bool, signs: [String]) {
    let folder: PlainValue = .map([
      "role": .text(role), "path": .text("/f"), "mode": .text("0777"), "writable": .boolean(writable),
      "everybody": .boolean(everybody),
    ])
    #expect(found(.cryptolibFolders, [.cryptolibFolders: .list([folder])]) == signs)
  }
}
