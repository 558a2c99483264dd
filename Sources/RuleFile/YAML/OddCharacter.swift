import Preflight

/// A character that looks like a blank, like the end of a line or like nothing, and is something else to YAML.
package struct OddCharacter {
  /// What it is taken for.
  package enum Kind {
    /// YAML ends the line at it, but most editors do not.
    case lineEnd
    /// Most editors show it as a space, but YAML reads it as a letter.
    case blank
    /// It is invisible.
    case unseen
  }

  package let kind: Kind
  private let scalar: Unicode.Scalar

  /// The character, where it is one of those.
  package init?(_ scalar: Unicode.Scalar) {
    guard !scalar.isASCII else { return nil }
    if ["\u{85}", "\u{2028}", "\u{2029}"].contains(scalar) {
      kind = .lineEnd
    } else if scalar.properties.generalCategory == .spaceSeparator {
      kind = .blank
    } else if scalar.isUnseen {
      kind = .unseen
    } else {
      return nil
    }
    self.scalar = scalar
  }

  private init(_ kind: Kind, _ scalar: Unicode.Scalar) {
    self.kind = kind
    self.scalar = scalar
  }

  /// The line end, where it is one of those. A carriage return alone is, in a file whose lines end otherwise.
  init?(lineEnd: String) {
    guard let scalar = lineEnd.unicodeScalars.first else { return nil }
    if lineEnd == "\r" { self.init(.lineEnd, scalar) } else { self.init(scalar) }
  }

  /// « U+00A0 (espace insécable) »
  var name: LocalizedText {
    let code = Self.code(scalar)
    let (french, english) = Self.words(scalar)
    return LocalizedText(fr: "\(code) (\(french))", en: "\(code) (\(english))")
  }

  /// The code point in Unicode notation: `U+00A0`.
  static func code(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private static func words(_ scalar: Unicode.Scalar) -> (french: Text, english: Text) {
    switch scalar.value {
    case 0x0D: ("retour chariot", "carriage return")
    case 0x85: ("fin de ligne NEL", "next line, NEL")
    case 0xA0: ("espace insécable", "no-break space")
    case 0xAD: ("trait d'union invisible", "soft hyphen")
    case 0x2007: ("espace tabulaire insécable", "figure space")
    case 0x200B: ("espace de largeur nulle", "zero-width space")
    case 0x200C, 0x200D: ("liant ou antiliant sans largeur", "zero-width joiner or non-joiner")
    case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0x61C:
      ("marque de sens d'écriture", "mark of direction")
    case 0x2028: ("séparateur de lignes", "line separator")
    case 0x2029: ("séparateur de paragraphes", "paragraph separator")
    case 0x202F: ("espace fine insécable", "narrow no-break space")
    case 0x2060: ("gluon de mots", "word joiner")
    case 0x3000: ("espace idéographique", "ideographic space")
    case 0xFEFF: ("marque d'ordre des octets", "byte order mark")
    default:
      scalar.properties.generalCategory == .spaceSeparator
        ? ("espace typographique", "typographic space") : ("caractère invisible", "invisible character")
    }
  }
}

/// An odd character, with its place.
private struct PlacedOddCharacter {
  let character: OddCharacter
  let place: Place

  /// « colonne 14 : U+00A0 (espace insécable) »
  func words(from line: Int) -> LocalizedText {
    let french: Text = line == place.line ? "" : "ligne \(place.line), "
    let english: Text = line == place.line ? "" : "line \(place.line), "
    return LocalizedText(
      fr: "\(french)colonne \(place.column) : \(character.name.french)",
      en: "\(english)column \(place.column): \(character.name.english)")
  }
}

extension SourceLines {
  /// The character that ends the line with that index, from 0, if it is not a usual line end.
  func oddEnd(_ index: Int) -> OddCharacter? {
    guard ranges.indices.contains(index), ranges.indices.contains(index + 1) else { return nil }
    let end = String(decoding: bytes[ranges[index].upperBound..<ranges[index + 1].lowerBound], as: UTF8.self)
    return end == "\r" && !hasLineFeed ? nil : OddCharacter(lineEnd: end)
  }

  /// Whether the line with that index may have a comment: a `#` at its beginning, or behind a blank.
  fileprivate func hasComment(_ index: Int) -> Bool {
    var before = UInt8(ascii: " ")
    for byte in bytes[ranges[index]] {
      if byte == UInt8(ascii: "#"), before == UInt8(ascii: " ") || before == UInt8(ascii: "\t") {
        return true
      }
      before = byte
    }
    return false
  }

  /// Whether the line with that index has anything but blanks and a comment.
  fileprivate func hasContent(_ index: Int) -> Bool {
    let first = bytes[ranges[index]].first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
    return first != nil && first != UInt8(ascii: "#")
  }

  /// Whether any line has a usual line end.
  var hasUsualEnds: Bool { hasLineFeed || bytes.contains(0x0D) }
}

/// Finds unintended line ends near a finding.
enum OddLineEnds {
  /// How many lines above the place where reading stopped are searched.
  static let reach = 8

  /// The findings for line ends that may have caused these errors. In a readable text they are not reported.
  static func findings(explaining errors: [Finding], in files: [ReadFile]) -> [Finding] {
    var found: [Finding] = []
    for (file, lines) in OddCharacters.lines(of: files, concerning: errors) where lines.hasUsualEnds {
      var indices: Set<Int> = []
      for error in errors where error.span.file == file && error.id.isAboutOneWord {
        let line = error.span.start.line - 1
        // The end of the line before, and of the line itself.
        indices.formUnion((line - (error.id == .syntax ? reach : 1))...line)
      }
      for index in indices.sorted() {
        if let end = lines.oddEnd(index) { found.append(finding(end, endingLine: index, lines, file)) }
      }
    }
    return found
  }

  /// The findings for line ends that end a comment, so that what stands behind them counts, although an editor shows it as part of
  /// the comment.
  static func endingComments(in text: [UInt8], file: Int) -> [Finding] {
    let lines = SourceLines(text)
    guard lines.hasUsualEnds else { return [] }
    var found: [Finding] = []
    // Whether a comment began on the line that an editor shows.
    var isInComment = false
    for index in lines.ranges.indices where found.count < EncodingFindings.limit {
      isInComment = isInComment || lines.hasComment(index)
      guard let end = lines.oddEnd(index) else {
        isInComment = false
        continue
      }
      if isInComment, lines.hasContent(index + 1) {
        found.append(finding(end, endingLine: index, lines, file))
      }
    }
    return found
  }

  private static func finding(
    _ end: OddCharacter, endingLine index: Int, _ lines: SourceLines, _ file: Int
  ) -> Finding {
    let place = Place(line: index + 1, column: lines.text(index).unicodeScalars.count + 1)
    return Finding(
      id: .syntax, span: Span(at: place, file: file),
      message: LocalizedText(
        fr: "\(end.name.french) : YAML termine la ligne ici, ce qu'un éditeur ne montre guère",
        en: "\(end.name.english): YAML ends the line here, which few editors show"),
      proposal: Proposal(
        LocalizedText(
          fr: "le remplacer par une espace, ou par une fin de ligne ordinaire",
          en: "replace it with a space, or with an ordinary end of line")))
  }
}

/// Finds false spaces and invisible characters at the places of findings.
enum OddCharacters {
  /// The most characters to name at one place.
  private static let limit = 3

  /// The findings, each with the names of the odd characters that it involves.
  static func named(in findings: [Finding], of files: [ReadFile]) -> [Finding] {
    let texts = lines(of: files, concerning: findings)
    return findings.map { finding in
      guard finding.severity == .error, let lines = texts[finding.span.file] else { return finding }
      let found = finding.id == .syntax ? causes(of: finding, in: lines) : contents(of: finding, in: lines)
      guard !found.isEmpty else { return finding }
      // One of each kind is enough.
      var seen: Set<LocalizedText> = []
      let firsts = found.filter { seen.insert($0.character.name).inserted }
      let message = firsts.prefix(limit).map { $0.words(from: finding.span.start.line) }
        .reduce(finding.message) {
          LocalizedText(fr: "\($0.french) ; \($1.french)", en: "\($0.english); \($1.english)")
        }
      return Finding(
        id: finding.id, severity: finding.severity, span: finding.span, message: message,
        proposal: finding.proposal, began: finding.began)
    }
  }

  /// The lines of the files with findings that may have such a character.
  static func lines(of files: [ReadFile], concerning findings: [Finding]) -> [Int: SourceLines] {
    var lines: [Int: SourceLines] = [:]
    for file in Set(findings.map(\.span.file)) where files.indices.contains(file) {
      let bytes = YAMLDocument.withoutMark(files[file].bytes)
      if bytes.contains(where: { $0 >= 0x80 || $0 == 0x0D }) { lines[file] = SourceLines(bytes) }
    }
    return lines
  }

  /// The odd characters in the name or value that a finding is about.
  private static func contents(of finding: Finding, in lines: SourceLines) -> [PlacedOddCharacter] {
    let span = finding.span
    guard finding.id.isAboutOneWord, span.start.line == span.end.line else { return [] }
    return placed(on: span.start.line, in: lines).filter {
      (span.start.column..<max(span.end.column, span.start.column + 1)).contains($0.place.column)
    }
  }

  /// The odd characters that may have stopped the reading, in places where a space belongs.
  private static func causes(of finding: Finding, in lines: SourceLines) -> [PlacedOddCharacter] {
    let line = finding.span.start.line
    return (max(1, line - OddLineEnds.reach)...max(1, line)).reversed().flatMap { line in
      placed(on: line, in: lines, whereBlanksBelong: true)
    }
  }

  /// The odd characters on a line, by its number from 1.
  ///
  /// - Parameter whereBlanksBelong: whether to return only those at the beginning, or right after a key or a dash.
  private static func placed(
    on line: Int, in lines: SourceLines, whereBlanksBelong: Bool = false
  ) -> [PlacedOddCharacter] {
    guard lines.ranges.indices.contains(line - 1) else { return [] }
    var found: [PlacedOddCharacter] = []
    var before: Unicode.Scalar?
    for (index, scalar) in lines.text(line - 1).unicodeScalars.enumerated() {
      if let character = OddCharacter(scalar), character.kind != .lineEnd {
        if !whereBlanksBelong || before == nil || before == ":" || before == "-" {
          found.append(.init(character: character, place: Place(line: line, column: index + 1)))
        }
      } else if scalar != " " {
        before = scalar
      }
    }
    return found
  }
}

extension DiagnosticID {
  /// Whether the finding is about one name or value, and not about a whole structure.
  fileprivate var isAboutOneWord: Bool {
    switch self {
    case .badDate, .badDuration, .badID, .badLink, .badParameter, .badVariable, .badVersion, .missingValue,
      .unknownCase, .unknownCheck, .unknownKey, .unknownNeed, .unknownParameter, .unknownRule,
      .syntax, .unknownSource, .unknownValue, .unknownVariable, .wrongType:
      true
    default: false
    }
  }
}
