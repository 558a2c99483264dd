import Preflight

/// What is personal in files: the values of certain keys, which diagnostics show neither in their words nor in the line.
package struct PersonalValues: Sendable {
  /// The hidden columns by file and line: the start of each value, and its end.
  private var columns: [String: [Int: [Int: Int]]] = [:]
  /// The values by file and first line, to hide them where messages repeat them.
  private var texts: [String: [Int: Set<String>]] = [:]
  /// The keys with personal values, for files that could not be read to the end.
  private var keys: Set<String> = []
  /// The files that could not be read to the end.
  private var partialFiles: Set<String> = []

  /// The shortest value to hide in messages; shorter ones occur in many words.
  private static let shortest = 3

  package init() {}

  /// Hides a value of that file, and all that is in it; the name of a fact that stands for a value is not
  /// secret.
  package mutating func hide(_ node: YAMLNode, in file: String) {
    if node.referredFact != nil { return }
    switch node.content {
    case .scalar(let text, _):
      guard !node.isNull else { return }
      for line in node.span.start.line...max(node.span.start.line, node.span.end.line) {
        let start = line == node.span.start.line ? node.span.start.column : 1
        let end = line == node.span.end.line ? node.span.end.column : Int.max
        columns[file, default: [:]][line, default: [:]][start] = max(start, end)
      }
      if text.unicodeScalars.count >= Self.shortest {
        texts[file, default: [:]][node.span.start.line, default: []].insert(text)
      }
    case .sequence(let items): for item in items { hide(item, in: file) }
    case .mapping(let entries):
      for entry in entries {
        if entry.key.text != "fact" { hide(entry.key, in: file) }
        hide(entry.value, in: file)
      }
    }
  }

  /// Hides what is under those keys, wherever they are.
  package mutating func hide(under keys: Set<String>, of document: YAMLDocument, in file: String) {
    self.keys.formUnion(keys)
    guard let root = document.root, !document.isPartial else {
      partialFiles.insert(file)
      if let root = document.root { hide(under: keys, in: root, of: file) }
      return
    }
    hide(under: keys, in: root, of: file)
  }

  private mutating func hide(under keys: Set<String>, in node: YAMLNode, of file: String) {
    for item in node.items ?? [] { hide(under: keys, in: item, of: file) }
    for entry in node.entries {
      if keys.contains(entry.key.text ?? "") {
        hide(entry.value, in: file)
      } else {
        hide(under: keys, in: entry.value, of: file)
      }
    }
  }

  // MARK: - Showing

  /// The words about that line of a file, without the values in it and without long numbers.
  package func concealed(_ words: String, _ line: Int, of file: String) -> String {
    guard let values = texts[file]?[line] else { return LongNumbers.masked(words) }
    guard values.count <= Self.mostSought else { return LongNumbers.masked(Self.withoutQuotations(words)) }
    // Messages repeat the beginning of long values.
    let sought = values.flatMap { [$0, String($0.prefix(40))] }
    return LongNumbers.masked(Text(words, concealing: Concealment(sought)).rendered(in: .english, .masked))
  }

  /// The most values to search for in a message; with more of them, nothing is repeated.
  private static let mostSought = 64

  private static func withoutQuotations(_ words: String) -> String {
    var shown = ""
    var isHidden = false
    for character in words {
      if "”»".contains(character) { isHidden = false }
      if !isHidden { shown.append(character) }
      if !isHidden, "“«".contains(character) {
        isHidden = true
        shown += Personal.concealment
      }
    }
    return shown
  }

  /// The line of a file with letters and digits hidden where they are personal, each by one sign.
  package func concealed(_ line: [Unicode.Scalar], _ number: Int, of file: String) -> [Unicode.Scalar] {
    var shown = line
    var ranges = (columns[file]?[number] ?? [:]).map { $0.key..<$0.value }
    if partialFiles.contains(file) { ranges += valuesAsWritten(in: line) }
    for range in ranges {
      for index in max(0, range.lowerBound - 1)..<max(0, min(line.count, range.upperBound - 1))
      where line[index].properties.isAlphabetic || line[index].properties.numericType != nil {
        shown[index] = LongNumbers.sign
      }
    }
    for range in LongNumbers.ranges(in: line) {
      for index in range where line[index].properties.numericType != nil { shown[index] = LongNumbers.sign }
    }
    return shown
  }

  /// The columns after such a key, for lines whose structure is unknown.
  private func valuesAsWritten(in line: [Unicode.Scalar]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    for key in keys {
      let name = Array(key.unicodeScalars)
      for start in line.indices where line[start...].starts(with: name) {
        let rest = line[(start + name.count)...]
        guard let colon = rest.first(where: { !" \t\"'".unicodeScalars.contains($0) }), colon == ":",
          let place = rest.firstIndex(of: ":")
        else { continue }
        // Hides up to the end of the line, whatever else is in it.
        found.append((place + 2)..<(line.count + 2))
        break
      }
    }
    return found
  }
}

