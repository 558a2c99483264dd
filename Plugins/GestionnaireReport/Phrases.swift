/// What a situation may be allowed to sign.
enum SignedThing: Sendable, Hashable {
  /// FSE: feuilles de soins électroniques, electronic care sheets.
  case fse
  /// Lots of FSE, to be sent.
  case lots
}

/// A statement of the text about one such thing, at one place.
struct Statement: Sendable {
  /// What the statement says.
  enum Reading: Sendable, Hashable {
    case granted
    case refused
    /// The words are there, but something with them is not understood.
    case doubtful
  }

  /// What the statement is about.
  let thing: SignedThing
  /// Whether it is allowed.
  var reading: Reading
  /// The number of the line in the text.
  let line: Int
}

/// The grammar of « (non) autorisé à signer les FSE (lots) » over the lines of a block.
///
/// A refusal contains the words of the permission, and lines may be wrapped anywhere. So the permission is not searched
/// for: whole lines must consist of such phrases and nothing else.
struct Phrases {
  /// The lines of a block.
  let lines: ArraySlice<Line>

  /// A token of the block.
  struct Position {
    var line: Int
    var token: Int
  }

  /// Lines that consist of phrases only.
  struct Passage {
    var statements: [Statement]
    let lastLine: Int
  }

  /// Words that turn a permission into a refusal.
  static let negations: Set<String> = [
    "non", "pas", "ni", "jamais", "aucun", "aucune", "aucunement", "sans", "plus", "nul", "nulle",
    "nullement",
    "ne", "n", "guere", "point", "not", "no", "never",
  ]
  private static let permissions: Set<String> = ["autorise", "autorisee"]
  /// « non autorisé » without its space.
  private static let gluedRefusals: Set<String> = ["nonautorise", "nonautorisee"]
  private static let separators: Set<String> = [
    ",", ";", ".", "|", "-", "–", "—", "•", "·", "▪", "●", "◦", "‣", "et",
  ]

  /// Signs that part two phrases of a line, and strike out one that they surround.
  private static let strokes: Set<String> = ["-", "–", "—", "•", "·", "▪", "●", "◦", "‣"]

  /// Whether the word begins a permission, plain or with the negation attached.
  static func opensPhrase(_ word: String) -> Bool {
    permissions.contains(word) || gluedRefusals.contains(word)
  }

  /// Whether a word of the line begins a permission.
  static func isMentioned(in line: Line) -> Bool { line.tokens.contains { opensPhrase($0.text) } }

  /// Whether the line is only « (non) autorisé à signer … » about something other than FSE and lots.
  static func isOfAnotherThing(_ line: Line) -> Bool {
    let words = line.words
    let phrase = words.first == "non" ? words[1...] : words[...]
    return phrase.count == 5 && opensPhrase(phrase[phrase.startIndex])
      && phrase.dropFirst().starts(with: ["a", "signer", "les"]) && line.tokens.last?.isWord == true
      && !line.endsInNegation
  }

  /// Reads lines from that place on. Returns `nil` if they contain anything but phrases.
  func passage(from start: Position) -> Passage? {
    var statements: [Statement] = []
    var position = start
    while true {
      guard let lead = lead(at: position, mayWrap: statements.isEmpty), let phrase = phrase(at: lead.end),
        lead.length == 0 || lead.isNegative
      else { return nil }
      let isRefused = lead.isNegative || phrase.isRefused
      statements.append(
        Statement(
          thing: phrase.thing, reading: isRefused ? .refused : .granted,
          line: lines[lead.end.line].number))
      let tokens = lines[phrase.end.line].tokens
      let next = phrase.end.token + 1
      let after = tokens[next...].firstIndex { !Self.separators.contains($0.text) } ?? tokens.endIndex
      // « autorisé à signer les lots... » trails off: something was left out.
      if tokens[next..<after].filter({ $0.text == "." }).count > 1 { return nil }
      // « -autorisé à signer les lots- » is struck out in some tickets.
      if after == tokens.endIndex, tokens[next...].contains(where: { Self.strokes.contains($0.text) }) {
        return nil
      }
      if after == tokens.endIndex { return Passage(statements: statements, lastLine: phrase.end.line) }
      // Without a sign in between, « … les FSE non autorisé … » may be two columns of a table.
      if after == next, !Self.permissions.contains(tokens[after].text) { return nil }
      position = Position(line: phrase.end.line, token: after)
    }
  }

  /// The phrases in a line that is not understood as a whole: refused if a negation comes right before, otherwise
  /// doubtful.
  func mentions(inLine line: Int) -> [Statement] {
    let tokens = lines[line].tokens
    return tokens.indices.compactMap { token in
      guard Self.opensPhrase(tokens[token].text), let phrase = phrase(at: Position(line: line, token: token))
      else { return nil }
      let before = token > 0 ? tokens[token - 1].text : wordBefore(line: line)
      let isRefused = phrase.isRefused || before.map(Self.negations.contains) == true
      return Statement(
        thing: phrase.thing, reading: isRefused ? .refused : .doubtful, line: lines[line].number)
    }
  }

  /// The last word of the line before, if this line may continue it.
  func wordBefore(line: Int) -> String? {
    guard line > lines.startIndex, !lines[line].isItem else { return nil }
    return lines[line - 1].tokens.last?.text
  }

  private func word(at position: Position) -> String { lines[position.line].tokens[position.token].text }

  /// The next token; on the next line only if that line is not an item or a label.
  private func successor(of position: Position) -> Position? {
    if position.token + 1 < lines[position.line].tokens.count {
      return Position(line: position.line, token: position.token + 1)
    }
    let next = position.line + 1
    guard next < lines.endIndex, !lines[next].isItem, lines[next].role == .other else { return nil }
    return Position(line: next, token: 0)
  }

  /// « non », « n'est pas », … before a phrase: at most four words, so that no text can make this slow.
  private func lead(at start: Position, mayWrap: Bool) -> (end: Position, length: Int, isNegative: Bool)? {
    var position = start
    var length = 0
    var isNegative = false
    while length < 4, Self.negations.contains(word(at: position)) || word(at: position) == "est" {
      isNegative = isNegative || Self.negations.contains(word(at: position))
      guard let next = successor(of: position), mayWrap || next.line == position.line else { return nil }
      position = next
      length += 1
    }
    return (position, length, isNegative)
  }

  /// « autorisé à signer les FSE », from its first word.
  private func phrase(at start: Position) -> (thing: SignedThing, isRefused: Bool, end: Position)? {
    guard Self.opensPhrase(word(at: start)) else { return nil }
    var position = start
    for expected in [["a"], ["signer"], ["les", "des"], ["fse", "lots"]] {
      guard let next = successor(of: position), expected.contains(word(at: next)) else { return nil }
      position = next
    }
    let thing: SignedThing = word(at: position) == "fse" ? .fse : .lots
    return (thing, Self.gluedRefusals.contains(word(at: start)), position)
  }
}
