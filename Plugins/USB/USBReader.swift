import Preflight

/// A card reader that is plugged in, as the USB bus shows it.
struct USBReader: Sendable, Hashable {
  /// Its vendor and product in hexadecimal, as lsusb(8) writes them: `0b00:0090`.
  let id: String
  /// Its own name. Empty if it gives none.
  let name: String
  /// Whether it is a CCID reader, which the free driver can serve (USB device class 0B, “smart card”).
  let isCCID: Bool
  /// The name under which an installed driver of PC/SC knows it. Nil if none does.
  let driver: String?

  /// Known readers that are not CCID: they have no class of their own and need their maker's driver (
  /// docs/doctor.md, “Readers”).
  private static let others: [String: (name: String, maker: String)] = [
    "0b00:0090": ("Lecteur SESAM VITALE", "Ingenico, Olaqin")
  ]

  init(id: String, name: String, isCCID: Bool, driver: String? = nil) {
    self.id = id
    self.name = name
    self.isCCID = isCCID
    self.driver = driver
  }

  /// Whether a device of that id is a reader, whatever its class says.
  static func isKnown(_ id: String) -> Bool { others[id] != nil }

  /// The maker of a reader that is not CCID. Nil if it is not known.
  var maker: String? { Self.others[id]?.maker }

  /// The reader in a sentence: its name and its id.
  var words: String {
    let name = name.isEmpty ? Self.others[id]?.name ?? "" : name
    return printable(name.isEmpty ? id : "\(name) (\(id))", limit: 120)
  }

  /// The reader as facts hold it.
  var plain: PlainValue {
    .map([
      "id": .text(id), "name": .text(name), "ccid": .boolean(isCCID), "driver": driver.map { .text($0) },
    ])
  }

  /// Reads an entry of the fact. Nil if it has no id.
  init?(_ entry: PlainEntry) {
    guard let id = entry.text("id") else { return nil }
    self.init(
      id: id, name: entry.text("name") ?? "", isCCID: entry.flag("ccid") ?? false,
      driver: entry.text("driver"))
  }
}
