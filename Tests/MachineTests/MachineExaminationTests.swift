import Preflight
import RuleStage
import Testing

@testable import Machine

@Suite("The program, its rules and the workstation")
struct MachineExaminationTests {
  private static func entries(_ members: KeyValuePairs<String, PlainValue?>) -> FactValue {
    if case .map(let entries) = PlainValue.map(members) { .map(entries) } else { .map([]) }
  }

  private static func day(_ text: String) -> FactValue { CivilDate(text).map(FactValue.date) ?? .text(text) }

  private static func cannot(_ name: FactName, _ reason: Unavailability.Reason) -> Fact {
    Fact(name, unavailable: Unavailability(reason, LocalizedText(everywhere: "pourquoi")), source: "t")
  }

  @Test(
    "The program: how it came here",
    arguments: [
      ("dpkg", "sound"), ("rpm", "sound"), ("local", "sound"), ("other", "sound"),
      ("build", "attention build"),
    ])
  func program(origin: String, sign: String) {
    let facts: [FactName: FactValue] = [
      .programVersion: .text("1"), .programPath: .text("/usr/bin/p"), .programOrigin: .text(origin),
    ]
    #expect(found(.programInstallation, facts) == [sign])
  }

  @Test("The isolated reader: there, missing, not executable, unsafe")
  func reader() {
    #expect(found(.programReader, [.programReader: .text("/r")]) == ["sound"])
    #expect(found(.programReader, [Fact(absent: .programReader, source: "t")]) == ["fault missing"])
    #expect(found(.programReader, [Self.cannot(.programReader, .service)]) == ["fault not_executable"])
    #expect(found(.programReader, [Self.cannot(.programReader, .unsafe)]) == ["fault unsafe"])
  }

  @Test(
    "What Landlock confines, by its version",
    arguments: [
      ("1", "sound"), ("3", "sound"), ("4", "sound"), ("6", "sound"), ("12", "sound"),
      ("off", "attention switched_off"), ("none", "attention no_landlock"),
    ])
  func confinement(support: String, sign: String) {
    #expect(found(.programConfinement, [.programLandlock: .text(support)]) == [sign])
    #expect(found(.programConfinement, [FactName: FactValue]()) == ["unseen"])
  }

