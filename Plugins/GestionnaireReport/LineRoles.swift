import Preflight

/// The role of a line in a report of the Gestionnaire; docs/facts.md shows a report.
enum LineRole: Sendable, Hashable {
  /// « *** Identification du porteur ».
  case holderTitle
  /// « *** Identification de la carte », and the same words on the Gestionnaire's first screen.
  case cardTitle
  /// « *** Situations d'exercice et de facturation ».
  case situationsTitle
  /// Another title with `***`.
  case otherTitle
  /// « * Exercice … », the beginning of a place of practice.
  case exercise
  /// « Facturation », the beginning of a billing block.
  case billing
  /// « Identifiant : », with the place in the line where its value begins.
  case identifier(Int)
  /// The value of « Identifiant : », alone on the line after it.
  case identifierValue
  /// « Spécialité Assurance Maladie : », with the place where its value begins.
  case speciality(Int)
  /// « Code Agrément : », with the place where its value begins.
  case agreement(Int)
  /// « Autorisations de signature », with the index of the first token after it.
  case authorisations(Int)
  /// The first half of a title or label that was wrapped.
  case wrapped
  /// Any other line, whether of the report or not.
  case other

  /// Whether the line ends any open block.
  var endsBlock: Bool {
    switch self {
    case .holderTitle, .cardTitle, .situationsTitle, .otherTitle, .exercise: true
    default: false
    }
  }

  /// Whether the line is a label that only a billing block has.
  var isLabelOfBlock: Bool {
    switch self {
    case .billing, .identifier, .speciality, .agreement, .authorisations: true
    default: false
    }
  }

  /// Whether only a report has such a line.
  var marksReport: Bool {
    switch self {
    case .holderTitle, .cardTitle, .situationsTitle, .billing, .identifier, .speciality, .authorisations: true
    case .otherTitle, .exercise, .identifierValue, .agreement, .wrapped, .other: false
    }
  }
}

extension [Line] {
  /// Assigns a role to every line.
  mutating func assignRoles() {
    var isInSituations = false
    for index in indices {
      let previous = index > startIndex ? self[index - 1] : nil
      if let previous, let role = wrappedRole(of: self[index], after: previous) {
        self[index - 1].role = .wrapped
        self[index].role = role
      } else if let previous, self[index].isIdentifierValue(after: previous) {
        self[index].role = .identifierValue
      } else {
        self[index].role = self[index].role(after: previous, isInSituations: isInSituations)
      }
      switch self[index].role {
      case .situationsTitle: isInSituations = true
      case .holderTitle, .cardTitle, .otherTitle: isInSituations = false
      default: break
      }
    }
  }

  /// The role of a title or header that began on the line before.
  private func wrappedRole(of line: Line, after previous: Line) -> LineRole? {
    guard previous.role == .other || previous.role == .otherTitle, !line.isItem else { return nil }
    guard Line.opensTitle(previous), previous.tokens.count + line.tokens.count <= 8 else { return nil }
    let words = previous.words + line.words
    if let title = Line.title(words) { return title }
    return Line.isAuthorisationsHeader(words) ? .authorisations(line.tokens.count) : nil
  }
}

extension Line {
  private static let situations = ["situations", "d", "exercice", "et", "de", "facturation"]
  private static let authorisations = ["autorisations", "de", "signature"]

  /// Words for the ways in which a profession is practised.
  private static let waysOfPractice: Set<String> = Set(modes.keys).union(["mixte"])

  /// The words that are a mode of practice.
  private static let modes: [String: PracticeMode] = [
    "liberal": .liberal, "liberale": .liberal, "salarie": .salaried, "salariee": .salaried,
    "remplacant": .locum, "remplacante": .locum, "benevole": .unpaid,
  ]

  /// Whether it is a word for a way in which a profession is practised: « Libéral », « Salarié ».
  static func isWayOfPractice(_ word: String) -> Bool { waysOfPractice.contains(word) }

  /// The mode that « Exercice … » names; `nil` if the line is not of that kind, or names no mode or several. A locum
  /// counts as a locum, whatever else is named.
  var practice: PracticeMode? {
    guard role == .exercise else { return nil }
    let modes = Set(tokens.prefix(8).dropFirst().compactMap { Self.modes[$0.text] })
    if modes.contains(.locum) { return .locum }
    return modes.count == 1 ? modes.first : nil
  }

  /// Whether « Exercice … » names no way of practice that is known: it may be a locum's, in damaged letters.
  var hasUnreadPractice: Bool {
    role == .exercise && !tokens.contains { Self.waysOfPractice.contains($0.text) }
  }

  /// Whether « Exercice … » has something behind it that no report has there: « (cessé le 30/06/2026) ».
  var hasOddPractice: Bool {
    guard role == .exercise else { return false }
    return tokens.count > 16
      || tokens.dropFirst().contains { token in
        token.isWord
          ? !Self.waysOfPractice.contains(token.text) && !Self.wordsBesideWays.contains(token.text)
          : ![",", ".", "&", "/", ":"].contains(token.text)
      }
  }

