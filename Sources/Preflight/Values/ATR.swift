/// The answer to reset of a card: what it says when it is powered up (ISO/IEC 7816-3, section 8).
package struct ATR: Sendable, Hashable, CustomStringConvertible {
  package let bytes: [UInt8]

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Pairs of hexadecimal digits, as `3B AC 00 40`.
  package var description: String {
    let digits = Array("0123456789ABCDEF")
    return bytes.map { String([digits[Int($0 >> 4)], digits[Int($0 & 15)]]) }.joined(separator: " ")
  }
}
