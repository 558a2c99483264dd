import Preflight

/// Splits a line into words and signs.
enum Tokens {
  /// The words and signs of a line.
  ///
  /// Spaces, quotation marks, apostrophes, emphasis and hyphens inside words separate words and are not signs
  /// themselves. Every other character is a sign, so that nothing that could change the meaning is overlooked:
  /// `~~struck~~`, a cross, a question mark.
  static func of(_ content: [Unicode.Scalar]) -> [Token] {
    var tokens: [Token] = []
    var index = 0
    while index < content.count {
      let scalar = content[index]
      let start = index
      if Scalars.isOfWord(scalar) {
        while index < content.count, Scalars.isOfWord(content[index]) || Folding.isAccent(content[index]) {
          index += 1
        }
        tokens.append(
          Token(text: Folding.folded(content[start..<index]), isWord: true, range: start..<index))
        continue
      }
      index += 1
      if scalar == " " || Scalars.isQuote(scalar) || Scalars.isEmphasis(scalar) { continue }
      if Scalars.isHyphen(scalar), joinsWords(content, at: start) { continue }
      tokens.append(Token(text: String(scalar), isWord: false, range: start..<index))
    }
    return tokens
  }

  private static func joinsWords(_ content: [Unicode.Scalar], at index: Int) -> Bool {
    guard index > 0, index + 1 < content.count else { return false }
    let before = content[index - 1]
    return (Scalars.isOfWord(before) || Folding.isAccent(before)) && Scalars.isOfWord(content[index + 1])
  }
}
