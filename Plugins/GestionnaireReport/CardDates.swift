import Preflight

/// The dates of the card, if someone copied them from the Gestionnaire's first screen.
///
/// The report itself has no dates. That screen says, under « IDENTIFICATION DE LA CARTE », « émise le JJ/MM/AAAA », or
/// « expire fin MM/AAAA »; see docs/cards.md. Only lines next to the card's identification are read: invoices are «
/// émises le … » too.
struct CardDates {
  /// The result of looking for a date.
  enum Reading: Hashable {
    case known(CivilDate)
    /// The words are there, but no valid date follows.
    case impossible
    case none

    var isKnown: Bool { if case .known = self { true } else { false } }
  }

  /// The day of « émise le … ».
  private(set) var issuedOn = Reading.none
  /// The last day of the month of « expire fin … ».
  private(set) var expiresOn = Reading.none

  /// Reads the dates near the title « Identification de la carte » and near every line that names the card.
  ///
  /// - Throws: ``ReportFault`` if two dates differ, or the card expires before its issue.
  init(in lines: [Line], card: CardIdentification?) throws(ReportFault) {
    var near = 0
    // Further below, up to the next title, a date is in doubt: it may be another's.
    var isBelow = false
    for (index, line) in lines.enumerated() {
      if line.role == .cardTitle || card?.mentions.contains(index) == true {
        near = CardIdentification.reach + 1
        isBelow = true
      } else if line.role != .other {
        near = 0
        isBelow = false
      }
      if near > 0, line.role == .other, line.tokens.count <= 60 {
        doubt(
          line, below: index > 0 ? lines[index - 1] : nil, namesCard: card?.mentions.contains(index) == true)
      }
      if isBelow, line.tokens.count <= 60 {
        doubt(line, next: index + 1 < lines.count ? lines[index + 1] : nil, isNear: near > 0)
      }
      guard near > 0 else { continue }
      near -= 1
      guard line.tokens.count <= 60 else { continue }
      try read(
        line, next: index + 1 < lines.count ? lines[index + 1] : nil,
        namesCard: card?.mentions.contains(index) == true)
    }
    if isIssueInDoubt { issuedOn = .impossible }
    if isExpiryInDoubt { expiresOn = .impossible }
  }

  private mutating func read(_ line: Line, next: Line?, namesCard: Bool) throws(ReportFault) {
    if !namesCard, Self.hasForeignWords(line) {
      isIssueInDoubt = true
      isExpiryInDoubt = true
    }
    // The date may have been wrapped onto the next line.
    let following = next.map { $0.isItem || $0.role != .other ? [] : $0.tokens.prefix(6).map(\.text) } ?? []
    let words = line.words
    for index in words.indices {
      // « facture émise le … » is not about the card.
      guard
        index == 0 || !line.tokens[index - 1].isWord || line.tokens[index - 1].isNumber
          || Self.wordsOfCard.contains(words[index - 1])
      else { continue }
      let sentence = words[index...] + following
      if sentence.starts(with: ["emise", "le"]) {
        issuedOn = try Self.agree(issuedOn, Self.date(sentence.dropFirst(2), fields: 3), line)
      } else if sentence.starts(with: ["expire", "fin"]) {
        expiresOn = try Self.agree(expiresOn, Self.date(sentence.dropFirst(2), fields: 2), line)
      }
    }
    if case .known(let issued) = issuedOn, case .known(let expires) = expiresOn, expires < issued {
      throw ReportFault(
        line: line.number,
        fr: "la carte expire le \(expires), avant d'être émise le \(issued)",
        en: "the card expires on \(expires), before it is issued on \(issued)")
    }
  }

  /// Whether the line has a date of the card, and words or strokes beside it that may correct it: « émise le 10/09/2025
  /// (périmée) », « Nouvelle carte émise le 10/09/2025 ».
  private static func hasForeignWords(_ line: Line) -> Bool {
    let words = line.words
    let start = words.indices.first { index in
      ["emise", "expire"].contains(words[index]) && index + 1 < words.count
        && ["le", "fin"].contains(words[index + 1])
    }
    guard let start, start == 0 || !line.tokens[start - 1].isWord || wordsOfCard.contains(words[start - 1])
    else {
      return false
    }
    return line.tokens.contains { token in
      token.isWord
        ? !token.isNumber && !wordsOfDates.contains(token.text) && !wordsOfCard.contains(token.text)
        : ![",", ".", ";", "/", "-", "–", "—", ":", "|"].contains(token.text)
    }
  }

  /// Whether the line is « expire fin MM/AAAA », which the Gestionnaire shows of the oldest cards, and nothing else. It says nothing of
  /// what the card permits, for all that « expire » does elsewhere.
  static func isExpiry(_ line: Line) -> Bool {
    let words = line.tokens.filter(\.isWord).map(\.text)
    return words.count == 4 && words.starts(with: ["expire", "fin"]) && date(words[2...], fields: 2).isKnown
  }

  private static let wordsOfDates: Set<String> = ["emise", "le", "expire", "fin", "et", "la"]

