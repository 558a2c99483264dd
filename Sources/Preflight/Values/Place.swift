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
  // The standard library finds out much faster whether there is one than where.
  if String(validating: bytes, as: UTF8.self) != nil { return nil }
  var parser = Unicode.UTF8.ForwardParser()
  var iterator = bytes.makeIterator()
  var offset = 0
  while true {
    switch parser.parseScalar(from: &iterator) {
    case .valid(let scalar): offset += scalar.count
    case .emptyInput: return nil
    case .error: return min(offset, bytes.count - 1)
    }
  }
}
