/// A text in the form that is compared, with the place of each of its scalars in the original.
struct FoldedText {
  private(set) var scalars: [Unicode.Scalar] = []
  private(set) var places: [Int] = []

  init(_ text: [Unicode.Scalar]) {
    scalars.reserveCapacity(text.count)
    places.reserveCapacity(text.count)
    // Texts have few different letters.
    var known: [Unicode.Scalar: [Unicode.Scalar]] = [:]
    for (place, scalar) in text.enumerated() {
      if scalar.isASCII, let plain = Self.plainASCII(scalar) {
        append(plain, at: place)
        continue
      }
      let plain = known[scalar] ?? Self.plain(scalar)
      known[scalar] = plain
      for scalar in plain { append(scalar, at: place) }
    }
  }

  /// Collapses runs of spaces.
  private mutating func append(_ scalar: Unicode.Scalar, at place: Int) {
    if scalar == " ", scalars.last == " " { return }
    scalars.append(scalar)
    places.append(place)
  }

  private static func plainASCII(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0x41...0x5A: Unicode.Scalar(UInt8(scalar.value) + 0x20)
    case 0x09...0x0D: " "
    case 0x20...0x7E: scalar
    default: nil
    }
  }

  /// Returns the form in which a scalar is compared; empty if it is ignored.
  private static func plain(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    if let digit = scalar.countedDigit { return [digit] }
    if scalar.properties.isWhitespace { return [" "] }
    if Concealment.isPassedOver(scalar) { return [] }
    // The full-width forms of ASCII characters.
    if (0xFF01...0xFF5E).contains(scalar.value) {
      let plain = Unicode.Scalar(UInt8(scalar.value - 0xFEE0))
      return [plainASCII(plain) ?? plain]
    }
    let base = Folding.folded(scalar.properties.lowercaseMapping)
    if base.utf8.allSatisfy({ $0 < 0x80 }) { return Array(base.unicodeScalars) }
    return base.unicodeScalars.flatMap {
      $0 == "ß" ? ["s", "s"] : letters(in: $0.properties.name ?? "") ?? [$0]
    }
  }

  /// Returns the letters that a scalar beyond Latin-1 is made from, as its name says: LATIN SMALL LETTER S WITH CARON, MATHEMATICAL BOLD
  /// CAPITAL S, LATIN SMALL LIGATURE FI. Nil if it names none.
  private static func letters(in name: String) -> [Unicode.Scalar]? {
    let words = name.split(separator: " ").prefix { $0 != "WITH" }
    guard words.contains("LATIN") || words.first == "MATHEMATICAL", let last = words.last else { return nil }
    guard last.utf8.count == 1 || (words.contains("LIGATURE") && last.utf8.count <= 3) else { return nil }
    return last.unicodeScalars.map { plainASCII($0) ?? $0 }
  }

  /// The ranges of its words: runs of letters and digits.
  var wordRanges: [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start: Int?
    for index in scalars.indices {
      if Concealment.isOfWord(scalars[index]) {
        if start == nil { start = index }
      } else if let begun = start {
        ranges.append(begun..<index)
        start = nil
      }
    }
    if let start { ranges.append(start..<scalars.count) }
    return ranges
  }

  /// The words.
  var words: [[Unicode.Scalar]] { wordRanges.map { Array(scalars[$0]) } }

  /// How far apart the letters of such a word may be.
  private var widestGap: Int { 4 }

  /// The words whose letters stand apart, as in « D U P O N T »: where each of their letters is.
  var spacedWords: [[Int]] {
    var words: [[Int]] = []
    var word: [Int] = []
    for run in wordRanges {
      if run.count == 1, word.last.map({ run.lowerBound - $0 <= widestGap }) ?? true {
        word.append(run.lowerBound)
        continue
      }
      if word.count > 1 { words.append(word) }
      word = run.count == 1 ? [run.lowerBound] : []
    }
    if word.count > 1 { words.append(word) }
    return words
  }
}