/// Numbers long enough to identify a person or a card.
enum LongNumbers {
  /// The sign that replaces a digit.
  static let sign: Unicode.Scalar = "•"
  /// The fewest digits to hide: those of a billing identifier without its key.
  private static let fewest = 8
  /// The most signs between two digits of one number.
  private static let gap = 3

  /// The text with the digits of long numbers hidden, except in paths.
  static func masked(_ words: String) -> String {
    var scalars = Array(words.unicodeScalars)
    for range in ranges(in: scalars) where !isInPath(range, of: scalars) {
      for index in range where isDigit(scalars[index]) { scalars[index] = sign }
    }
    return String(String.UnicodeScalarView(scalars))
  }

  /// The ranges of long numbers: digits with the signs that group them, except dates.
  static func ranges(in scalars: [Unicode.Scalar]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    while start < scalars.count {
      guard isDigit(scalars[start]) else {
        start += 1
        continue
      }
      if let end = endOfDate(in: scalars, from: start) {
        start = end
        continue
      }
      var (end, count, next) = (start + 1, 1, start + 1)
      while next < scalars.count, next - end <= gap {
        if isDigit(scalars[next]) {
          // A date after a number is not part of it.
          if next > end, endOfDate(in: scalars, from: next) != nil { break }
          count += 1
          end = next + 1
        } else if !groupsDigits(scalars[next]) {
          break
        }
        next += 1
      }
      if count >= fewest { ranges.append(start..<end) }
      start = end
    }
    return ranges
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    ("0"..."9").contains(scalar) || (scalar.value >= 0x80 && scalar.properties.numericType == .decimal)
  }

  /// Whether the character may separate the digits of a number, visibly or not.
  private static func groupsDigits(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case " ", ".", "-", "_", "/", "'", "\u{A0}", "\u{202F}", "\u{2009}": return true
    default:
      guard scalar.value >= 0x80 else { return false }
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .spacingMark: return true
      default: return scalar.isUnseen
      }
    }
  }

  /// The end of a date that begins there, such as `2026-03-15` or `15/03/2026`; `nil` if none does.
  private static func endOfDate(in scalars: [Unicode.Scalar], from start: Int) -> Int? {
    guard start == 0 || !isDigit(scalars[start - 1]) else { return nil }
    var numbers: [(value: Int, digits: Int)] = []
    var separator: Unicode.Scalar?
    var place = start
    while numbers.count < 3 {
      var (value, digits) = (0, 0)
      while place < scalars.count, digits < 5, ("0"..."9").contains(scalars[place]) {
        value = value * 10 + Int(scalars[place].value - 0x30)
        digits += 1
        place += 1
      }
      guard digits > 0 else { return nil }
      numbers.append((value, digits))
      guard numbers.count < 3 else { break }
      guard place < scalars.count, "-/.".unicodeScalars.contains(scalars[place]),
        separator == nil || separator == scalars[place]
      else { return nil }
      separator = scalars[place]
      place += 1
    }
    // If more digits follow, it is a longer number.
    if place < scalars.count, isDigit(scalars[place]) || scalars[place] == separator { return nil }
    let (year, month, day) =
      numbers[0].digits == 4
      ? (numbers[0], numbers[1], numbers[2]) : (numbers[2], numbers[1], numbers[0])
    guard year.digits == 4, (1900...2199).contains(year.value), month.digits <= 2, day.digits <= 2,
      month.value <= 39, day.value <= 39
    else { return nil }
    return place
  }

  /// Whether the number is part of the name of a file.
  private static func isInPath(_ range: Range<Int>, of scalars: [Unicode.Scalar]) -> Bool {
    let isBlank: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace }
    let start = scalars[..<range.lowerBound].lastIndex(where: isBlank).map { $0 + 1 } ?? 0
    let end = scalars[range.upperBound...].firstIndex(where: isBlank) ?? scalars.count
    let token = scalars[start..<end]
    return token.contains("/") && token.contains { $0.properties.isAlphabetic }
  }
}
