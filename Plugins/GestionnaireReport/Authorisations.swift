/// What a block says of the authorisations to sign.
///
/// Granted is only what is written exactly so, where nothing before or after it on the page could change its
/// sense. A refusal counts wherever it is written.
struct Authorisations {
  private let phrases: Phrases
  private var lines: ArraySlice<Line> { phrases.lines }

  /// How far the lines read so far may be trusted not to be the beginning of the next one.
  private enum Trust {
    /// A title, a label or a phrase that is complete.
    case whole
    /// An item of a list, which ends where the next item begins.
    case item
    /// Anything: the next line may go on with it.
    case none
  }

  /// The authorisations in the lines of one block.
  init(of lines: ArraySlice<Line>) { phrases = Phrases(lines: lines) }

  /// Everything the block says of them, in order.
  func statements() -> [Statement] {
    var statements: [Statement] = []
    var trust = Trust.none
    var index = lines.startIndex
    while index < lines.endIndex {
      let line = lines[index]
      var first = 0
      switch line.role {
      case .other: break
      case .authorisations(let place):
        first = place
        trust = .whole
      default:
        statements += phrases.mentions(inLine: index)
        trust = endsInNegation(line) ? .none : .whole
        index += 1
        continue
      }
      if first >= line.tokens.count {
        index += 1
        continue
      }
      guard let passage = phrases.passage(from: Phrases.Position(line: index, token: first)) else {
        statements += phrases.mentions(inLine: index)
        trust = line.isItem && !mayGoOn(line) ? .item : .none
        index += 1
        continue
      }
      let isSure = isTrusted(trust, before: line) && !isContinued(after: passage.lastLine)
      statements += isSure ? passage.statements : doubted(passage.statements, line: index)
      trust = isSure ? .whole : .none
      index = passage.lastLine + 1
    }
    return statements
  }

  private func isTrusted(_ trust: Trust, before line: Line) -> Bool {
    switch trust {
    case .whole: true
    case .item: line.isItem
    case .none: false
    }
  }

  /// Refusals stay; permissions become doubtful, the first a refusal where « non » ends the line before.
  private func doubted(_ statements: [Statement], line: Int) -> [Statement] {
    let isNegated = phrases.wordBefore(line: line).map(Phrases.negations.contains) == true
    return statements.enumerated().map { place, statement in
      var doubted = statement
      if statement.reading == .granted { doubted.reading = place == 0 && isNegated ? .refused : .doubtful }
      return doubted
    }
  }

  private func endsInNegation(_ line: Line) -> Bool {
    line.tokens.last.map { Phrases.negations.contains($0.text) } == true
  }

  /// Whether an item of the list could be the beginning of a refusal: it denies something, or announces.
  private func mayGoOn(_ line: Line) -> Bool {
    line.tokens.last?.isWord != true || line.tokens.contains { Phrases.negations.contains($0.text) }
  }

  /// Whether the line after that one seems to go on with it: « : non », « sous réserve … ».
  private func isContinued(after index: Int) -> Bool {
    let next = index + 1
    guard next < lines.endIndex else { return false }
    let line = lines[next]
    guard line.role == .other, let first = line.tokens.first else { return false }
    if opensPhrase(line) { return false }
    let start = line.tokens.prefix(3).map(\.text)
    let denies = start.contains(where: Phrases.negations.contains)
    if denies, line.tokens.count <= 3 {
      // « - non », then « autorisé … »: an item of its own that was wrapped.
      let belongsToNext =
        line.isItem && next + 1 < lines.endIndex && !lines[next + 1].isItem && opensPhrase(lines[next + 1])
      return !belongsToNext
    }
    if line.isItem { return !first.isWord }
    guard !line.followsBlank else { return false }
    return denies || !first.isWord || line.beginsInLowerCase
  }

  /// Whether the line begins with a phrase, negated or not.
  private func opensPhrase(_ line: Line) -> Bool {
    let word = line.tokens.prefix(5).first { !Phrases.negations.contains($0.text) && $0.text != "est" }
    return word.map { Phrases.opensPhrase($0.text) } == true
  }
}

extension Line {
  /// Whether its first word has no capital, as the middle of a sentence.
  fileprivate var beginsInLowerCase: Bool {
    guard let first = tokens.first else { return false }
    return !content[first.range.lowerBound].properties.isUppercase
  }
}
