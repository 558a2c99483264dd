import Preflight

/// JSON written by hand, on one line: for what is written a hundred thousand times, where an encoder would take longer
/// than all the rest.
struct JSONBytes: Sendable {
  private(set) var bytes: [UInt8] = []

  /// Forgets what was written, and keeps the room.
  mutating func clear() { bytes.removeAll(keepingCapacity: true) }

  /// JSON that is known to be sound.
  mutating func raw(_ json: StaticString) {
    json.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  mutating func raw(_ json: [UInt8]) { bytes.append(contentsOf: json) }

  mutating func raw(_ json: String) { bytes.append(contentsOf: json.utf8) }

  mutating func number(_ number: some BinaryInteger) { bytes.append(contentsOf: String(number).utf8) }

  mutating func boolean(_ flag: Bool) { raw(flag ? "true" : "false") }

  /// A string, in quotes; what nobody would see is escaped.
  mutating func string(_ text: String) {
    let start = bytes.count
    quoted(text)
    guard bytes[start...].contains(where: { $0 >= 0x7F }), text.unicodeScalars.contains(where: \.isUnseen)
    else { return }
    let escaped = escapingUnseen(inJSON: String(decoding: bytes[start...], as: UTF8.self))
    bytes.replaceSubrange(start..., with: escaped.utf8)
  }

  private mutating func quoted(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { utf8 in
      var start = 0
      for (index, byte) in utf8.enumerated() where byte < 0x20 || byte == 0x22 || byte == 0x5C {
        bytes.append(contentsOf: utf8[start..<index])
        escape(byte)
        start = index + 1
      }
      bytes.append(contentsOf: utf8[start...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case 0x22: raw("\\\"")
    case 0x5C: raw("\\\\")
    case 0x0A: raw("\\n")
    case 0x0D: raw("\\r")
    case 0x09: raw("\\t")
    default:
      raw(byte < 0x10 ? "\\u000" : "\\u00")
      bytes.append(contentsOf: String(byte, radix: 16).utf8)
    }
  }

  /// A list of what `write` writes of each element.
  mutating func list<Elements: Sequence>(
    _ elements: Elements, _ write: (inout JSONBytes, Elements.Element) -> Void
  ) {
    raw("[")
    var isFirst = true
    for element in elements {
      if !isFirst { raw(",") }
      isFirst = false
      write(&self, element)
    }
    raw("]")
  }

  /// A value of any shape, on one line: numbers and the order of members as they were read.
  mutating func plain(_ value: PlainValue) {
    switch value {
    case .null: raw("null")
    case .boolean(let flag): boolean(flag)
    case .number(let digits): raw(digits)
    case .text(let text): string(text)
    case .list(let items): list(items) { $0.plain($1) }
    case .map(let entries):
      raw("{")
      for (index, entry) in entries.enumerated() {
        if index > 0 { raw(",") }
        string(entry.name)
        raw(":")
        plain(entry.value)
      }
      raw("}")
    }
  }

  /// The same with an element and a member a line, indented.
  mutating func indented(_ value: PlainValue, depth: Int = 0) {
    switch value {
    case .list(let items) where !items.isEmpty:
      raw("[")
      for (index, item) in items.enumerated() {
        newLine(depth + 1, isFirst: index == 0)
        indented(item, depth: depth + 1)
      }
      newLine(depth, isFirst: true)
      raw("]")
    case .map(let entries) where !entries.isEmpty:
      raw("{")
      for (index, entry) in entries.enumerated() {
        newLine(depth + 1, isFirst: index == 0)
        string(entry.name)
        raw(" : ")
        indented(entry.value, depth: depth + 1)
      }
      newLine(depth, isFirst: true)
      raw("}")
    case .list:
      raw("[")
      raw("\n\n")
      raw(String(repeating: "  ", count: depth))
      raw("]")
    case .map:
      raw("{")
      raw("\n\n")
      raw(String(repeating: "  ", count: depth))
      raw("}")
    default: plain(value)
    }
  }

  private mutating func newLine(_ depth: Int, isFirst: Bool) {
    raw(isFirst ? "\n" : ",\n")
    raw(String(repeating: "  ", count: depth))
  }
}