  /// Whether it is nearly the title of the situations, with something behind it: « … de facturation (périmées) ».
  var isOddSituationsTitle: Bool {
    role == .otherTitle && tokens.first?.text.hasPrefix("situation") == true
      // Half of the title may be on the next line.
      && tokens.contains { !Self.situations.contains($0.text) && $0.text != ":" }
  }

  /// Whether the line is the rest of « Exercice Libéral, exploitant ou commerçant », which was wrapped.
  var continuesExercise: Bool {
    tokens.allSatisfy {
      !$0.isWord || Self.waysOfPractice.contains($0.text) || Self.wordsBesideWays.contains($0.text)
    }
  }

  private static let wordsBesideWays: Set<String> = [
    "exploitant", "exploitante", "ou", "et", "commercant", "commercante", "e",
  ]

  /// Whether « Facturation » has something behind it.
  var isOddBilling: Bool { role == .billing && tokens.dropFirst().contains { $0.text != ":" } }

  /// Whether the line may begin a title or header, none of which has more than eight tokens.
  fileprivate static func opensTitle(_ line: Line) -> Bool {
    guard let first = line.tokens.first?.text else { return false }
    return first == "identification" || first == "situations" || first == "autorisations"
  }

  fileprivate static func title(_ words: [String]) -> LineRole? {
    switch words.last == ":" ? words.dropLast() : words[...] {
    case ["identification", "du", "porteur"]: .holderTitle
    case ["identification", "de", "la", "carte"]: .cardTitle
    case situations[...]: .situationsTitle
    default: nil
    }
  }

  fileprivate static func isAuthorisationsHeader(_ words: [String]) -> Bool {
    words == authorisations || words == authorisations + [":"]
  }

  fileprivate func role(after previous: Line?, isInSituations: Bool) -> LineRole {
    // Only the first words are compared, as a line may be as long as the text.
    let start = tokens.prefix(8).lazy.map(\.text)
    if Self.opensTitle(self), tokens.count <= 8, let title = Self.title(Array(start)) { return title }
    if hasStars, tokens.first?.isWord == true { return .otherTitle }
    switch start.first {
    case "exercice" where isExercise(isInSituations: isInSituations): return .exercise
    case "facturation" where isBilling(after: previous): return .billing
    case "identifiant":
      if let place = valuePlace(afterWords: 1) { return .identifier(place) }
      return isIdentifierWithoutColon ? .identifier(tokens[0].range.upperBound) : .other
    case "specialite" where start.starts(with: ["specialite", "assurance", "maladie"]):
      return valuePlace(afterWords: 3).map(LineRole.speciality) ?? .other
    case "code" where start.starts(with: ["code", "agrement"]):
      return valuePlace(afterWords: 2).map(LineRole.agreement) ?? .other
    case "autorisations" where start.starts(with: Self.authorisations):
      return authorisationsRole
    default: return .other
    }
  }

  private func isExercise(isInSituations: Bool) -> Bool {
    guard tokens.count >= 2, tokens[1].isWord, tokens[1].text != "et" else { return false }
    return isItem || isInSituations || Self.waysOfPractice.contains(tokens[1].text)
  }

  /// Whether the line is « Facturation », alone or with something behind it as in « Facturation : suspendue », and not
  /// the end of the section's wrapped title.
  private func isBilling(after previous: Line?) -> Bool {
    guard tokens.count == 1 || (tokens.count <= 16 && (!tokens[1].isWord || Revocation.isMeant(by: self)))
    else {
      return false
    }
    return previous?.tokens.last?.text != "de" || previous?.hasStars == false && previous?.role != .other
  }

  /// The role of « Autorisations de signature » with nothing after it, or with a phrase on the same line. Anything
  /// else, such as « Autorisations de signature manquantes », is prose.
  private var authorisationsRole: LineRole {
    let place = tokens.count > 3 && [":", "-", "–", "—"].contains(tokens[3].text) ? 4 : 3
    // « -Autorisations de signature- » is struck out in some tickets.
    guard place < tokens.count else {
      return place == 3 || tokens[3].text == ":" ? .authorisations(place) : .other
    }
    let next = tokens[place].text
    return Phrases.opensPhrase(next) || Phrases.negations.contains(next) ? .authorisations(place) : .other
  }

  /// The place where the value of a label with that many words begins: after its colon, or after the border of a table
  /// cell.
  private func valuePlace(afterWords count: Int) -> Int? {
    let signs = tokens.dropFirst(count).prefix { [":", "|", "="].contains($0.text) }
    return signs.last?.range.upperBound
  }

  /// Whether the line is like « Identifiant 991000009 »: tables lose their colons.
  private var isIdentifierWithoutColon: Bool {
    guard tokens.count >= 2 else { return false }
    return LabelValue(of: self, from: tokens[0].range.upperBound).looksLikeIdentifier
  }

  /// Whether the line is only a number, or a masked one, after a line « Identifiant : … ».
  fileprivate func isIdentifierValue(after previous: Line) -> Bool {
    guard case .identifier = previous.role, !isItem, tokens.count <= 8 else { return false }
    return LabelValue(of: self, from: 0).looksLikeIdentifier
  }
}
