/// Text of a rule file in which `{name}` stands for a value; docs/rule-file.md, “Variables”.
package struct Template: Sendable, Hashable {
  /// A place that names a variable.
  package struct Mention: Sendable, Hashable {
    /// The name of the variable, without surrounding spaces.
    package let name: String
    /// The text of the mention, with its braces.
    package let written: String
    /// The start of the mention, in Unicode scalars from the start of the text.
    package let offset: Int

    /// Whether the mention has the exact form `{name}`. Any other form is not replaced.
    package var isExact: Bool { written == "{\(name)}" }
  }

  private enum Part: Sendable, Hashable {
    case words(String)
    case mention(Mention)
  }

  /// The text as the rule file has it.
  package let written: String
  private let parts: [Part]

  /// Parses the text for variables.
  package init(_ words: String) {
    written = words
    // By bytes: looking at characters would take a third of a whole check.
    var text = words
    guard text.withUTF8({ $0.contains(UInt8(ascii: "{")) }) else {
      parts = words.isEmpty ? [] : [.words(words)]
      return
    }
    if let simple = Self.simpleParts(words) {
      parts = simple
      return
    }
    var parts: [Part] = []
    var rest = words[...]
    var offset = 0
    while let open = rest.utf8.firstIndex(of: UInt8(ascii: "{")) {
      let before = rest[..<open]
      let inside = rest[rest.utf8.index(after: open)...].prefix { !"{}".contains($0) && !$0.isNewline }
      offset += Self.scalars(of: before)
      let isClosed = rest[inside.endIndex...].first == "}"
      // If the closing brace is missing, the first word was meant.
      let named = isClosed ? Self.trimmed(inside) : inside.prefix { Self.isOfName($0) }
      guard !named.isEmpty, named.count <= 64, named.allSatisfy({ Self.isOfName($0) }) else {
        parts.append(.words(String(rest[..<inside.endIndex])))
        offset += 1 + Self.scalars(of: inside)
        rest = rest[inside.endIndex...]
        continue
      }
      let end = isClosed ? rest.index(after: inside.endIndex) : named.endIndex
      let written = String(rest[open..<end])
      if !before.isEmpty { parts.append(.words(String(before))) }
      parts.append(.mention(Mention(name: String(named), written: written, offset: offset)))
      offset += Self.scalars(of: written[...])
      rest = rest[end...]
    }
    if !rest.isEmpty { parts.append(.words(String(rest))) }
    self.parts = parts
  }

  /// Returns the parts of a text in which every brace belongs to a `{name}` of ASCII letters and digits, as in nearly all texts.
  /// Nil for any other, which is read by characters: a mark may stand on a brace, and a name may have accents.
  private static func simpleParts(_ text: String) -> [Part]? {
    var text = text
    let braces: [(open: Int, close: Int, offset: Int)]? = text.withUTF8 { bytes in
      var braces: [(Int, Int, Int)] = []
      var start = 0
      var offset = 0
      while let open = bytes[start...].firstIndex(of: UInt8(ascii: "{")) {
        var close = open + 1
        while close < bytes.count, isOfPlainName(bytes[close]) { close += 1 }
        guard close < bytes.count, bytes[close] == UInt8(ascii: "}"), (1...64).contains(close - open - 1),
          close + 1 == bytes.count || startsCharacter(bytes[close + 1])
        else { return nil }
        offset += bytes[start..<open].count { $0 & 0xC0 != 0x80 }
        braces.append((open, close, offset))
        offset += close + 1 - open
        start = close + 1
      }
      return braces
    }
    guard let braces else { return nil }
    func words(_ range: Range<Int>) -> String {
      let start = text.utf8.index(text.startIndex, offsetBy: range.lowerBound)
      return String(text[start..<text.utf8.index(start, offsetBy: range.count)])
    }
    var parts: [Part] = []
    parts.reserveCapacity(2 * braces.count + 1)
    var start = 0
    for (open, close, offset) in braces {
      if start < open { parts.append(.words(words(start..<open))) }
      parts.append(
        .mention(
          Mention(name: words(open + 1..<close), written: words(open..<close + 1), offset: offset)))
      start = close + 1
    }
    if start < text.utf8.count { parts.append(.words(words(start..<text.utf8.count))) }
    return parts
  }

  /// Whether a character begins with the byte, and is not a mark on the one before: ASCII and Latin-1 have no
  /// such marks.
  private static func startsCharacter(_ byte: UInt8) -> Bool { byte < 0x80 || byte == 0xC2 || byte == 0xC3 }

  private static func isOfPlainName(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
    default: false
    }
  }

  /// Returns the number of Unicode scalars: of the bytes that begin one.
  private static func scalars(of words: Substring) -> Int { words.utf8.count { $0 & 0xC0 != 0x80 } }

  private static func isOfName(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "_-.".contains(character)
  }

  private static func trimmed(_ words: Substring) -> Substring {
    let start = words.drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return start }
    return start[...last]
  }

  /// The variables that the text names, in order.
  package var mentions: [Mention] {
    parts.compactMap { if case .mention(let mention) = $0 { mention } else { nil } }
  }

  /// Returns whether all variables that the text names satisfy the condition.
  package func allMentions(_ condition: (Mention) -> Bool) -> Bool {
    parts.allSatisfy { if case .mention(let mention) = $0 { condition(mention) } else { true } }
  }

  /// Returns the text with the known values in place of their names. Names without a value are left unchanged.
  ///
  /// - Parameter value: returns the value of a name, or nil if it has none.
  package func filled(_ value: (String) -> Text?) -> Text {
    guard parts.contains(where: { if case .mention = $0 { true } else { false } }) else {
      return Text(written)
    }
    return Text(
      joining: parts.map { part in
        switch part {
        case .words(let words): Text(words)
        case .mention(let mention):
          (mention.isExact ? value(mention.name) : nil) ?? Text(mention.written)
        }
      })
  }
}

/// A ``Template`` in each language of the program.
package struct LocalizedTemplate: Sendable, Hashable {
  /// The French text.
  package let french: Template
  /// The English text.
  package let english: Template

  /// Parses both texts for variables.
  package init(fr french: String, en english: String) {
    self.french = Template(french)
    self.english = Template(english)
  }

  /// The template in that language.
  package subscript(language: Language) -> Template {
    switch language {
    case .french: french
    case .english: english
    }
  }

  /// Returns the text with the known values in place of their names, in both languages.
  package func filled(_ value: (String) -> LocalizedText?) -> LocalizedText {
    LocalizedText(fr: french.filled { value($0)?.french }, en: english.filled { value($0)?.english })
  }
}
