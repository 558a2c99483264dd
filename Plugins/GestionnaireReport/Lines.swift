/// A word or sign of a line.
struct Token: Sendable {
  /// The word, folded (``Folding``), or the sign itself.
  let text: String
  let isWord: Bool
  /// The range in the line's content.
  let range: Range<Int>

  /// Whether it is a word made of digits alone.
  var isNumber: Bool { isWord && text.unicodeScalars.allSatisfy(Scalars.isDigit) }
}

/// A line of the text with words, without what mail programs and Markdown put before them.
struct Line: Sendable {
  /// The number of the line in the text, from 1.
  let number: Int
  /// The text with accents and emphasis, but with plain spaces and without invisible characters.
  let content: [Unicode.Scalar]
  /// The words and signs. Quotes, emphasis and hyphens inside words are neither.
  let tokens: [Token]
  /// Whether the line is a list item, with a bullet or a number.
  let isItem: Bool
  /// Whether the line begins with `***`, as the report's titles do.
  let hasStars: Bool
  /// Whether signs before the words may hide another word: « - ●●● autorisé à signer les lots ».
  let mayHideWord: Bool
  /// Whether a line without words comes between this line and the one before.
  let followsBlank: Bool
  /// Whether a line of signs alone, such as a rule, comes between this line and the one before.
  var followsRule = false
  /// The role of the line in a report.
  var role: LineRole = .other

  /// Reads a line. Returns `nil` if it has no word or sign, such as a rule or a lone bullet.
  init?(_ scalars: ArraySlice<Unicode.Scalar>, number: Int, followsBlank: Bool) {
    var visible: [Unicode.Scalar] = []
    visible.reserveCapacity(scalars.count)
    // Markdown may write stars as `\*\*\*`.
    for scalar in Scalars.withoutBorders(scalars) where !Scalars.isInvisible(scalar) && scalar != "\\" {
      visible.append(Scalars.isBlank(scalar) ? " " : scalar)
    }
    let lead = Lead(of: visible)
    self.init(
      content: lead.end == 0 ? visible : Array(visible[lead.end...]), number: number, isItem: lead.isItem,
      hasStars: lead.hasStars, mayHideWord: lead.mayHideWord, followsBlank: followsBlank)
    // An item of signs alone is something that was blacked out, and no rule.
    guard tokens.contains(where: { !Self.isOfRule($0) }) || isItem && !tokens.isEmpty, !isMarkup else {
      return nil
    }
  }

  private init(
    content: [Unicode.Scalar], number: Int, isItem: Bool, hasStars: Bool, mayHideWord: Bool,
    followsBlank: Bool
  ) {
    self.content = content
    self.tokens = Tokens.of(content)
    self.number = number
    self.isItem = isItem
    self.hasStars = hasStars
    self.mayHideWord = mayHideWord
    self.followsBlank = followsBlank
  }

  /// This line joined with the next one, as a mail program may have wrapped it.
  func joined(with next: Line) -> Line {
    Line(
      content: content + [" "] + next.content, number: number, isItem: isItem, hasStars: hasStars,
      mayHideWord: mayHideWord || next.mayHideWord, followsBlank: followsBlank)
  }

  /// This line, or its two parts where « IDENTIFICATION DE LA CARTE » and what stands below it came onto one line, as they do where
  /// they are copied from a PDF.
  var partedAtCardTitle: [Line] {
    let title = ["identification", "de", "la", "carte"]
    guard tokens.count > 6, tokens.prefix(4).map(\.text) == title else { return [self] }
    let place = tokens[4].text == ":" ? 5 : 4
    guard tokens[place].text == "carte" else { return [self] }
    let (start, end) = (tokens[place].range.lowerBound, tokens[3].range.upperBound)
    var first = Line(
      content: Array(content[..<end]), number: number, isItem: isItem, hasStars: hasStars,
      mayHideWord: mayHideWord,
      followsBlank: followsBlank)
    first.followsRule = followsRule
    let second = Line(
      content: Array(content[start...]), number: number, isItem: false, hasStars: false, mayHideWord: false,
      followsBlank: false)
    return [first, second]
  }

  /// The words and signs as texts.
  var words: [String] { tokens.map(\.text) }

  /// Whether the line is only the beginning or end of a passage, as tickets and web pages write it: `{noformat}`, `</pre>`.
  private var isMarkup: Bool {
    guard content.count <= 16, let last = content.last(where: { $0 != " " }), ["}", "]", ">"].contains(last)
    else {
      return false
    }
    return Self.markup.contains(String(String.UnicodeScalarView(content.filter { $0 != " " })).lowercased())
  }

  private static let markup: Set<String> = Set(
    ["code", "noformat", "quote"].map { "{\($0)}" }
      + ["code", "quote"].flatMap { ["[\($0)]", "[/\($0)]"] }
      + ["pre", "code", "blockquote", "p", "div", "body", "html"].flatMap { ["<\($0)>", "</\($0)>"] }
      + ["<br>", "<br/>"])

  /// Whether the token is a sign used to draw rules and borders.
  private static func isOfRule(_ token: Token) -> Bool {
    !token.isWord
      && (["-", "–", "—", "=", "|", "+", "#", ">", "~"].contains(token.text)
        || token.text.unicodeScalars.allSatisfy(Scalars.isBorder))
  }
}

extension Line {
  /// The lines of a text that have words. Lines end with CR LF, LF, CR or Unicode's own separators.
  static func lines(of scalars: [Unicode.Scalar]) -> [Line] {
    var lines: [Line] = []
    var number = 1
    var start = 0
    var followsBlank = false
    var followsRule = false
    func close(at end: Int) {
      if start < end, var line = Line(scalars[start..<end], number: number, followsBlank: followsBlank) {
        line.followsRule = followsRule
        lines += line.partedAtCardTitle
        followsBlank = false
        followsRule = false
      } else {
        followsBlank = true
        followsRule =
          followsRule || scalars[start..<end].contains { !Scalars.isBlank($0) && !Scalars.isInvisible($0) }
      }
    }
    for (index, scalar) in scalars.enumerated() where Scalars.isLineBreak(scalar) {
      if scalar == "\n", index > 0, index == start, scalars[index - 1] == "\r" {
        start = index + 1
        continue
      }
      close(at: index)
      start = index + 1
      // Editors do not count a new line after form feeds and vertical tabs.
      if scalar != "\u{B}", scalar != "\u{C}" { number += 1 }
    }
    close(at: scalars.count)
    return lines
  }
}