  @Test("The rule file, and who may write it")
  func rules() {
    #expect(found(.rulesFile, [.rulesPath: .text("default")]) == ["sound"])
    #expect(found(.rulesFile, [.rulesPath: .text("/r"), .rulesOwnersOnly: .boolean(true)]) == ["sound"])
    #expect(
      found(.rulesFile, [.rulesPath: .text("/r"), .rulesOwnersOnly: .boolean(false)]) == [
        "attention writable_by_others"
      ])
    #expect(found(.rulesFile, [Self.cannot(.rulesPath, .unsafe)]) == ["fault unsafe"])
    #expect(found(.rulesFile, [Self.cannot(.rulesPath, .service)]) == ["fault unreadable"])
  }

  @Test("What is wrong in the rule file, each with a finding of its own")
  func lint() {
    let path: [FactName: FactValue] = [.rulesPath: .text("/r")]
    #expect(
      found(.rulesLint, path.merging([.rulesErrors: .texts([]), .rulesWarnings: .texts([])]) { $1 }) == [
        "sound"
      ])
    #expect(
      found(
        .rulesLint, path.merging([.rulesErrors: .texts(["a", "b"]), .rulesWarnings: .texts(["c"])]) { $1 })
        == ["fault error", "fault error", "attention warning"])
    #expect(found(.rulesLint, path) == ["unseen"])
    #expect(found(.rulesLint, [Self.cannot(.rulesPath, .unsafe)]) == [], "told once, of the file")
  }

  @Test("Plugins, each for itself")
  func plugins() {
    let sound: PlainValue = .map(["path": .text("/p"), "name": .text("erp"), "version": .text("1")])
    let fault = FileFault.missing.message
    let unusable: PlainValue = .map(["path": .text("/p"), "fault": .words(fault), "unsafe": .boolean(false)])
    let unsafe: PlainValue = .map(["path": .text("/p"), "fault": .words(fault), "unsafe": .boolean(true)])
    #expect(
      found(.rulesPlugins, [.rulesPlugins: .list([sound, unusable, unsafe])]) == [
        "sound", "fault unusable", "fault unsafe",
      ])
    #expect(found(.rulesPlugins, [.rulesPlugins: .list([])]) == [])
  }

  @Test(
    "The clock: a year that can be, and not before the card",
    arguments: [
      ("2026-11-26", nil, "sound"), ("1970-01-01", nil, "fault implausible"),
      ("2100-01-01", nil, "fault implausible"),
      ("2026-11-26", "2025-09-10", "sound"), ("2026-11-26", "2026-11-27", "fault before_card"),
    ] as [(String, String?, String)])
  func clock(today: String, issued: String?, sign: String) {
    var facts: [FactName: FactValue] = [.today: Self.day(today)]
    if let issued { facts[.cardIssuedOn] = Self.day(issued) }
    #expect(found(.machineClock, facts) == [sign])
  }

  @Test(
    "The time zone: French, another, none",
    arguments: [
      ("Europe/Paris", "sound"), ("Indian/Reunion", "sound"), ("Etc/UTC", "attention elsewhere"),
    ])
  func zone(zone: String, sign: String) {
    #expect(found(.machineTimeZone, [.machineTimeZone: .text(zone)]) == [sign])
    #expect(found(.machineTimeZone, [Fact(absent: .machineTimeZone, source: "t")]) == ["attention unset"])
  }

  @Test(
    "The locale",
    arguments: [
      ("fr_FR.UTF-8", "sound"), ("C.utf8", "sound"), ("fr_FR@euro", "attention not_utf8"),
      ("POSIX", "attention not_utf8"),
    ])
  func locale(locale: String, sign: String) {
    #expect(found(.machineLocale, [.machineLocale: .text(locale)]) == [sign])
    #expect(found(.machineLocale, [Fact(absent: .machineLocale, source: "t")]) == ["attention unset"])
  }

  @Test("The system, and a container")
  func system() {
    #expect(
      found(
        .machineSystem,
        [Fact(.machineSystem, .text("Debian"), source: "t"), Fact(absent: .machineContainer, source: "t")])
        == ["sound"])
    #expect(
      found(.machineSystem, [.machineSystem: .text("Debian"), .machineContainer: .text("docker")])
        == ["sound", "attention container"])
  }

  @Test("The journal's folder")
  func journal() {
    func sign(there: Bool, writable: Bool) -> [String] {
      found(
        .machineJournal,
        [
          .machineJournal: Self.entries([
            "path": .text("/j/j"), "folder": .text("/j"), "there": .boolean(there),
            "writable": .boolean(writable),
          ])
        ])
    }
    #expect(sign(there: true, writable: true) == ["sound"])
    #expect(sign(there: true, writable: false) == ["fault not_writable"])
    #expect(sign(there: false, writable: false) == ["fault no_folder"])
    #expect(found(.machineJournal, [Fact(absent: .machineJournal, source: "t")]) == [])
  }

  @Test(
    "Room on disks and memory",
    arguments: [
      (5000, nil, "sound"), (99, nil, "attention full"), (0, nil, "fault full"), (5000, 0, "fault full"),
    ] as [(Int, Int?, String)])
  func disk(room: Int, files: Int?, sign: String) {
    let entry: PlainValue = .map([
      "path": .text("/tmp"), "availableMiB": .integer(room), "files": files.map { .integer($0) },
    ])
    #expect(found(.machineDisk, [.machineDisk: .list([entry])]) == [sign])
  }

  @Test(
    "The least of what is left and of the limits counts",
    arguments: [
      (5000, nil, nil, "sound"), (5000, 64, nil, "attention scarce"), (5000, nil, 100, "attention scarce"),
      (10, nil, nil, "attention scarce"),
    ] as [(Int, Int?, Int?, String)])
  func memory(available: Int, group: Int?, process: Int?, sign: String) {
    let value = Self.entries([
      "availableMiB": .integer(available), "groupMiB": group.map { .integer($0) },
      "processMiB": process.map { .integer($0) },
    ])
    #expect(found(.machineMemory, [.machineMemory: value]) == [sign])
  }
}
