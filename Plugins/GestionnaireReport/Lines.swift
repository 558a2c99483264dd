/// A word or a sign of a line.
struct Token: Sendable {
  /// A word folded (``Folding``), or the sign itself.
  let text: String
  let isWord: Bool
  /// Its place in the line's content.
  let range: Range<Int>

  /// Whether it is a word made of digits alone.
  var isNumber: Bool { isWord && text.unicodeScalars.allSatisfy(Scalars.isDigit) }
}

/// A line of the text that says something, without what mailers and Markdown put before it.
struct Line: Sendable {
  /// Its number in the text, from 1.
  let number: Int
  /// What is written, accents and emphasis included; spaces are plain, what nobody sees is gone.
  let content: [Unicode.Scalar]
  /// The words and signs; quotes, emphasis and hyphens inside words are neither.
  let tokens: [Token]
  /// Whether a bullet or a number made an item of it.
  let isItem: Bool
  /// Whether it begins with `***`, as the titles of the report do.
  let hasStars: Bool
  /// Whether a line without words lies between it and the one before.
  let followsBlank: Bool
  /// What it is in a report; see ``LineRole``.
  var role: LineRole = .other

  /// Reads a line; `nil` if no word or sign is in it, as in a rule or a lone bullet.
  init?(_ scalars: ArraySlice<Unicode.Scalar>, number: Int, followsBlank: Bool) {
    var visible: [Unicode.Scalar] = []
    visible.reserveCapacity(scalars.count)
    // A backslash is Markdown's way to write `\*\*\*`.
    for scalar in Scalars.withoutBorders(scalars) where !Scalars.isInvisible(scalar) && scalar != "\\" {
      visible.append(Scalars.isBlank(scalar) ? " " : scalar)
    }
    let lead = Lead(of: visible)
    self.init(
      content: lead.end == 0 ? visible : Array(visible[lead.end...]), number: number, isItem: lead.isItem,
      hasStars: lead.hasStars,
      followsBlank: followsBlank)
    guard tokens.contains(where: { !Self.isOfRule($0) }) else { return nil }
  }

  private init(
    content: [Unicode.Scalar], number: Int, isItem: Bool, hasStars: Bool, followsBlank: Bool
  ) {
    self.content = content
    self.tokens = Tokens.of(content)
    self.number = number
    self.isItem = isItem
    self.hasStars = hasStars
    self.followsBlank = followsBlank
  }

  /// This line and the next, which a mailer may have wrapped.
  func joined(with next: Line) -> Line {
    Line(
      content: content + [" "] + next.content, number: number, isItem: isItem, hasStars: hasStars,
      followsBlank: followsBlank)
  }

  /// The words and signs as texts.
  var words: [String] { tokens.map(\.text) }

  /// A sign that rules and borders are drawn with.
  private static func isOfRule(_ token: Token) -> Bool {
    !token.isWord
      && (["-", "–", "—", "=", "|", "+", "#", ">"].contains(token.text)
        || token.text.unicodeScalars.allSatisfy(Scalars.isBorder))
  }
}

extension Line {
  /// The lines of a text that say something. Ends of lines are CR LF, LF, CR and Unicode's own.
  static func lines(of scalars: [Unicode.Scalar]) -> [Line] {
    var lines: [Line] = []
    var number = 1
    var start = 0
    var followsBlank = false
    func close(at end: Int) {
      if start < end, let line = Line(scalars[start..<end], number: number, followsBlank: followsBlank) {
        lines.append(line)
        followsBlank = false
      } else {
        followsBlank = true
      }
    }
    for (index, scalar) in scalars.enumerated() where Scalars.isLineBreak(scalar) {
      if scalar == "\n", index > 0, index == start, scalars[index - 1] == "\r" {
        start = index + 1
        continue
      }
      close(at: index)
      start = index + 1
      // Form feeds and vertical tabs end no line that an editor counts.
      if scalar != "\u{B}", scalar != "\u{C}" { number += 1 }
    }
    close(at: scalars.count)
    return lines
  }
}
