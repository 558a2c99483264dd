/// Words of a rule file in which `{name}` stands for a value; docs/rule-file.md, “Variables”.
package struct Template: Sendable, Hashable {
  /// A place in which a variable is named.
  package struct Mention: Sendable, Hashable {
    /// The name, without blanks around it.
    package let name: String
    /// What stands there, with its braces.
    package let written: String
    /// Where it begins, in Unicode scalars.
    package let offset: Int

    /// Whether it is written as variables are; anything else stays as it is.
    package var isExact: Bool { written == "{\(name)}" }
  }

  private enum Part: Sendable, Hashable {
    case words(String)
    case mention(Mention)
  }

  /// The words as they are written.
  package let written: String
  private let parts: [Part]

  package init(_ words: String) {
    written = words
    var parts: [Part] = []
    var rest = words[...]
    var offset = 0
    while let open = rest.firstIndex(of: "{") {
      let before = rest[..<open]
      let inside = rest[rest.index(after: open)...].prefix { !"{}".contains($0) && !$0.isNewline }
      offset += before.unicodeScalars.count
      let isClosed = rest[inside.endIndex...].first == "}"
      // Without its closing brace, it is the first word that was meant.
      let named = isClosed ? Self.trimmed(inside) : inside.prefix { Self.isOfName($0) }
      guard !named.isEmpty, named.count <= 64, named.allSatisfy({ Self.isOfName($0) }) else {
        parts.append(.words(String(rest[..<inside.endIndex])))
        offset += 1 + inside.unicodeScalars.count
        rest = rest[inside.endIndex...]
        continue
      }
      let end = isClosed ? rest.index(after: inside.endIndex) : named.endIndex
      let written = String(rest[open..<end])
      if !before.isEmpty { parts.append(.words(String(before))) }
      parts.append(.mention(Mention(name: String(named), written: written, offset: offset)))
      offset += written.unicodeScalars.count
      rest = rest[end...]
    }
    if !rest.isEmpty { parts.append(.words(String(rest))) }
    self.parts = parts
  }

  private static func isOfName(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "_-.".contains(character)
  }

  private static func trimmed(_ words: Substring) -> Substring {
    let start = words.drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return start }
    return start[...last]
  }

  /// The variables that it names, in order.
  package var mentions: [Mention] {
    parts.compactMap { if case .mention(let mention) = $0 { mention } else { nil } }
  }

  /// The words, with the values that are known in the place of their names; any other name stays as it is written.
  package func filled(_ value: (String) -> Text?) -> Text {
    guard parts.contains(where: { if case .mention = $0 { true } else { false } }) else {
      return Text(written)
    }
    return parts.reduce("") { text, part in
      switch part {
      case .words(let words): "\(text)\(words)"
      case .mention(let mention):
        if mention.isExact, let value = value(mention.name) {
          "\(text)\(value)"
        } else {
          "\(text)\(mention.written)"
        }
      }
    }
  }
}

/// A ``Template`` in each language of the program.
package struct LocalizedTemplate: Sendable, Hashable {
  package let french: Template
  package let english: Template

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

  /// The words, with the values that are known.
  package func filled(_ value: (String) -> LocalizedText?) -> LocalizedText {
    LocalizedText(fr: french.filled { value($0)?.french }, en: english.filled { value($0)?.english })
  }
}
