import Preflight
import RuleStage
import Testing

@testable import GALSS

@Suite("How GALSS and the SSV are set up")
struct GALSSExaminationTests {
  private static func entries(_ value: PlainValue) -> [PlainValue.Entry] {
    if case .map(let entries) = value { entries } else { [] }
  }

  @Test("galss.ini, with or without io_comm.ini beside it")
  func file() {
    let whole: PlainValue = .map(["path": .text("/g/galss.ini"), "ports": .text("/g/io_comm.ini")])
    #expect(found(.galssFile, [.galssFile: .map(Self.entries(whole))]) == ["sound"])
    #expect(
      found(.galssFile, [.galssFile: .map(Self.entries(.map(["path": .text("/g/galss.ini")])))])
        == ["attention ports_missing"])
    #expect(found(.galssFile, [Fact(absent: .galssFile, source: "t")]) == ["sound none"])
    #expect(found(.galssFile, [FactName: FactValue]()) == ["unseen"])
  }

  @Test(
    "Each channel leads to something that is there, or not",
    arguments: [
      (["name": .text("CANAL1")], ["A"], "fault no_target"),
      (["name": .text("CANAL1"), "target": .text("Twin")], ["Twin 00 00"], "sound"),
      (["name": .text("CANAL1"), "target": .text("TWIN")], ["Twin 00 00"], "sound"),
      (["name": .text("CANAL1"), "target": .text("Other")], ["Twin 00 00"], "fault reader_missing"),
      (["name": .text("CANAL1"), "target": .text("COM1")], [], "attention port_unknown"),
      (
        [
          "name": .text("CANAL1"), "target": .text("COM1"), "device": .text("/dev/ttyS0"),
          "there": .boolean(true),
        ], [], "sound"
      ),
      (
        [
          "name": .text("CANAL1"), "target": .text("COM1"), "device": .text("/dev/ttyS9"),
          "there": .boolean(false),
        ], [],
        "fault device_missing"
      ),
    ] as [(KeyValuePairs<String, PlainValue?>, [String], String)])
  func channel(members: KeyValuePairs<String, PlainValue?>, readers: [String], sign: String) {
    let facts: [FactName: FactValue] = [
      .galssChannels: .list([.map(members)]), .readerNames: .texts(readers),
    ]
    #expect(found(.galssChannels, facts) == [sign])
  }

  @Test("No channel, no GALSS, and readers that are not known")
  func channels() {
    #expect(found(.galssChannels, [.galssChannels: .list([])]) == ["fault no_channel"])
    #expect(found(.galssChannels, [Fact(absent: .galssChannels, source: "t")]) == [])
    let channel: PlainValue = .map(["name": .text("CANAL1"), "target": .text("Twin")])
    #expect(found(.galssChannels, [.galssChannels: .list([channel])]) == ["unseen readers_unknown"])
  }

  private static let healthy: [String: PlainValue] = [
    "path": .text("/s/sesam.ini"), "tables": .text("/t"), "tablesThere": .boolean(true),
    "tablesEmpty": .boolean(false),
    "mgc": .boolean(true), "traces": .text("/c"), "tracesThere": .boolean(true), "work": .text("/w"),
    "workThere": .boolean(true), "workWritable": .boolean(true), "admLocked": .text(""),
  ]

  @Test(
    "What each sesam.ini lacks is told with the error that follows",
    arguments: [
      ([:], ["sound"]), (["tables": nil], ["fault tables_missing"]),
      (["tablesThere": .boolean(false)], ["fault tables_absent"]),
      (["tablesEmpty": .boolean(true)], ["fault tables_absent"]),
      (["mgc": .boolean(false)], ["fault mgc"]), (["traces": nil], ["fault mgc"]),
      (["tracesThere": .boolean(false)], ["fault mgc"]), (["work": nil], ["fault work_missing"]),
      (["workThere": .boolean(false)], ["fault work_absent"]),
      (["workWritable": .boolean(false)], ["fault work_locked"]),
      (["admLocked": .text("155.adm")], ["fault work_locked"]),
      (["tables": nil, "mgc": .boolean(false)], ["fault tables_missing", "fault mgc"]),
    ] as [([String: PlainValue?], [String])])
  func sesam(changes: [String: PlainValue?], signs: [String]) {
    let members = Self.healthy.merging(changes.mapValues { $0 ?? .null }) { $1 }
    let file = PlainValue.map(members.sorted { $0.key < $1.key }.map { PlainValue.Entry($0.key, $0.value) })
    #expect(found(.sesamFiles, [.sesamFiles: .list([file])]) == signs)
  }

  @Test("None at all is sound, and one that cannot be read was not seen")
  func unread() {
    #expect(found(.sesamFiles, [.sesamFiles: .list([])]) == ["sound none"])
    let fault: PlainValue = .map(["path": .text("/s"), "fault": .words(FileFault.notPermitted.message)])
    #expect(found(.sesamFiles, [.sesamFiles: .list([fault])]) == ["unseen not_readable"])
  }
}
