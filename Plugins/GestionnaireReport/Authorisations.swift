/// The authorisations to sign in a block.
///
/// A permission counts only if it is written exactly so, under the block's own « Autorisations de signature », and
/// nothing before or after it on the page could change its meaning. A refusal counts wherever it stands.
struct Authorisations {
  /// All statements of the block about authorisations, in order.
  private(set) var statements: [Statement] = []
  /// The unfinished end of the block.
  private(set) var looseEnd: LooseEnd

  /// Whether a line below them takes back what they permit, or would.
  private(set) var isTakenBack = false

  /// The number of the first line that puts a permission in doubt, as far as one does.
  private(set) var doubtLine: Int?

  private let phrases: Phrases
  private var lines: ArraySlice<Line> { phrases.lines }
  /// How many of the statements were doubted already: that must not be done again for each line below them.
  private var doubted = 0
  private var section = Section.opening
  private var trust = Trust.none
  /// Whether the text after the authorisations is a page about cards in general.
  private var isOfPage = false

  /// The part of the block in which a line stands.
  private enum Section {
    /// From « Facturation » or « Identifiant : » on.
    case opening
    /// From « Spécialité … » or « Code Agrément : » on, including lists of words.
    case description
    /// Under « Autorisations de signature ».
    case authorisations
    /// After the authorisations, in someone's own words: « Cordialement, ».
    case text
  }

  /// How certain it is that the lines read so far do not continue on the next one.
  private enum Trust {
    /// A title, a label or a phrase that is complete.
    case whole
    /// A list item, which ends where the next item begins.
    case item
    /// Anything else: it may continue on the next line.
    case none
  }

  /// Reads the lines of one block.
  ///
  /// - Parameters:
  ///   - lines: the lines of the block.
  ///   - looseEnd: the unfinished end of the lines above the block.
  ///   - rest: the lines below the block.
  ///   - isDoubtful: whether a title above the block has something with it that is not understood.
  init(
    of lines: ArraySlice<Line>, after looseEnd: LooseEnd, before rest: ArraySlice<Line>,
    isDoubtful: Bool = false
  ) {
    phrases = Phrases(lines: lines)
    self.looseEnd = looseEnd
    self.looseEnd.beginBlock()
    var index = lines.startIndex
    while index < lines.endIndex {
      let wasOpen = self.looseEnd.isOpen
      let line = lines[index].number
      index = read(lineAt: index)
      if !wasOpen, self.looseEnd.isOpen { doubtLine = doubtLine ?? line }
    }
    if isDoubtful || statements.contains(where: { $0.reading == .granted }) && Revocation.isMeant(below: rest)
    {
      doubtPermissions()
    }
  }

  /// Reads a line and the lines on which its phrase continues. Returns the index of the next line.
  private mutating func read(lineAt index: Int) -> Int {
    let line = lines[index]
    var first = 0
    switch line.role {
    case .other: break
    case .authorisations(let place):
      section = .authorisations
      first = place
      looseEnd.read(line)
      trust = looseEnd.isOpen ? .none : .whole
    case .wrapped: return index + 1
    default:
      statements += phrases.mentions(inLine: index)
      looseEnd.read(line)
      switch line.role {
      case .speciality, .agreement: section = .description
      case .billing, .identifier: section = .opening
      default: break
      }
      trust = looseEnd.isOpen || line.endsInNegation ? .none : .whole
      return index + 1
    }
    guard first < line.tokens.count else { return index + 1 }
    guard let passage = phrases.passage(from: Phrases.Position(line: index, token: first)) else {
      readOther(line, at: index)
      return index + 1
    }
    let isSure =
      section == .authorisations && !looseEnd.isOpen && isTrusted(before: line)
      && !lines[index...passage.lastLine].contains(where: \.mayHideWord)
      && !isContinued(after: passage.lastLine)
    statements += isSure ? passage.statements : doubted(passage.statements, line: index)
    trust = isSure ? .whole : .none
    return passage.lastLine + 1
  }

