/// The answer to reset of a card: the bytes it sends when it is powered up (ISO/IEC 7816-3, section 8).
package struct ATR: Sendable, Hashable, CustomStringConvertible {
  /// The bytes as the card sent them, from TS on.
  package let bytes: [UInt8]

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Parses pairs of hexadecimal digits, with or without blanks or colons between them. Returns nil for anything else.
  package init?(written text: String) {
    var bytes: [UInt8] = []
    var first: UInt8?
    for character in text.utf8 where character != UInt8(ascii: " ") && character != UInt8(ascii: ":") {
      let digit: UInt8
      switch character {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = character - UInt8(ascii: "0")
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = character - UInt8(ascii: "A") + 10
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = character - UInt8(ascii: "a") + 10
      default: return nil
      }
      if let high = first {
        bytes.append(high << 4 | digit)
        first = nil
      } else {
        first = digit
      }
    }
    guard first == nil, !bytes.isEmpty else { return nil }
    self.bytes = bytes
  }

  /// The bytes as pairs of hexadecimal digits, such as `3B AC 00 40`.
  package var description: String {
    let digits = Array("0123456789ABCDEF")
    return bytes.map { String([digits[Int($0 >> 4)], digits[Int($0 & 15)]]) }.joined(separator: " ")
  }
}
