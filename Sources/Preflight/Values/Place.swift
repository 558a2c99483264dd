/// A position in a text file: line and column, both counted from 1. A column is one Unicode scalar.
package struct Place: Sendable, Hashable, Comparable {
  /// The line, counted from 1.
  package let line: Int
  /// The column in Unicode scalars, counted from 1.
  package let column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Creates the position of the byte at `offset` in a UTF-8 text.
  package init(of offset: Int, in bytes: [UInt8]) {
    let before = bytes[..<offset]
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? (hasMark ? min(3, offset) : 0)
    line = before.count { $0 == 0x0A } + 1
    // Continuation bytes do not count as columns.
    column = bytes[lineStart..<offset].count { $0 & 0xC0 != 0x80 } + 1
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// Returns the offset of the first byte that is not part of well-formed UTF-8. Returns nil if all are.
package func firstInvalidUTF8(in bytes: [UInt8]) -> Int? {
  bytes.withUnsafeBytes { bytes in
    var index = 0
    while index < bytes.count {
      // ASCII is passed eight bytes at a time.
      while index + 8 <= bytes.count,
        bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      {
        index += 8
      }
      guard index < bytes.count else { return nil }
      if bytes[index] < 0x80 {
        index += 1
      } else if let length = lengthOfScalar(at: index, in: bytes) {
        index += length
      } else {
        return index
      }
    }
    return nil
  }
}

/// The number of bytes of the scalar beyond ASCII that begins there. Nil if they are not well-formed; The Unicode Standard, table
/// 3-7.
private func lengthOfScalar(at index: Int, in bytes: UnsafeRawBufferPointer) -> Int? {
  let length: Int
  var second: ClosedRange<UInt8> = 0x80...0xBF
  switch bytes[index] {
  case 0xC2...0xDF: length = 2
  case 0xE0: (length, second) = (3, 0xA0...0xBF)
  case 0xE1...0xEC, 0xEE, 0xEF: length = 3
  case 0xED: (length, second) = (3, 0x80...0x9F)
  case 0xF0: (length, second) = (4, 0x90...0xBF)
  case 0xF1...0xF3: length = 4
  case 0xF4: (length, second) = (4, 0x80...0x8F)
  default: return nil
  }
  guard index + length <= bytes.count, second.contains(bytes[index + 1]),
    bytes[index + 2..<index + length].allSatisfy({ (0x80...0xBF).contains($0) })
  else { return nil }
  return length
}
