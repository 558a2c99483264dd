import Preflight

/// The card that a report names: « Carte de Professionnel de Santé (CPS) n° 2800009017 ».
struct CardIdentification {
  /// The card's number, as far as it can be read.
  enum Number: Hashable {
    case known(String)
    /// The number was masked.
    case masked
    case none
  }

  /// The kind, as a value of the fact `card.kind`.
  let kind: String
  let number: Number
  /// The index of the line.
  let index: Int
  /// The indices of all lines that name a card, with or without a number.
  private(set) var mentions: Set<Int> = []

  /// How many lines after the title, or after the line that names the card, are still about the card.
  static let reach = 3

  /// The card that the lines name.
  ///
  /// - Throws: ``ReportFault`` if they name two different cards.
  static func find(in lines: [Line]) throws(ReportFault) -> CardIdentification? {
    var found: CardIdentification?
    var mentions: Set<Int> = []
    var linesUnderTitle = 0
    for (index, line) in lines.enumerated() {
      if line.role == .cardTitle {
        linesUnderTitle = reach
        continue
      }
      defer { linesUnderTitle = line.role.endsBlock ? 0 : max(0, linesUnderTitle - 1) }
      guard line.role == .other, line.tokens.first?.text == "carte" else { continue }
      let card = read(line, next: index + 1 < lines.count ? lines[index + 1] : nil, index: index)
      if card != nil { mentions.insert(index) }
      guard let card, linesUnderTitle > 0 || card.number != .none else { continue }
      if let word = Self.contradiction(in: line, kind: card.kind) {
        throw ReportFault(
          line: line.number,
          fr: "« \(word) » et « (\(card.kind.uppercased())) » ne sont pas la même sorte de carte",
          en: "“\(word)” and “(\(card.kind.uppercased()))” are not the same kind of card")
      }
      if let found, found.contradicts(card) {
        throw ReportFault(
          line: line.number,
          fr: """
            une seconde carte, autre que celle de la ligne \(lines[found.index].number) : \
            un rapport à la fois
            """,
          en: "a second card, not the one of line \(lines[found.index].number): one report at a time")
      }
      if found == nil || found?.number == Number.none || found?.number == .masked { found = card }
    }
    found?.mentions = mentions
    return found
  }

  private func contradicts(_ other: CardIdentification) -> Bool {
    if kind != other.kind { return true }
    if case .known(let one) = number, case .known(let two) = other.number { return one != two }
    return false
  }

  private static func read(_ line: Line, next: Line?, index: Int) -> CardIdentification? {
    let card = read(line, index: index)
    guard card == nil || card?.number == Number.none, let next, !next.isItem, next.role == .other,
      line.tokens.count + next.tokens.count <= 40
    else { return card }
    return read(line.joined(with: next), index: index) ?? card
  }

  /// Reads `Carte de … (KIND) n° NUMBER`.
  private static func read(_ line: Line, index: Int) -> CardIdentification? {
    let tokens = line.tokens
    guard tokens.count >= 5, ["de", "d"].contains(tokens[1].text),
      let opening = tokens.prefix(20).firstIndex(where: { $0.text == "(" }),
      let closing = tokens.prefix(26).firstIndex(where: { $0.text == ")" }), opening < closing,
      let kind = kinds[tokens[(opening + 1)..<closing].map(\.text)]
    else { return nil }
    return CardIdentification(kind: kind, number: number(in: line, after: closing), index: index)
  }

  private static let kinds: [[String]: String] = [
    ["cps"]: "cps", ["cpf"]: "cpf", ["cpe"]: "cpe", ["cde", "/", "cpe"]: "cpe",
    ["cpa"]: "cpa", ["cda", "/", "cpa"]: "cpa",
  ]

  /// A word of « Carte de … » that belongs to another kind than the one in brackets; `nil` if there is none.
  private static func contradiction(in line: Line, kind: String) -> Text? {
    wordsOfKind(in: line).first { word in
      wordsOfKinds[kind]?.contains(word) != true && wordsOfKinds.values.contains { $0.contains(word) }
    }.map { Text($0) }
  }