  /// Takes note of words for a date of the card that ``read(_:next:)`` does not understand: « Fin de validité : 02/2026 »,
  /// « émise en 02/2020 », « carte perdue ».
  private mutating func doubt(_ line: Line, next: Line?, isNear: Bool) {
    let words = line.words
    // « facture émise le … » and « durée de validité » are not about the card's dates.
    var isOfCard = true
    for (index, word) in words.enumerated() {
      defer {
        isOfCard =
          !line.tokens[index].isWord || line.tokens[index].isNumber
          || isOfCard && Self.wordsBefore.contains(word)
      }
      guard isOfCard, line.tokens[index].isWord else { continue }
      let following = words.dropFirst(index + 1).prefix(8)
      let isIssue = Self.isIssue(word)
      guard isIssue || Self.isExpiry(word) || Self.isLoss(word, in: words) else { continue }
      let isUnderstood =
        isNear && (word == "emise" && following.first == "le" || word == "expire" && following.first == "fin")
      if isUnderstood { continue }
      // « Valide », « délivrée par … » are no dates.
      let rest = following + (next.map { $0.role == .other ? $0.words.prefix(3) : [] } ?? [])
      let hasDate = rest.contains { $0.unicodeScalars.contains(where: Scalars.isDigit) }
      if Self.isLoss(word, in: words) {
        isIssueInDoubt = true
        isExpiryInDoubt = true
      } else if hasDate || word.hasPrefix("expir") || word.hasPrefix("emis") {
        if isIssue { isIssueInDoubt = true } else { isExpiryInDoubt = true }
      }
    }
  }

  /// Takes note of a date of the card that is written in damaged words, and of what is said of the card itself, on its line
  /// or next to it.
  ///
  /// - Parameter namesCard: whether it is the line « Carte de … n° … », of which what follows the kind is looked at.
  private mutating func doubt(_ line: Line, below above: Line?, namesCard: Bool) {
    if namesCard ? CardIdentification.isQualified(line) : CardIdentification.isLoneNumber(line) {
      isIssueInDoubt = true
      isExpiryInDoubt = true
    }
    let words = namesCard ? Array(line.words.drop { $0 != ")" }) : line.words
    guard let first = words.first, !Self.labels.contains(first) else { return }
    // The words may be on the line above.
    let spoken = (above.map { $0.role == .other ? $0.words.suffix(2) : [] } ?? []) + words
    let isRead = zip(spoken, spoken.dropFirst()).contains { $0 == ("emise", "le") || $0 == ("expire", "fin") }
    let hasDate = zip(words, words.dropFirst(2)).enumerated().contains { place, pair in
      words[place + 1] == "/" && Self.isNumber(pair.0) && Self.isNumber(pair.1)
    }
    // The items near the card are specialities: « 1- Radiologie ».
    let isOfCard = !line.isItem || first == "carte"
    let said = words.filter { !Self.isExpiry($0) && !$0.hasPrefix("radio") }
    let isLost =
      isOfCard && Revocation.hasWord(said)
      || (namesCard ? words.contains("test") : first == "carte" && Revocation.isMeant(by: line))
    guard hasDate && !isRead || isLost else { return }
    isIssueInDoubt = true
    isExpiryInDoubt = true
  }

  private static func isNumber(_ word: String) -> Bool { word.unicodeScalars.allSatisfy(Scalars.isDigit) }

  /// The first words of the lines below the card whose values are names.
  private static let labels: Set<String> = [
    "profession", "nom", "specialite", "facture", "monsieur", "madame",
  ]

  private var isIssueInDoubt = false
  private var isExpiryInDoubt = false

  private static func isIssue(_ word: String) -> Bool {
    ["emis", "deliv", "issue"].contains { word.hasPrefix($0) }
  }

  private static func isExpiry(_ word: String) -> Bool {
    ["expir", "valid", "valab", "perim", "echean", "jusqu"].contains { word.hasPrefix($0) }
  }

  /// Whether the line says of the card that it was lost, stolen or taken back: « Carte perdue ».
  private static func isLoss(_ word: String, in words: [String]) -> Bool {
    words.count <= 12 && words.first == "carte" && Revocation.hasWord([word])
  }

  private static let wordsBefore: Set<String> = [
    "carte", "cps", "cpe", "cpf", "cpa", "date", "dates", "de", "d", "du", "la", "le", "l", "fin", "est", "a",
    "elle", "ete",
    "initiale", "premiere", "mois", "jour", "et", "en", "ne", "n", "plus", "pas",
  ]

  private static let wordsOfCard: Set<String> = ["carte", "cps", "cpe", "cpf", "cpa"]

  private static func agree(_ one: Reading, _ other: Reading, _ line: Line) throws(ReportFault) -> Reading {
    guard one == .none || one == other else {
      throw ReportFault(
        line: line.number,
        fr: "une seconde date pour la même carte, autre que la première",
        en: "a second date for the same card, not the same as the first")
    }
    return other
  }

  /// `JJ/MM/AAAA` (3 fields), or `MM/AAAA` (2 fields) for the last day of that month.
  private static func date(_ words: ArraySlice<String>, fields count: Int) -> Reading {
    let fields = words.filter { !["/", ".", "-"].contains($0) }.prefix(count).map { $0 }
    let lengths = fields.map(\.utf8.count)
    let numbers = fields.compactMap { $0.unicodeScalars.allSatisfy(Scalars.isDigit) ? Int($0) : nil }
    guard numbers.count == count, lengths.last == 4, lengths.dropLast().allSatisfy({ $0 <= 2 })
    else { return .impossible }
    let date =
      count == 3
      ? CivilDate(year: numbers[2], month: numbers[1], day: numbers[0])
      : CivilDate(year: numbers[1], month: numbers[0], day: 1)?.endOfMonth
    return date.map(Reading.known) ?? .impossible
  }
}
