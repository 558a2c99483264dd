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
    package let isExact: Bool
  }

  /// Where a mention stands, in bytes. Its words are made only where somebody reads them: rules have many texts, and a run
  /// shows few.
  private struct Mark: Sendable, Hashable {
    /// The mention with its braces.
    let whole: Range<Int>
    let name: Range<Int>
    /// The start of the mention, in Unicode scalars.
    let offset: Int
    let isExact: Bool
  }

  /// The text as the rule file has it.
  package let written: String
  private let marks: [Mark]

  /// Parses the text for variables.
  package init(_ words: String) {
    written = words
    // By bytes: looking at characters would take a third of a whole check.
    var text = words
    let plain: [Mark]? = text.withUTF8 { Self.plainMarks(in: $0) }
    marks = plain ?? Self.marks(in: words)
  }

  /// Returns the mentions in a text in which what stands in braces is ASCII, as in nearly all texts. Nil for any other, which is
  /// read by characters: a mark may stand on a brace, and a name may have accents.
  private static func plainMarks(in bytes: UnsafeBufferPointer<UInt8>) -> [Mark]? {
    var marks: [Mark] = []
    var offset = 0
    var index = 0
    while true {
      let open = brace(in: bytes, from: index)
      guard open < bytes.count else { return marks }
      // Continuation bytes are of the scalar before.
      for place in index..<open where bytes[place] & 0xC0 != 0x80 { offset += 1 }
      index = open + 1
      while index < bytes.count, isOfLine(bytes[index]) { index += 1 }
      guard index < bytes.count, bytes[index] == UInt8(ascii: "}"),
        index + 1 == bytes.count || startsCharacter(bytes, index + 1)
      else { return nil }
      var name = open + 1..<index
      while let first = name.first, isSpace(bytes[first]) { name = first + 1..<name.upperBound }
      while let last = name.last, isSpace(bytes[last]) { name = name.lowerBound..<last }
      index += 1
      if (1...64).contains(name.count), name.allSatisfy({ isOfPlainName(bytes[$0]) }) {
        marks.append(
          Mark(
            whole: open..<index, name: name, offset: offset, isExact: name.count == index - open - 2))
      }
      offset += index - open
    }
  }

  /// Returns the place of the next `{`, or the end. Eight bytes at a time, as few texts have any.
  private static func brace(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start
    let raw = UnsafeRawBufferPointer(bytes)
    while index + 8 <= bytes.count {
      let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) ^ 0x7B7B_7B7B_7B7B_7B7B
      // A byte that matched is zero now, so that subtracting 1 borrows.
      if (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0 { break }
      index += 8
    }
    while index < bytes.count, bytes[index] != UInt8(ascii: "{") { index += 1 }
    return index
  }

  /// Returns the mentions in any text.
  private static func marks(in words: String) -> [Mark] {
    var marks: [Mark] = []
    var rest = words[...]
    var offset = 0
    while let open = rest.utf8.firstIndex(of: UInt8(ascii: "{")) {
      let inside = rest[rest.utf8.index(after: open)...].prefix { !"{}".contains($0) && !$0.isNewline }
      offset += scalars(of: rest[..<open])
      let isClosed = rest[inside.endIndex...].first == "}"
      // If the closing brace is missing, the first word was meant.
      let name = isClosed ? trimmed(inside) : inside.prefix { isOfName($0) }
      guard !name.isEmpty, name.count <= 64, name.allSatisfy({ isOfName($0) }) else {
        offset += 1 + scalars(of: inside)
        rest = rest[inside.endIndex...]
        continue
      }
      let end = isClosed ? rest.index(after: inside.endIndex) : name.endIndex
      let whole = rest[open..<end]
      marks.append(
        Mark(
          whole: bytes(of: whole, in: words), name: bytes(of: name, in: words), offset: offset,
          isExact: whole == "{\(name)}"))
      offset += scalars(of: whole)
      rest = rest[end...]
    }
    return marks
  }

  /// Whether a character begins there, and is no mark on the one before: in ASCII and in Latin-1 nothing is, nor among dashes,
  /// quotes and the ellipsis (U+2010 to U+2027).
  private static func startsCharacter(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
    switch bytes[index] {
    case 0..<0x80, 0xC2, 0xC3: true
    case 0xE2:
      index + 2 < bytes.count && bytes[index + 1] == 0x80 && (0x90...0xA7).contains(bytes[index + 2])
    default: false
    }
  }

  /// Whether the byte is a character of ASCII that neither ends a line nor is a brace.
  private static func isOfLine(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x0A...0x0D, 0x80..., UInt8(ascii: "{"), UInt8(ascii: "}"): false
    default: true
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private static func isOfPlainName(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
    default: false
    }
  }

  /// Returns the number of Unicode scalars: of the bytes that begin one.
  private static func scalars(of words: Substring) -> Int { words.utf8.count { $0 & 0xC0 != 0x80 } }

  private static func bytes(of part: Substring, in words: String) -> Range<Int> {
    let start = words.utf8.distance(from: words.startIndex, to: part.startIndex)
    return start..<start + part.utf8.count
  }

  private static func isOfName(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "_-.".contains(character)
  }

  private static func trimmed(_ words: Substring) -> Substring {
    let start = words.drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return start }
    return start[...last]
  }

  private func words(_ bytes: Range<Int>) -> String {
    let start = written.utf8.index(written.startIndex, offsetBy: bytes.lowerBound)
    return String(written[start..<written.utf8.index(start, offsetBy: bytes.count)])
  }

  private func mention(_ mark: Mark) -> Mention {
    Mention(
      name: words(mark.name), written: words(mark.whole), offset: mark.offset, isExact: mark.isExact)
  }

  /// The variables that the text names, in order.
  package var mentions: [Mention] { marks.map { mention($0) } }

  /// Returns whether all variables that the text names satisfy the condition.
  package func allMentions(_ condition: (Mention) -> Bool) -> Bool {
    marks.allSatisfy { condition(mention($0)) }
  }

  /// Returns the text with the known values in place of their names. Names without a value are left unchanged.
  ///
  /// - Parameter value: returns the value of a name, or nil if it has none.
  package func filled(_ value: (String) -> Text?) -> Text {
    guard !marks.isEmpty else { return Text(written) }
    var texts: [Text] = []
    var start = 0
    for mark in marks {
      if start < mark.whole.lowerBound { texts.append(Text(words(start..<mark.whole.lowerBound))) }
      texts.append(
        (mark.isExact ? value(words(mark.name)) : nil) ?? Text(words(mark.whole)))
      start = mark.whole.upperBound
    }
    if start < written.utf8.count { texts.append(Text(words(start..<written.utf8.count))) }
    return Text(joining: texts)
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