  private static func wordsOfKind(in line: Line) -> [String] {
    line.tokens.prefix(20).prefix { $0.text != "(" }.filter(\.isWord).map(\.text)
  }

  private static let ofEveryKind: Set<String> = ["carte", "de", "du", "d", "la", "l", "le", "sante", "en"]

  /// The words of the Gestionnaire for each kind; docs/cards.md.
  private static let wordsOfKinds: [String: Set<String>] = [
    "cps": ["professionnel", "professionnelle"], "cpf": ["professionnel", "professionnelle", "formation"],
    "cpe": ["personnel", "directeur", "directrice", "etablissement"],
    "cpa": ["personnel", "directeur", "directrice", "autorise", "autorisee"],
  ]

  /// Whether the line that names the card has something behind its number, a number that cannot be one, or words that are no kind's:
  /// « n° 2800001017 non valide », « n° 2800001017 ou 2800009999 », « Carte de démonstration (CPS) ».
  static func isQualified(_ line: Line) -> Bool {
    let isOfAKind = wordsOfKind(in: line).allSatisfy { word in
      ofEveryKind.contains(word) || word.utf8.count < 3 || wordsOfKinds.values.contains { $0.contains(word) }
    }
    if !isOfAKind { return true }
    guard let closing = line.tokens.prefix(26).firstIndex(where: { $0.text == ")" }) else { return false }
    let rest = line.tokens[(closing + 1)...].drop { !$0.isWord && $0.text != "(" }
    guard let first = rest.first else { return false }
    // A date may follow at once.
    if wordsOfDates.contains(first.text) { return false }
    guard marks.contains(first.text), number(in: line, after: closing) != .none else { return true }
    // « n° 2800009017 -> 2800009025 ».
    if rest.count(where: \.isCardNumber) > 1 { return true }
    let behind = rest.dropFirst().first { token in
      token.isWord && !token.text.unicodeScalars.contains(where: Scalars.isDigit) && token.text != "o"
        && !token.text.unicodeScalars.allSatisfy { $0 == "x" }
    }
    return behind.map { !wordsOfDates.contains($0.text) } == true
  }

  /// Whether the line is a card's number alone, beside the line that names a card.
  static func isLoneNumber(_ line: Line) -> Bool {
    line.tokens.count <= 3 && line.tokens.contains(where: \.isCardNumber)
      && line.tokens.allSatisfy { !$0.isWord || $0.isCardNumber || marks.contains($0.text) }
  }

  /// What stands before the number.
  private static let marks: Set<String> = ["n", "no", "num", "numero", "№", "nº"]
  /// The first words of a date of the card.
  private static let wordsOfDates: Set<String> = ["emise", "expire"]

  private static func number(in line: Line, after closing: Int) -> Number {
    var index = closing + 1
    guard index < line.tokens.count,
      marks.contains(line.tokens[index].text)
    else { return .none }
    index += 1
    while index < line.tokens.count, ["°", "º", ":", "."].contains(line.tokens[index].text) { index += 1 }
    let rest = line.content[line.tokens[index - 1].range.upperBound...]
    let run = rest.prefix { $0 == " " || Scalars.isDigit($0) || "xX*•●?#".unicodeScalars.contains($0) }
    // « **Carte … n° 28…** »: the stars at the end are emphasis if as many opened it.
    let stars = line.content.prefix { $0 == "*" }.count
    var characters = run.filter { $0 != " " }[...]
    if stars > 0, characters.suffix(stars).allSatisfy({ $0 == "*" }) {
      characters = characters.dropLast(stars)
    }
    // Ten digits, or fewer if the card's field ends in filler; docs/cards.md.
    guard (8...10).contains(characters.count) else { return .none }
    guard characters.allSatisfy(Scalars.isDigit) else {
      return characters.contains(where: Scalars.isDigit) || Set(characters).count == 1 ? .masked : .none
    }
    return .known(String(String.UnicodeScalarView(characters)))
  }
}

extension Token {
  /// Whether it may be the number of a card, written without spaces.
  fileprivate var isCardNumber: Bool { isNumber && (8...10).contains(text.utf8.count) }
}
