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
    // Bytes, as most texts have no brace: a third of a whole check would go into looking at their characters.
    var words = words
    guard words.withUTF8({ $0.contains(UInt8(ascii: "{")) }) else {
      parts = words.isEmpty ? [] : [.words(words)]
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
