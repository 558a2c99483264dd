/// Characters of strings that stand for themselves, looked at eight at a time.
enum PlainBytes {
  private static let ones: UInt64 = 0x0101_0101_0101_0101

  /// Returns the end of the plain characters from `start` on: visible ASCII and spaces, but no quotation mark and no backslash.
  static func end(from start: Int, upTo end: Int, in bytes: UnsafeRawBufferPointer) -> Int {
    var offset = start
    while offset + 8 <= end {
      let signs = signs(
        in: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
      if signs != 0 { return offset + signs.trailingZeroBitCount / 8 }
      offset += 8
    }
    while offset < end, isPlain(bytes[offset]) { offset += 1 }
    return offset
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  /// The highest bits of the bytes that are not plain. Those of later bytes may be wrong: a subtraction
  /// borrows from the next one.
  private static func signs(in bytes: UInt64) -> UInt64 {
    let controls = bytes &- ones &* 0x20
    let quotes = (bytes ^ ones &* 0x22) &- ones
    let slashes = (bytes ^ ones &* 0x5C) &- ones
    let others = bytes | (bytes &+ ones)
    return (controls | quotes | slashes | others) & (ones &* 0x80)
  }
}
