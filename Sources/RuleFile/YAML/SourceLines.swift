package import Preflight

/// The lines of a file, as libyaml counts them: they end with LF, CR, CRLF, NEL, U+2028 or U+2029.
package struct SourceLines: Sendable {
  package let bytes: [UInt8]
  /// Where each line begins and ends, without what ends it.
  package private(set) var ranges: [Range<Int>] = []
  /// Whether any line ends with LF, alone or after CR.
  let hasLineFeed: Bool

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    hasLineFeed = bytes.contains(0x0A)
    var ranges: [Range<Int>] = []
    bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      var index = 0
      while index < bytes.count {
        let length = Self.lineEnd(bytes, index)
        if length > 0 {
          ranges.append(start..<index)
          start = index + length
          index = start
        } else {
          index += 1
        }
      }
      ranges.append(start..<bytes.count)
    }
    self.ranges = ranges
  }

  /// The number of bytes of the line end at `index`; 0 if there is none.
  private static func lineEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
    switch bytes[index] {
    case 0x0A: return 1
    case 0x0D: return index + 1 < bytes.count && bytes[index + 1] == 0x0A ? 2 : 1
    case 0xC2: return index + 1 < bytes.count && bytes[index + 1] == 0x85 ? 2 : 0
    case 0xE2:
      return index + 2 < bytes.count && bytes[index + 1] == 0x80 && (bytes[index + 2] | 1) == 0xA9 ? 3 : 0
    default: return 0
    }
  }

  /// The line of that number, from 0.
  package func text(_ index: Int) -> String { String(decoding: bytes[ranges[index]], as: UTF8.self) }

  /// All of them.
  package var all: [Substring] { ranges.indices.map { Substring(text($0)) } }

  /// The number of the line, from 0, in which that byte is.
  package func index(of offset: Int) -> Int {
    var (low, high) = (0, ranges.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if ranges[middle].lowerBound <= offset { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// The place of that byte.
  package func place(of offset: Int) -> Place {
    let line = index(of: offset)
    // Continuation bytes do not count as columns.
    var column = 1
    for byte in bytes[ranges[line].lowerBound..<offset] where byte & 0xC0 != 0x80 { column += 1 }
    return Place(line: line + 1, column: column)
  }
}