  /// Reads a line that does not consist of phrases.
  private mutating func readOther(_ line: Line, at index: Int) {
    let mentions = phrases.mentions(inLine: index)
    statements += mentions
    trust = .none
    switch section {
    case .opening where line.beginsLabel: section = .description
    case .opening: looseEnd.open()
    case .description:
      if takesBack(inDescription: line, at: index) { looseEnd.open() } else { looseEnd.read(line) }
    case .authorisations where !mentions.isEmpty:
      looseEnd.read(line)
    case .authorisations where Phrases.isOfAnotherThing(line):
      if line.isItem { trust = .item }
    case .authorisations:
      if !statements.isEmpty, Revocation.isPlainlyNot(line) || Revocation.isGeneral(line) {
        section = .text
        isOfPage = Revocation.isGeneral(line)
      } else {
        revoke()
      }
    case .text where isOfPage && line.tokens.count > 16 || Revocation.isClosing(line): looseEnd.read(line)
    case .text:
      if Revocation.isMeant(by: line) || Revocation.isPossible(by: line, below: lines[index - 1])
        || !isOfPage && !Closing.isNotice(line.words) && Closing.speaksOfMatter(line.words)
      {
        revoke()
      } else {
        looseEnd.read(line)
      }
    }
  }

  /// Whether a line between « Facturation » and the authorisations takes them back beforehand, or is half of their title.
  private func takesBack(inDescription line: Line, at index: Int) -> Bool {
    if line.beginsLabel || line.isUndefined { return false }
    return !BlockValues.isKnown(line, below: index > lines.startIndex ? lines[index - 1] : nil)
  }

  /// Doubts every permission of the block, and what follows.
  private mutating func revoke() {
    isTakenBack = isTakenBack || !statements.isEmpty
    doubtPermissions()
    looseEnd.open()
  }

  private mutating func doubtPermissions() {
    for place in doubted..<statements.count where statements[place].reading == .granted {
      statements[place].reading = .doubtful
    }
    doubted = statements.count
  }

  private func isTrusted(before line: Line) -> Bool {
    switch trust {
    case .whole: true
    case .item: line.isItem
    case .none: false
    }
  }

  /// Keeps refusals and makes permissions doubtful; the first becomes a refusal if « non » ends the line before.
  private func doubted(_ statements: [Statement], line: Int) -> [Statement] {
    let isNegated = phrases.wordBefore(line: line).map(Phrases.negations.contains) == true
    return statements.enumerated().map { place, statement in
      var doubted = statement
      if statement.reading == .granted { doubted.reading = place == 0 && isNegated ? .refused : .doubtful }
      return doubted
    }
  }

  /// Whether the next line seems to continue that line: « : non », « sous réserve … ».
  private func isContinued(after index: Int) -> Bool {
    let next = index + 1
    guard next < lines.endIndex else { return false }
    let line = lines[next]
    guard line.role == .other, let first = line.tokens.first else { return false }
    if opensPhrase(line) { return false }
    let start = line.tokens.prefix(3).map(\.text)
    let denies = start.contains(where: Phrases.negations.contains)
    if denies, line.tokens.count <= 3 {
      // « - non », then « autorisé … »: a separate item that was wrapped.
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
  /// Whether it is the first half of « Spécialité Assurance Maladie : » or « Code Agrément : ».
  var beginsLabel: Bool {
    [
      ["specialite"], ["specialite", "assurance"], ["specialite", "assurance", "maladie"], ["code"],
      ["code", "agrement"],
    ]
    .contains(words)
  }

  /// Whether the first word is in lower case, as in the middle of a sentence.
  fileprivate var beginsInLowerCase: Bool {
    guard let first = tokens.first else { return false }
    return !content[first.range.lowerBound].properties.isUppercase
  }
}
