/// The answer to reset of a card: the bytes it sends when it is powered up (ISO/IEC 7816-3, section 8).
package struct ATR: Sendable, Hashable, CustomStringConvertible {
  /// The bytes as the card sent them, from TS on.
  package let bytes: [UInt8]

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The bytes as pairs of hexadecimal digits, such as `3B AC 00 40`.
  package var description: String {
    let digits = Array("0123456789ABCDEF")
    return bytes.map { String([digits[Int($0 >> 4)], digits[Int($0 & 15)]]) }.joined(separator: " ")
  }
}
