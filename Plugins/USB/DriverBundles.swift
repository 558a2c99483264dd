import Installation
import Preflight

/// The readers that the installed drivers of PC/SC serve, by the `Info.plist` of each bundle (pcsc-lite,
/// “HotPlug bundles”).
struct DriverBundles: Sendable {
  private static let folder = "/usr/lib/pcsc/drivers"
  /// The one of the free CCID driver, which lists some 700 readers, has 200 KiB.
  private static let sizeLimit = 4 << 20

  /// The name under which a driver knows a reader, by the reader's id, such as `08e6:3437`.
  private(set) var names: [String: String] = [:]

  /// Reads the bundles of the workstation. One that cannot be read serves no reader.
  init(under root: Root, of workstation: any WorkstationAccess) {
    for bundle in (try? workstation.names(in: root.path(Self.folder))) ?? [] where bundle.hasSuffix(".bundle")
    {
      let path = root.path("\(Self.folder)/\(bundle)/Contents/Info.plist")
      guard let bytes = try? workstation.contents(of: path, limit: Self.sizeLimit) else { continue }
      names.merge(Self.names(in: String(decoding: bytes, as: UTF8.self))) { first, _ in first }
    }
  }

  /// Three lists of equal length: vendors, products, names.
  static func names(in plist: String) -> [String: String] {
    let vendors = strings(after: "ifdVendorID", in: plist)
    let products = strings(after: "ifdProductID", in: plist)
    let names = strings(after: "ifdFriendlyName", in: plist)
    guard vendors.count == products.count, products.count == names.count else { return [:] }
    var found: [String: String] = [:]
    for (index, name) in names.enumerated() {
      guard let vendor = hexadecimal(vendors[index]), let product = hexadecimal(products[index]) else {
        continue
      }
      found["\(vendor):\(product)"] = name
    }
    return found
  }

  /// Four digits in lower case; `nil` if it is not a number of 16 bits, such as `0x08E6`.
  private static func hexadecimal(_ text: String) -> String? {
    guard text.hasPrefix("0x") || text.hasPrefix("0X"), let number = UInt16(text.dropFirst(2), radix: 16)
    else {
      return nil
    }
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }

  /// The texts of the list, or the one text, that follows a key.
  private static func strings(after key: String, in plist: String) -> [String] {
    let text = plist.utf8[...]
    guard let start = text.end(of: "<key>\(key)</key>") else { return [] }
    let end = text[start...].start(of: "<key>") ?? text.endIndex
    var rest = text[start..<end]
    var strings: [String] = []
    while let open = rest.end(of: "<string>"), let close = rest[open...].start(of: "</string>") {
      strings.append(plain(String(decoding: rest[open..<close], as: UTF8.self)))
      rest = rest[close...].dropFirst()
    }
    return strings
  }

  private static func plain(_ text: String) -> String { text.replacing("&amp;", with: "&") }
}

extension Substring.UTF8View {
  /// Where the first such text begins; `nil` if there is none.
  fileprivate func start(of text: String) -> Index? {
    let sought = Array(text.utf8)
    guard let first = sought.first else { return nil }
    var place = startIndex
    while let found = self[place...].firstIndex(of: first) {
      if self[found...].starts(with: sought) { return found }
      place = index(after: found)
    }
    return nil
  }

  /// The place after the first such text; `nil` if there is none.
  fileprivate func end(of text: String) -> Index? {
    start(of: text).map { index($0, offsetBy: text.utf8.count) }
  }
}
