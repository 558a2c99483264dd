/// Finds personal values in text that the program did not write.
///
/// Digits are compared by their numeric value, in any script; letters regardless of case and width. The digits of a
/// number may be separated by anything but letters and digits, written out or as an escape: `\n`, `\u00a0`.
enum Concealment {
  /// Returns the ranges of the text that show any of the values, in order and not overlapping.
  static func ranges(of values: [String], in text: [Unicode.Scalar]) -> [Range<Int>] {
    let words = Set(values.flatMap { forms(of: $0) })
    guard !words.isEmpty else { return [] }
    let plain = text.map(plain)
    var ranges: [Range<Int>] = []
    for sought in words {
      guard let first = sought.first else { continue }
      let isNumber = sought.allSatisfy(isDigit)
      for start in plain.indices where plain[start] == first {
        if let end = end(of: sought, isNumber: isNumber, in: plain, from: start) {
          ranges.append(start..<end)
        }
      }
    }
    return merged(ranges)
  }

  /// Returns the forms of the value to look for. A billing identifier is also looked for without leading zeros and
  /// without its key.
  private static func forms(of value: String) -> [[Unicode.Scalar]] {
    let whole = value.unicodeScalars.filter { !isPassedOver($0) }.map(plain)
    let digits = whole.filter { isDigit($0) || !separatesDigits($0) }
    guard digits.count >= 8, digits.allSatisfy(isDigit) else { return [whole] }
    let bare = Array(digits.drop { $0 == "0" })
    var forms = [whole, digits]
    // A number with fewer digits would be found everywhere.
    if bare.count >= 8 { forms.append(bare) }
    for number in [digits, bare] where number.count == 9 { forms.append(Array(number.dropLast())) }
    return forms
  }

  /// Returns the end of the value that begins at that place, including marks on its last scalar. Returns nil if the
  /// text there is different.
  private static func end(
    of sought: [Unicode.Scalar], isNumber: Bool, in text: [Unicode.Scalar], from start: Int
  ) -> Int? {
    var place = start
    for (index, scalar) in sought.enumerated() {
      if index > 0 {
        let limit = min(text.count, place + gap)
        while place < limit, text[place] != scalar {
          guard let next = afterPassing(place, isNumber: isNumber, in: text) else { break }
          place = next
        }
      }
      guard place < text.count, text[place] == scalar else { return nil }
      place += 1
    }
    while place < text.count, isPassedOver(text[place]) { place += 1 }
    return place
  }

  /// The largest number of scalars between two scalars of a value.
  private static let gap = 64

  /// Returns the place after something that does not hide a value from a reader. Returns nil if there is no such
  /// thing at that place.
  private static func afterPassing(_ place: Int, isNumber: Bool, in text: [Unicode.Scalar]) -> Int? {
    if isPassedOver(text[place]) { return place + 1 }
    guard isNumber else {
      // One space may have become several.
      return place > 0 && text[place] == " " && text[place - 1] == " " ? place + 1 : nil
    }
    if text[place] == "\\", let end = endOfEscape(place, in: text) { return end }
    return separatesDigits(text[place]) ? place + 1 : nil
  }

  /// Returns the end of an escape sequence: one letter, or `u` or `x` with its hexadecimal digits.
  private static func endOfEscape(_ place: Int, in text: [Unicode.Scalar]) -> Int? {
    guard place + 1 < text.count, text[place + 1].isASCII, text[place + 1].properties.isAlphabetic else {
      return nil
    }
    let digits = text[place + 1] == "u" ? 4 : text[place + 1] == "x" ? 2 : 0
    let end = place + 2 + digits
    guard digits > 0, end <= text.count, text[(place + 2)..<end].allSatisfy(\.properties.isASCIIHexDigit)
    else {
      return place + 2
    }
    return end
  }

  /// Merges overlapping ranges, so that no part of a value stays visible beside another.
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

  /// Returns the form of the scalar that is compared.
  private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar.isASCII {
      if (0x41...0x5A).contains(scalar.value) { return Unicode.Scalar(UInt8(scalar.value) + 0x20) }
      return (0x09...0x0D).contains(scalar.value) ? " " : scalar
    }
    if let digit = scalar.countedDigit { return digit }
    // The full-width forms of ASCII characters.
    if (0xFF01...0xFF5E).contains(scalar.value) { return plain(Unicode.Scalar(UInt8(scalar.value - 0xFEE0))) }
    if scalar.properties.isWhitespace { return " " }
    let lower = scalar.properties.lowercaseMapping.unicodeScalars
    return lower.count == 1 ? lower.first ?? scalar : scalar
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  /// Whether the scalar is a combining mark or is invisible.
  private static func isPassedOver(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x7F else { return scalar.value < 0x20 && scalar != "\n" && scalar != "\t" }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark: return true
    default: return scalar.isUnseen || scalar.value == 0xFE0E || scalar.value == 0xFE0F
    }
  }

  /// Whether the scalar may stand between the digits of a number: it is neither a letter nor another digit.
  private static func separatesDigits(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber:
      false
    default: true
    }
  }
}

extension Unicode.Scalar {
  /// The digit from `0` to `9` with the same numeric value, in any script: `６`, `٦`, `𝟔`, `⁶`. Nil if the scalar is
  /// not a digit.
  package var countedDigit: Unicode.Scalar? {
    if isASCII { return ("0"..."9").contains(self) ? self : nil }
    // No rounding: it would be libm's, which a program may not be linked with.
    let digit = properties.numericValue.flatMap { number in
      (0...9 as ClosedRange<UInt8>).first { Double($0) == number }
    }
    return digit.map { Unicode.Scalar(UInt8(ascii: "0") + $0) }
  }
}
