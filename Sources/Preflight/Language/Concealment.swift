/// Finds personal values in the words of others.
enum Concealment {
  /// The ranges of the text that show any of the values, in order and apart from each other.
  static func ranges(of values: [String], in text: [Unicode.Scalar]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    for value in Set(values) {
      let sought = Array(value.unicodeScalars.filter { !isPassedOver($0) })
      guard let first = sought.first else { continue }
      let isNumber = sought.allSatisfy(isDigit)
      for start in text.indices where text[start] == first {
        if let end = end(of: sought, isNumber: isNumber, in: text, from: start) { ranges.append(start..<end) }
      }
    }
    return merged(ranges)
  }

  /// Where the value ends that begins there, with the marks on its last scalar; nothing if it is another text.
  private static func end(
    of sought: [Unicode.Scalar], isNumber: Bool, in text: [Unicode.Scalar], from start: Int
  ) -> Int? {
    var place = start
    var gap = 0
    for (index, scalar) in sought.enumerated() {
      while index > 0, place < text.count, text[place] != scalar, gap < 16,
        isPassedOver(text[place]) || (isNumber && groupsDigits(text[place]))
      {
        place += 1
        gap += 1
      }
      guard place < text.count, text[place] == scalar else { return nil }
      place += 1
      gap = 0
    }
    while place < text.count, isPassedOver(text[place]) { place += 1 }
    return place
  }

  /// Overlapping ranges made one, so that nothing of one value is left beside another.
  private static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var merged: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, range.lowerBound < last.upperBound {
        merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    return merged
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  /// Marks on the character before, and what nobody sees.
  private static func isPassedOver(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x7F else { return scalar.value < 0x20 && scalar != "\n" && scalar != "\t" }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark: return true
    default: return scalar.isUnseen || scalar.value == 0xFE0E || scalar.value == 0xFE0F
    }
  }

  /// Signs that people put between the digits of a number.
  private static func groupsDigits(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case " ", ".", "-", "_", "\u{A0}", "\u{202F}", "\u{2009}": true
    default: false
    }
  }
}
