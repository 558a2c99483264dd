/// Values that must not be shown, and the search for them in text that the program did not write.
///
/// Letters are compared regardless of case, accents and width, in any normal form; digits by their numeric value, in any script.
/// What is invisible is passed over. The digits of a number may be separated by anything but letters and digits, written out or as
/// an escape: `\n`, `\u00a0`.
///
/// A plugin may be told sixty thousand values, and answer with a megabyte: the values are found all at once, in time that grows with
/// the sum of both.
package struct Concealment: Sendable, ExpressibleByArrayLiteral {
  /// Texts that are found anywhere, inside words too.
  private var texts = ManyTexts()
  /// Numbers, found in the digits alone.
  private var numbers = ManyTexts()
  /// Values too short to be looked for inside other words.
  private var shortWords: Set<[Unicode.Scalar]> = []

  /// How often a letter was looked at to make it.
  private(set) var work = 0

  /// - Parameter values: what must not be shown, each as a whole.
  package init(_ values: [String] = []) {
    for value in Set(values) { add(value) }
    texts.prepare(counting: &work)
    numbers.prepare(counting: &work)
  }

  package init(arrayLiteral values: String...) { self.init(values) }

  /// Returns the parts of the text that tell as much as the whole, if it is a person's name or an address: its words of three letters
  /// or more, and its numbers of five digits or more.
  package static func parts(of text: String) -> [String] {
    FoldedText(Array(text.unicodeScalars)).words.filter { word in
      word.allSatisfy(isDigit) ? word.count >= 5 : word.count >= 3
    }.map { String(String.UnicodeScalarView($0)) }
  }

  /// The longest word that is only found as a whole: a shorter name than that would be found in any word.
  private static let longestShortWord = 3

  private mutating func add(_ value: String) {
    let folded = FoldedText(Array(value.unicodeScalars)).scalars
    // A space at an end is no part of a value; there is one at most.
    let whole = Array(folded.dropFirst(folded.first == " " ? 1 : 0).dropLast(folded.last == " " ? 1 : 0))
    work += whole.count
    let word = whole.filter(Self.isOfWord)
    if whole.count < Self.longestShortWord || (whole.count == Self.longestShortWord && word == whole) {
      if !word.isEmpty { shortWords.insert(word) }
      // Three digits are found in a longer number.
      guard word.count == Self.longestShortWord, word.allSatisfy(Self.isDigit) else { return }
    }
    texts.add(whole)
    let digits = word
    guard digits.allSatisfy(Self.isDigit), digits.count == whole.count || digits.count >= 8 else { return }
    numbers.add(digits)
    guard digits.count >= 8 else { return }
    // A billing identifier is also looked for without leading zeros and without its key. One with fewer digits would be found
    // everywhere.
    let bare = Array(digits.drop { $0 == "0" })
    if bare.count >= 8 { numbers.add(bare) }
    for number in [digits, bare] where number.count == 9 { numbers.add(Array(number.dropLast())) }
  }

  /// Returns the ranges of the text that show any of the values, in order and not touching.
  func ranges(in text: [Unicode.Scalar]) -> [Range<Int>] {
    var work = 0
    return ranges(in: text, counting: &work)
  }

  /// - Parameter work: counts how often a letter is looked at.
  func ranges(in text: [Unicode.Scalar], counting work: inout Int) -> [Range<Int>] {
    guard !texts.isEmpty || !shortWords.isEmpty else { return [] }
    let folded = FoldedText(text)
    work += text.count
    // At each index: the values that begin there, less those that end there.
    var borders = [Int32](repeating: 0, count: text.count + 1)
    func cover(_ range: Range<Int>, of places: [Int]) {
      guard let last = range.last, range.lowerBound < places.count, last < places.count else { return }
      borders[places[range.lowerBound]] += 1
      borders[places[last] + 1] -= 1
    }
    for range in texts.ranges(in: folded.scalars, counting: &work) { cover(range, of: folded.places) }
    for run in folded.wordRanges where run.count <= Self.longestShortWord {
      if shortWords.contains(Array(folded.scalars[run])) { cover(run, of: folded.places) }
    }
    for spaced in folded.spacedWords {
      work += spaced.count
      let letters = spaced.map { folded.scalars[$0] }
      let places = spaced.map { folded.places[$0] }
      for range in texts.ranges(in: letters, counting: &work) { cover(range, of: places) }
      if shortWords.contains(letters) { cover(letters.indices, of: places) }
    }
    if !numbers.isEmpty {
      for passingEscapes in [true, false] {
        for (digits, places) in Self.digits(in: text, passingEscapes: passingEscapes, counting: &work) {
          for range in numbers.ranges(in: digits, counting: &work) { cover(range, of: places) }
        }
      }
    }
    return Self.ranges(borders, of: text)
  }

  /// Returns the ranges that are covered, each with the marks on its last scalar.
  private static func ranges(_ borders: [Int32], of text: [Unicode.Scalar]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var depth: Int32 = 0
    var start: Int?
    for place in text.indices {
      depth += borders[place]
      if depth > 0 {
        if start == nil { start = place }
      } else if let begun = start, !isPassedOver(text[place]) {
        ranges.append(begun..<place)
        start = nil
      }
    }
    if let start { ranges.append(start..<text.count) }
    return ranges
  }

  // MARK: - Digits

  /// The largest number of scalars between two digits of a number.
  private static let gap = 64

  /// Returns the runs of digits in which numbers may be, with the place of each digit.
  ///
  /// - Parameter passingEscapes: whether an escape separates digits; otherwise its own digits count.
  private static func digits(
    in text: [Unicode.Scalar], passingEscapes: Bool, counting work: inout Int
  ) -> [(digits: [Unicode.Scalar], places: [Int])] {
    var runs: [(digits: [Unicode.Scalar], places: [Int])] = []
    var run: (digits: [Unicode.Scalar], places: [Int]) = ([], [])
    var place = 0
    func end() {
      if !run.digits.isEmpty { runs.append(run) }
      run = ([], [])
    }
    work += text.count
    while place < text.count {
      if let last = run.places.last, place - last > gap { end() }
      let scalar = text[place]
      if let digit = scalar.countedDigit {
        run.digits.append(digit)
        run.places.append(place)
        place += 1
      } else if passingEscapes, scalar == "\\", let next = endOfEscape(place, in: text) {
        place = next
      } else {
        if isOfWord(scalar), !isPassedOver(scalar) { end() }
        place += 1
      }
    }
    end()
    return runs
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

  // MARK: - Letters

  static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  /// Whether the scalar is a combining mark or is invisible.
  static func isPassedOver(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x7F else { return scalar.value < 0x20 && !(0x09...0x0D).contains(scalar.value) }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark: return true
    default: return scalar.isUnseen || scalar.value == 0xFE0E || scalar.value == 0xFE0F
    }
  }

  /// Whether the scalar is a letter or a digit, so that it cannot stand between the digits of a number.
  static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      return switch scalar.value {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      default: false
      }
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber:
      return true
    default: return false
    }
  }
}
