/// A version made of numbers, compared number by number: 5.10 is newer than 5.2, and 5.2 equals 5.2.0.
package struct Version: Sendable {
  /// The numbers as written, from the major version on.
  package let numbers: [Int]

  /// Parses two to six numbers separated by dots, none above 99 (`5.2.2`), or one digit. Returns nil for anything else.
  ///
  /// A version that lost its dots, such as the `050202` of an ADM file, would be newer than any other one.
  package init?(_ text: String) {
    var numbers = [0]
    var digits = 0
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits += 1
        let number = numbers[numbers.count - 1] * 10 + Int(byte - UInt8(ascii: "0"))
        guard number <= Self.highestNumber, digits <= 9 else { return nil }
        numbers[numbers.count - 1] = number
      case UInt8(ascii: "."):
        guard digits > 0, numbers.count < 6 else { return nil }
        numbers.append(0)
        digits = 0
      default: return nil
      }
    }
    guard numbers.count > 1 ? digits > 0 : digits == 1 else { return nil }
    self.numbers = numbers
  }

  /// The highest number in a version: an ADM file has two digits for each.
  private static let highestNumber = 99

  /// The version that an ADM file writes as these six digits, two for each number: `051000` is 5.10.0. Returns nil if
  /// `text` is not six digits. See docs/cryptolib.md, “ADM files”.
  package init?(sixDigits text: some StringProtocol) {
    let digits = text.utf8.map { Int($0) - 0x30 }
    guard digits.count == 6, digits.allSatisfy({ (0...9).contains($0) }) else { return nil }
    self.init(digits[0] * 10 + digits[1], digits[2] * 10 + digits[3], digits[4] * 10 + digits[5])
  }

  /// Parses part of a text in the same way.
  package init?(_ text: Substring) { self.init(String(text)) }

  /// Creates a version from its numbers, the major version first.
  package init(_ numbers: Int...) { self.numbers = numbers }

  /// The numbers without trailing zeros, which do not affect the version.
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
  /// The numbers separated by dots, as written.
  package var description: String {
    numbers.dropFirst().reduce(String(numbers.first ?? 0)) { $0 + "." + String($1) }
  }
}
