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
    var page = Page(words, width: width, lead: lead, indent: String(repeating: " ", count: indent))
    let bytes = page.bytes
    // What stays on one line: a word, or several with the spaces between them.
    var unit = 0..<0
    var before = 0..<0
    var start = 0
    while start <= bytes.count {
      let word = start..<(bytes[start...].firstIndex(of: Self.space) ?? bytes.count)
      if start == 0 || Self.holdsTogether(before, word, in: bytes) {
        unit = unit.lowerBound..<word.upperBound
      } else {
        page.add(unit)
        unit = word
      }
      before = word
      start = word.upperBound + 1
    }
    page.add(unit)
    return page.ended
  }

  /// Returns the number of columns that a terminal gives the text.
  static func columns(of words: Substring) -> Int {
    words.utf8.allSatisfy { (0x20...0x7E).contains($0) }
      ? words.utf8.count : words.unicodeScalars.reduce(0) { $0 + $1.columns }
  }

  // MARK: - Words

  private static let space = UInt8(ascii: " ")

  /// Whether no line may break between the two words: inside a number or a telephone number, before punctuation that
  /// French sets apart, and after an opening quote.
  private static func holdsTogether(_ before: Range<Int>, _ after: Range<Int>, in bytes: [UInt8]) -> Bool {
    guard let last = before.last, let first = after.first else { return false }
    if isDigit(bytes[last]), isDigit(bytes[first]) { return true }
    // « or °, then »: two bytes each.
    if before.count > 1, bytes[last - 1] == 0xC2, bytes[last] == 0xAB || bytes[last] == 0xB0 { return true }
    if after.count > 1, bytes[first] == 0xC2, bytes[first + 1] == 0xBB { return true }
    return after.count == 1 && ":;!?".utf8.contains(bytes[first])
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  // MARK: - Lines

  /// The lines that are made of a text: each is a part of it, after the lead or the indentation.
  private struct Page {
    let bytes: [UInt8]
    private let words: String
    private var lines: [String] = []
    private let width: Int
    private let indent: String
    /// What the line begins with.
    private var lead: String
    /// The part of the text that is on the line. Nil if nothing is.
    private var part: Range<Int>?
    private var columns: Int

    init(_ words: String, width: Int, lead: String, indent: String) {
      self.words = words
      bytes = Array(words.utf8)
      self.width = width
      self.indent = indent
      self.lead = lead
      columns = Wrapping.columns(of: lead[...])
    }

    mutating func add(_ unit: Range<Int>) {
      let needed = needed(by: unit)
      if columns + (part == nil ? 0 : 1) + needed <= width { return append(unit, needed) }
      endLine()
      if indent.utf8.count + needed <= width || !bytes[unit].contains(Wrapping.space) {
        return append(unit, needed)
      }
      // Too long to be kept together.
      for word in bytes[unit].split(separator: Wrapping.space) {
        let needed = self.needed(by: word.indices)
        if part != nil, columns + 1 + needed > width { endLine() }
        append(word.indices, needed)
      }
    }

    private func needed(by unit: Range<Int>) -> Int {
      bytes[unit].allSatisfy { (0x20...0x7E).contains($0) } ? unit.count : Wrapping.columns(of: text(unit))
    }

    private func text(_ part: Range<Int>) -> Substring {
      let start = words.utf8.index(words.startIndex, offsetBy: part.lowerBound)
      return words[start..<words.utf8.index(start, offsetBy: part.count)]
    }

    private mutating func append(_ unit: Range<Int>, _ needed: Int) {
      // A space at which a line was broken is gone.
      if part == nil, !lines.isEmpty, unit.isEmpty { return }
      if part != nil { columns += 1 }
      part = (part ?? unit).lowerBound..<unit.upperBound
      columns += needed
    }

    private var line: String {
      var line = lead
      if let part { line.append(contentsOf: text(part)) }
      return line.trimmingSpacesAtEnd
    }

    private mutating func endLine() {
      guard part != nil else { return }
      lines.append(line)
      lead = indent
      columns = indent.utf8.count
      part = nil
    }

    /// All lines; a text without words has one.
    var ended: [String] { part == nil && !lines.isEmpty ? lines : lines + [line] }
  }
}

extension String {
  /// The text without the spaces at its end.
  var trimmingSpacesAtEnd: String {
    guard utf8.last == UInt8(ascii: " ") else { return self }
    return String(self[..<(lastIndex { $0 != " " }.map(index(after:)) ?? startIndex)])
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
