/// A version made of numbers, compared number by number: 5.10 is newer than 5.2, and 5.2 equals 5.2.0.
package struct Version: Sendable {
  /// The numbers, as they were written.
  package let numbers: [Int]

  /// Reads numbers separated by dots (`5.2.2`), at most six of at most nine digits, and nothing else.
  package init?(_ text: some StringProtocol) {
    var numbers = [0]
    var digits = 0
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits += 1
        guard digits <= 9 else { return nil }
        numbers[numbers.count - 1] = numbers[numbers.count - 1] * 10 + Int(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "."):
        guard digits > 0, numbers.count < 6 else { return nil }
        numbers.append(0)
        digits = 0
      default: return nil
      }
    }
    guard digits > 0 else { return nil }
    self.numbers = numbers
  }

  package init(_ numbers: Int...) { self.numbers = numbers }

  /// The numbers without the zeros at the end, which say nothing.
  private var significant: ArraySlice<Int> {
    numbers.prefix((numbers.lastIndex { $0 != 0 } ?? -1) + 1)
  }
}

extension Version: Comparable, Hashable {
  package static func == (left: Self, right: Self) -> Bool { left.significant == right.significant }
  package static func < (left: Self, right: Self) -> Bool {
    left.significant.lexicographicallyPrecedes(right.significant)
  }
  package func hash(into hasher: inout Hasher) { hasher.combine(significant) }
}

extension Version: CustomStringConvertible {
  package var description: String { numbers.map(String.init).joined(separator: ".") }
}
