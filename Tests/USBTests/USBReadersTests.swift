import Preflight
import RuleStage
import Testing

@testable import USB

@Suite("Readers that USB shows, beside those that PC/SC sees")
struct USBReadersTests {
  private static func reader(
    _ id: String, _ name: String, ccid: Bool = true, driver: String? = nil
  ) -> PlainValue { USBReader(id: id, name: name, isCCID: ccid, driver: driver).plain }

  private static let gemalto = reader(
    "08e6:3437", "Gemalto USB SmartCard Reader", driver: "Gemalto PC Twin Reader")
  private static let ingenico = reader("0b00:0090", "Lecteur SESAM VITALE", ccid: false)

  @Test(
    "Each is told for what it is",
    arguments: [
      ("none of either", [], [], ["attention none"]),
      ("none on USB, one on a serial port", [], ["Serial 00 00"], []),
      (
        "one that PC/SC knows by its driver's name", [gemalto], ["Gemalto PC Twin Reader (123) 00 00"],
        ["sound"]
      ),
      ("its driver is there, and PC/SC sees nothing", [gemalto], [], ["fault not_seen"]),
      ("no driver knows it", [reader("ffff:0001", "New Reader")], [], ["fault driver_unknown"]),
      (
        "a driver that is unknown here serves it", [reader("ffff:0001", "New Reader")], ["New Reader 00 00"],
        ["sound"]
      ),
      ("it is not CCID", [ingenico], [], ["fault driver_missing"]),
      (
        "it is not CCID, and its maker's driver is there", [ingenico], ["Lecteur SESAM VITALE 00 00"],
        ["sound"]
      ),
      (
        "one of two is seen", [gemalto, ingenico], ["Gemalto PC Twin Reader 00 00"],
        ["sound", "fault driver_missing"]
      ),
      (
        "two of one kind, and PC/SC sees one", [gemalto, gemalto], ["Gemalto PC Twin Reader (1) 00 00"],
        ["sound", "fault not_seen"]
      ),
      (
        "two slots are one reader", [gemalto, gemalto],
        [
          "Gemalto PC Twin Reader (1) 00 00", "Gemalto PC Twin Reader (1) 00 01",
          "Gemalto PC Twin Reader (2) 01 00",
        ],
        ["sound", "sound"]
      ),
    ] as [(String, [PlainValue], [String], [String])])
  func readers(title: String, usb: [PlainValue], pcsc: [String], signs: [String]) {
    #expect(found(.usbReaders, [.usbReaders: .list(usb), .readerNames: .texts(pcsc)]) == signs, "\(title)")
  }

  @Test("Without PC/SC's word a reader is neither seen nor unseen")
  func unknown() {
    #expect(found(.usbReaders, [.usbReaders: .list([Self.gemalto])]) == ["unseen pcsc_unknown"])
    #expect(found(.usbReaders, [FactName: FactValue]()) == ["unseen"])
  }

  @Test("The maker's driver is named for a reader that is not CCID")
  func maker() {
    let facts = Facts([
      Fact(.usbReaders, .list([Self.ingenico]), source: "t"), Fact(.readerNames, .texts([]), source: "t"),
    ])
    let words = Examination.usbReaders.observations(facts).first?.meaning?.rendered(in: .english) ?? ""
    #expect(words.contains("Ingenico") && words.contains("EI96S"))
  }

  @Test("It is named even where PC/SC does not say what it sees, and of no reader that needs none")
  func makerUnseen() {
    for (reader, isTold) in [(Self.ingenico, true), (Self.gemalto, false)] {
      let found = Examination.usbReaders.observations(
        Facts([Fact(.usbReaders, .list([reader]), source: "t")]))
      #expect(found.map(\.name) == ["pcsc_unknown"])
      #expect((found.first?.meaning != nil) == isTold)
    }
  }

  @Test("A driver's list of readers is read as pcscd reads it")
  func bundle() {
    let plist = """
      <key>ifdVendorID</key><array><string>0x08E6</string><string>0x076B</string></array>
      <key>ifdProductID</key><array><string>0x3437</string><string>0x3021</string></array>
      <key>ifdFriendlyName</key>
      <array><string>Gemalto PC Twin Reader</string><string>OMNIKEY &amp; Co</string></array>
      """
    #expect(
      DriverBundles.names(in: plist) == ["08e6:3437": "Gemalto PC Twin Reader", "076b:3021": "OMNIKEY & Co"])
    #expect(DriverBundles.names(in: plist.replacing("<string>0x3021</string>", with: "")).isEmpty)
    let single =
      "<key>ifdVendorID</key><string>0x1</string><key>ifdProductID</key><string>0x2</string><key>ifdFriendlyName</key><string>A</string>"
    #expect(DriverBundles.names(in: single) == ["0001:0002": "A"])
  }
}
