/// Classes of characters in a report that has passed through editors, mail programs and word processors.
enum Scalars {
  /// Whether the character is a space inside a line, including tabs, no-break and typographic spaces.
  static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20, 0x09, 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  /// Whether the character ends a line; word processors write U+000B for a line break inside a paragraph.
  static func isLineBreak(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  /// Whether the character is invisible: zero-width characters, soft hyphens, direction marks, a BOM inside the text.
  static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xAD, 0x34F, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFE00...0xFE0F, 0xFEFF: true
    default: false
    }
  }

  /// Whether the character is a quotation mark or an apostrophe, of any kind.
  static func isQuote(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\"", "'", "`", "´", "«", "»", "‘", "’", "‚", "‛", "“", "”", "„", "‟", "‹", "›", "′", "″": true
    default: false
    }
  }

  /// Whether the character is a sign of Markdown emphasis, or of a mask (`***26*****`).
  static func isEmphasis(_ scalar: Unicode.Scalar) -> Bool { scalar == "*" || scalar == "_" }

  /// Whether the character is a hyphen that may join two words.
  static func isHyphen(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "-" || scalar == "\u{2010}" || scalar == "\u{2011}"
  }

  /// Whether the character begins a list item even without a space after it.
  ///
  /// Boxes, crosses and ticks do not count: they say something about the item. Word processors write U+F0A7 and U+F0B7
  /// for the bullets of symbol fonts.
  static func isBullet(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "-", "\u{2010}", "\u{2011}", "‒", "–", "—", "―", "•", "·", "∙", "‣", "⁃", "◦", "▪", "●", "⦁", "►",
      "▸",
      "➢", "➤", "\u{F0A7}", "\u{F0B7}":
      true
    default: false
    }
  }

  /// Whether the character is a digit from 0 to 9.
  static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  /// Whether the character is a letter or digit of a word.
  static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case 0..<0x80: false
    // Unicode counts the ordinal signs of « nº » as letters.
    case 0xAA, 0xBA: false
    default: scalar.properties.isAlphabetic
    }
  }

  /// Whether the character draws the frames of text windows: Unicode's box drawing and block elements.
  static func isBorder(_ scalar: Unicode.Scalar) -> Bool { (0x2500...0x259F).contains(scalar.value) }

  /// Whether the character is one of Unicode's block elements.
  private static func isBlock(_ scalar: Unicode.Scalar) -> Bool { (0x2580...0x259F).contains(scalar.value) }

  /// Removes the frame of a line that was copied from a text window: `│ … │`, or `| … |`.
  ///
  /// A bar or block at the end of a line alone is kept: it may be someone's mark, or what a number was blacked out with.
  static func withoutBorders(_ line: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
    let isOutside: (Unicode.Scalar) -> Bool = { isBorder($0) || isBlank($0) || isInvisible($0) }
    let start = line.firstIndex { !isOutside($0) } ?? line.endIndex
    // Indentation is kept if there is no frame.
    // Blocks on the left alone are no frame: they may black out a word.
    let isFramed =
      line[..<start].contains(where: isBorder)
      && (!line[..<start].contains(where: isBlock)
        || line.last { !isBlank($0) && !isInvisible($0) }.map(isBorder) == true)
    let inner = isFramed ? withoutRightBorder(line[start...]) : line
    guard let first = inner.first(where: { !isBlank($0) }), first == "|",
      let last = inner.lastIndex(where: { !isBlank($0) && !isInvisible($0) }), inner[last] == "|",
      let opening = inner.firstIndex(of: "|"), opening < last
    else { return inner }
    return inner[(opening + 1)..<last]
  }

  /// Removes the right side of a frame, and no more: what is blacked out stands before it.
  private static func withoutRightBorder(_ line: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
    var line = line
    func drop(while isDropped: (Unicode.Scalar) -> Bool) {
      while let last = line.last, isDropped(last) { line.removeLast() }
    }
    drop { isBlank($0) || isInvisible($0) }
    drop(while: isBorder)
    drop { isBlank($0) || isInvisible($0) }
    return line
  }
}
