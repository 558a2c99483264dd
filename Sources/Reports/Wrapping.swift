/// Breaks text into lines of a width, for people: at spaces only, and never inside a word, a number, a date, a telephone
/// number or an address.
///
/// Its work grows with the length of the text alone.
package struct Wrapping: Sendable, Hashable {
  /// The width where nothing says how wide the lines may be.
  package static let usualWidth = 80
  /// The widths that are respected; narrower and wider ones are replaced by the nearest.
  package static let widths = 30...500

  /// The number of columns of a line.
  package let width: Int

  package init(width: Int = usualWidth) {
    self.width = min(max(width, Self.widths.lowerBound), Self.widths.upperBound)
  }

  /// Returns the lines of the text, without line breaks.
  ///
  /// - Parameters:
  ///   - words: the text, of one line. What is longer than a line and has no space is on a line of its own,
  ///     uncut.
  ///   - lead: what the first line begins with, such as an indentation and a sign.
  ///   - indent: the number of spaces that the lines after it begin with.
  package func lines(of words: String, after lead: String = "", indent: Int) -> [String] {
    var page = Page(width: width, lead: lead, indent: String(repeating: " ", count: indent))
    for unit in Self.units(of: words) { page.add(unit) }
    return page.ended
  }

  /// Returns the number of columns that a terminal gives the text.
  static func columns(of words: Substring) -> Int {
    words.utf8.allSatisfy { (0x20...0x7E).contains($0) }
      ? words.utf8.count : words.unicodeScalars.reduce(0) { $0 + $1.columns }
  }

  // MARK: - Units

  /// Words that stay on one line, with the spaces between them.
  private struct Unit {
    var words: [Substring] = []
    var columns: Int { words.reduce(words.count - 1) { $0 + Wrapping.columns(of: $1) } }
  }

  private static func units(of words: String) -> [Unit] {
    var units: [Unit] = []
    var before: Substring?
    // By bytes, which are found faster than characters.
    for bytes in words.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false) {
      let word = Substring(bytes)
      if let before, holdsTogether(before, word) {
        units[units.count - 1].words.append(word)
      } else {
        units.append(Unit(words: [word]))
      }
      before = word
    }
    return units
  }

  /// Whether no line may break between the two words: inside a number or a telephone number, before punctuation that
  /// French sets apart, and after an opening quote.
  private static func holdsTogether(_ before: Substring, _ after: Substring) -> Bool {
    guard let last = before.unicodeScalars.last, let first = after.unicodeScalars.first else { return false }
    if isDigit(last), isDigit(first) { return true }
    if last == "«" || last == "°" { return true }
    return first == "»" || (after.unicodeScalars.count == 1 && [":", ";", "!", "?"].contains(first))
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  // MARK: - Lines

  private struct Page {
    private var lines: [String] = []
    private let width: Int
    private let indent: String
    private var line: String
    private var columns: Int
    private var isEmpty = true

    init(width: Int, lead: String, indent: String) {
      self.width = width
      self.indent = indent
      line = lead
      columns = Wrapping.columns(of: lead[...])
    }

    mutating func add(_ unit: Unit) {
      let needed = unit.columns
      if columns + (isEmpty ? 0 : 1) + needed <= width { return append(unit.words, needed) }
      endLine()
      if indent.count + needed <= width || unit.words.count == 1 { return append(unit.words, needed) }
      // Too long to be kept together.
      for word in unit.words {
        let needed = Wrapping.columns(of: word)
        if !isEmpty, columns + 1 + needed > width { endLine() }
        append([word], needed)
      }
    }

    private mutating func append(_ words: [Substring], _ needed: Int) {
      // A space at which a line was broken is gone.
      if isEmpty, !lines.isEmpty, words == [""] { return }
      if !isEmpty {
        line += " "
        columns += 1
      }
      for (index, word) in words.enumerated() {
        if index > 0 { line += " " }
        line += String(word)
      }
      columns += needed
      isEmpty = false
    }

    private mutating func endLine() {
      guard !isEmpty else { return }
      lines.append(line.trimmingSpacesAtEnd)
      line = indent
      columns = indent.count
      isEmpty = true
    }

    /// All lines; a text without words has one.
    var ended: [String] { isEmpty && !lines.isEmpty ? lines : lines + [line.trimmingSpacesAtEnd] }
  }
}

extension String {
  /// The text without the spaces at its end.
  var trimmingSpacesAtEnd: String {
    String(self[..<(lastIndex { $0 != " " }.map(index(after:)) ?? startIndex)])
  }
}

extension Unicode.Scalar {
  /// The columns that terminals give the scalar: none to marks on the letter before it, two to the wide letters and
  /// pictures of East Asia (Unicode Standard Annex 11).
  fileprivate var columns: Int {
    switch value {
    case 0x20..<0x300: return 1
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default: break
    }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: return 1
    }
  }
}
