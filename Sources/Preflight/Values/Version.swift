/// A version made of numbers, compared number by number: 5.10 is newer than 5.2, and 5.2 equals 5.2.0.
package struct Version: Sendable {
  /// The numbers, as they were written.
  package let numbers: [Int]

  /// Reads numbers separated by dots (`5.2.2`), at most six of at most nine digits, and nothing else.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...6).contains(parts.count) else { return nil }
    var numbers: [Int] = []
    for part in parts {
      guard (1...9).contains(part.utf8.count), part.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        let number = Int(part)
      else { return nil }
      numbers.append(number)
    }
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
