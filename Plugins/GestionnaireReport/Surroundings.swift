/// What stands around the billing blocks of a report and is none of the Gestionnaire's own lines: it may say of the report that it
/// no longer holds, or never did.
///
/// There is no list of all that people write above a report. So a line there is looked at as one below a block is: for denials, and
/// for words that take back. The names in a report may be any words, and are left out.
struct Surroundings {
  /// The first line that may take back what the report permits. Nil if there is none.
  private(set) var objection: Line?

  /// The part of a report in which a line stands.
  private enum Part {
    case above
    /// Below « Identification du porteur »: the holder's name, and a number.
    case holder
    /// Below « Identification de la carte »: the profession, names, specialities.
    case card
    /// Below « Situations … » and « * Exercice … »: names and kinds of places.
    case place
    /// From « Facturation » on, where ``Authorisations`` looks.
    case block
  }

  /// Looks at the lines of one session, and what stands above it.
  init(of lines: [Line]) {
    var part = Part.above
    var place = 0
    for (index, line) in lines.enumerated() {
      place += 1
      switch line.role {
      case .holderTitle: (part, place) = (.holder, 0)
      case .cardTitle: (part, place) = (.card, 0)
      case .situationsTitle, .exercise: part = .place
      case .otherTitle:
        if Self.isForeign(title: line, above: lines[(index + 1)...]) { object(to: line) }
      case .billing, .identifier, .speciality, .agreement, .authorisations: part = .block
      case .identifierValue, .wrapped: break
      case .other:
        let next = index + 1 < lines.count ? lines[index + 1] : nil
        if Self.isObjection(line, in: part, place: place) || part != .above && Elision.isMeant(by: line)
          || line.qualifiesExercise || line.qualifiesBilling(above: next)
        {
          object(to: line)
        }
      }
    }
  }

  private mutating func object(to line: Line) { objection = objection ?? line }

  /// - Parameter place: how many lines below the title of its part the line stands.
  private static func isObjection(_ line: Line, in part: Part, place: Int) -> Bool {
    // A long line is prose of a page about cards in general.
    guard !Revocation.isGeneral(line) else { return false }
    if part == .above || part == .card, CardDates.isExpiry(line) { return false }
    // Struck out.
    if part != .block, line.tokens.first?.text == "~" { return true }
    switch part {
    // Half a block: « - Non définie ».
    case .above: return !line.isUndefined && (Revocation.isMeant(by: line) || Disowning.isMeant(by: line))
    case .holder: return place > 1 ? Revocation.isMeant(by: line) : !line.mayNameHolder
    case .card:
      let first = line.tokens.first?.text
      if first == "carte" { return false }
      if first == "nom" || first == "profession" { return line.hasOddValue }
      return line.isItem || first == "specialite"
        ? Revocation.hasWordBesideSpecialities(line.words) : Revocation.isMeant(by: line)
    case .place:
      let first = line.tokens.first?.text
      if line.isItem || first == "type" { return false }
      if first == "secteur" { return line.hasOddValue }
      // « Facturation 2025 » is not the Gestionnaire's.
      if first == "facturation" { return true }
      return Revocation.isMeant(by: line)
    case .block: return false
    }
  }

  /// Whether a title with `***` is none of a report, or says that the reading failed: « *** Fichier CPS-INFO.TXT : Erreur de
  /// lecture », « *** Anciennes situations d'exercice et de facturation ».
  ///
  /// - Parameter lines: the lines below, on which it may go on.
  private static func isForeign(title: Line, above lines: ArraySlice<Line>) -> Bool {
    let words = title.plainWords
    if words.starts(with: ["fichier", "cps"]) || wordsOfHeading.starts(with: words) {
      guard wordsOfHeading.starts(with: words) else { return true }
      let rest = lines.prefix { $0.role == .other && !$0.isItem && !$0.followsBlank }.flatMap(\.plainWords)
      return !wordsOfHeading.dropFirst(words.count).starts(
        with: rest.prefix(wordsOfHeading.count - words.count))
    }
    if words.first == "session" || words.starts(with: ["fichier", "cree"]) { return false }
    // A title may be wrapped.
    let isHalf =
      ["situations", "identification"].contains(words.first ?? "") && words.allSatisfy(wordsOfTitles.contains)
    return !isHalf
      && (words.contains { word in
        ["situation", "identification", "exercice", "factur"].contains { word.hasPrefix($0) }
      } || Revocation.isMeant(by: title))
  }

  /// « Fichier CPS-INFO.TXT : Données lues dans la CPS ».
  private static let wordsOfHeading = [
    "fichier", "cps", "info", "txt", "donnees", "lues", "dans", "la", "cps",
  ]

  private static let wordsOfTitles: Set<String> = [
    "situations", "d", "exercice", "et", "de", "facturation", "identification", "du", "porteur", "la",
    "carte",
  ]
}

extension Line {
  /// Whether something stands before « Exercice Libéral » on its line, as « Ancien » or « (inactif) » does. « Société d'exercice
  /// libéral » is a name.
  fileprivate var qualifiesExercise: Bool {
    let start = tokens.prefix(16)
    return start.indices.dropFirst().contains { place in
      start[place].text == "exercice" && !["d", "de", "l", "nom", "mode"].contains(start[place - 1].text)
        && start.dropFirst(place + 1).first.map { Line.isWayOfPractice($0.text) } == true
    }
  }

  /// Whether something stands before « Facturation », with which a block begins: « Ancienne Facturation », « // Facturation ».
  fileprivate func qualifiesBilling(above next: Line?) -> Bool {
    guard tokens.count <= 8, next?.role.isLabelOfBlock == true else { return false }
    return tokens.last { $0.isWord }?.text == "facturation"
  }

  /// Whether the line may be the holder's name: with a civility before it, whatever words are in capitals; without one, no words
  /// that say something of the card or of what it permits.
  fileprivate var mayNameHolder: Bool {
    guard let first = tokens.first, Self.civilities.contains(first.text) else {
      return !Revocation.isMeant(by: self) && !Closing.speaksOfMatter(words)
    }
    return !Revocation.hasWord(
      tokens.filter { $0.isWord && !content[$0.range.lowerBound].properties.isUppercase }.map(\.text))
  }

  /// Whether the value of a label takes something back: « Secteur d'activité RPPS : Cabinet individuel (fermé) ». Words in capitals are
  /// names.
  fileprivate var hasOddValue: Bool {
    let value = tokens.drop { $0.text != ":" }
    return Revocation.hasWordBesideSpecialities(
      value.filter { $0.isWord && !content[$0.range].allSatisfy { !$0.properties.isLowercase } }.map(\.text))
  }

  private static let civilities: Set<String> = [
    "monsieur", "madame", "mademoiselle", "docteur", "professeur", "m", "mme", "mlle", "dr", "pr",
  ]

  /// The words without signs.
  fileprivate var plainWords: [String] { tokens.filter(\.isWord).map(\.text) }
}
