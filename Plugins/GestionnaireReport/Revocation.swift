/// Lines after « autorisé à signer … » that may take the permission back: « refusé », « suspendu », « retirée le … ».
///
/// There is no complete list of such words, and a damaged word is not on any list. So the line after the permissions
/// must clearly be something else: a greeting, a name, or a separate sentence. Further down, only the words are
/// searched for.
enum Revocation {
  /// Whether a line takes something back, denies something, or says that the reading failed or that the card was lost.
  static func isMeant(by line: Line) -> Bool {
    let words = line.words
    return !Closing.isNotice(words)
      && (denies(words) || hasWord(words) || ends(words) || Closing.isPageOfMore(words))
  }

  /// Whether the line is of a page that explains cards in general: « Dans le cas où une donnée est manquante, … ».
  static func isGeneral(_ line: Line) -> Bool {
    line.tokens.count > 16 && !line.isItem && line.followsBlank
      && [["dans", "le", "cas", "ou"], ["au", "cas", "ou"]].contains { line.words.starts(with: $0) }
  }

  /// Whether the line is a usual end of a letter, a page or a mail, and nothing else.
  static func isClosing(_ line: Line) -> Bool { !line.isItem && Closing.isClosing(line) }

  /// Whether something is denied; « n° 12 », « au plus tard » and « n'hésitez pas » deny nothing.
  private static func denies(_ words: [String]) -> Bool {
    words.indices.contains { index in
      guard Phrases.negations.contains(words[index]) else { return false }
      let before = index > 0 ? words[index - 1] : ""
      let next = index + 1 < words.count ? words[index + 1] : ""
      return switch words[index] {
      case "n": !["°", "º"].contains(next) && !Closing.invitations.contains(next)
      case "no": next.isEmpty || !next.unicodeScalars.allSatisfy(Scalars.isDigit)
      case "pas": !Closing.invitations.contains(before)
      case "plus": !(["au", "en"].contains(before) && ["tard", "tot", "vite", "de", "d"].contains(next))
      case "point": !["le", "un", "ce"].contains(before)
      default: true
      }
    }
  }

  /// Whether something comes to its end: « Fin de droits », « fin de validité 30/06/2026 », « la caisse y met fin ».
  private static func ends(_ words: [String]) -> Bool {
    guard let place = words.firstIndex(of: "fin") else { return false }
    let isSaid = words.contains { word in
      word.unicodeScalars.contains(where: Scalars.isDigit) || word.hasPrefix("droit")
    }
    return isSaid
      || place > 0 && ["mis", "met", "mise", "prend", "pris", "prise", "a"].contains(words[place - 1])
  }

  /// Whether what stands below a block may take back what the block permits, separated from it by titles and labels.
  ///
  /// They may have come in between, and the word may be damaged. So up to the next « autorisé à signer … », each line must
  /// be one that a report may have at its place.
  static func isMeant(below lines: ArraySlice<Line>) -> Bool {
    // The card's dates may have been pasted below, with their title.
    var isOfCard = lines.prefix(6).contains { $0.role == .cardTitle }
    // A word that takes back, in the first line of words.
    if let line = lines.prefix(6).first(where: { $0.role == .other }), line.tokens.count <= 16,
      line.endsInNegation || hasWord(line.words), !(isOfCard && CardDates.isExpiry(line))
    {
      return true
    }
    var above: Line?
    var isFree = false
    isOfCard = false
    for (index, line) in zip(lines.indices, lines) {
      switch line.role {
      case .cardTitle: isOfCard = true
      case .other where isOfCard && CardDates.isExpiry(line): continue
      // A report has no title of another kind after its situations.
      case .otherTitle: return true
      case .other where Phrases.isMentioned(in: line): return false
      case .other where isFree: continue
      case .other:
        if line.isOdd(below: above) || line.endsInNegation || hasNearWord(line.words) { return true }
        if let above, above.role == .other, isPossible(by: line, below: above) { return true }
        // The names of places of practice, which may be any words, follow « Type d'identifiant de structure ».
        isFree = above?.role.endsBlock == true
      case .authorisations(let place) where place < line.tokens.count: return false
      default:
        if line.hasOddValue(above: lines.dropFirst(index + 1 - lines.startIndex).first) { return true }
        isFree = false
      }
      above = line
    }
    return false
  }

  /// Whether a line of someone's own words stands so apart from the others, as an item or a few words below a line that was not
  /// wrapped, that it may take something back by a word that is damaged.
  static func isPossible(by line: Line, below above: Line) -> Bool {
    let words = line.tokens.filter { $0.isWord && !$0.isNumber }
    guard let first = words.first, line.tokens.first?.isNumber != true,
      line.isItem || words.count <= 3 && (line.followsBlank || above.content.count < 20),
      !greetings.contains(first.text), !openings.contains(first.text)
    else { return false }
    return !isCapitalised(first, in: line) || hasNearWord(words.map(\.text))
  }

  /// Whether one of the words takes something back, or says that the reading failed.
  static func hasWord(_ words: [String]) -> Bool {
    words.contains { word in wholeWords.contains(word) || stems.contains { word.hasPrefix($0) } }
  }

  /// Like ``hasWord(_:)``, where the names of specialities may stand, which may begin like such words: « Radiologie ».
  static func hasWordBesideSpecialities(_ words: [String]) -> Bool {
    hasWord(words.filter { !$0.hasPrefix("radio") })
  }

  /// Whether one of the words is a usual one that takes back, but for one letter: « rfusé », « retxrée ».
  private static func hasNearWord(_ words: [String]) -> Bool {
    words.contains { word in usual.contains { Nearness.isNear(word, to: $0) } }
  }

  /// Usual words that take something back, long enough to be told from others when a letter is damaged.
  private static let usual = [
    "refuse", "suspendu", "suspension", "retire", "retrait", "revoque", "annule", "supprime", "interdit",
    "inactif",
    "inactive", "desactive", "expire", "perime", "bloque", "invalide", "rejete", "resilie", "oppose",
    "abroge", "limite",
    "restreint", "inhibe", "neutralise", "denied", "cancelled", "disabled", "withdrawn",
  ]

  /// Whether the line is clearly something else, even if the text is damaged.
  static func isPlainlyNot(_ line: Line) -> Bool {
    if isClosing(line) { return true }
    if Disowning.isMeant(by: line) || Closing.isOddThanks(line) { return false }
    let isNotice = Closing.isNotice(line.words)
    guard !line.isItem, !isMeant(by: line), isNotice || !Closing.speaksOfMatter(line.words),
      let first = line.tokens.first, first.isWord
    else { return false }
    let words = line.tokens.filter(\.isWord)
    if greetings.contains(first.text) {
      // « Cordialement, » and a damaged word.
      let isAlone =
        words.count == 2 && !isCapitalised(words[1], in: line) && !greetings.contains(words[1].text)
      return !isAlone && !hasNearWord(words.map(\.text)) && !line.tokens.contains { $0.text == "-" }
    }
    guard line.followsBlank else { return false }
    if words.count >= 3, openings.contains(first.text) { return true }
    return words.count >= 2 && words.count <= 5 && words.allSatisfy { isCapitalised($0, in: line) }
      && words.contains { !isUpperCase($0, in: line) }
  }

  private static func isCapitalised(_ word: Token, in line: Line) -> Bool {
    line.content[word.range.lowerBound].properties.isUppercase
  }

  private static func isUpperCase(_ word: Token, in line: Line) -> Bool {
    line.content[word.range].allSatisfy { !$0.properties.isLowercase }
  }

  /// The stems of words that take something back, in French and English.
  private static let stems = [
    "refus", "suspen", "retir", "retrait", "revo", "annul", "supprim", "interdi", "inacti", "desactiv",
    "expir", "perim",
    "bloqu", "invalid", "rejet", "resili", "caduc", "echu", "cess", "oppos", "abrog", "abrege", "raye",
    "barre", "radi",
    "denie", "withdr", "disab", "cancel", "forbid", "termin", "sauf", "reserve", "faux", "fausse",
    "provisoir",
    "attente", "limit", "restr", "exclu", "erron", "deni", "restein", "inhib", "neutralis", "ferm", "clos",
    "except",
    "erreur", "error", "incompl", "interromp", "interrup", "echec", "echou", "perdu", "perte", "impossib",
    "illisib",
    "tronqu", "partiel", "defail", "defect", "anomali", "manqu", "introuv", "corromp", "fail", "lost",
    "stolen",
    "incorrect", "inexploit", "inutilis", "arret", "stop", "sanction", "deconvention", "obsol",
  ]

  /// Words that say the same, and begin other words too: « volontiers », « remplaçant ».
  private static let wholeWords: Set<String> = [
    "vol", "vole", "volee", "voles", "volees", "remplacee", "remplace", "cassee", "detruite", "rendue",
    "inexact", "inexacte", "inexacts", "inexactes", "modele", "exemple", "sample", "datent", "endommagee",
  ]

  /// The endings of letters, and what mail programs add below them.
  private static let greetings: Set<String> = [
    "cordialement", "salutations", "merci", "bonjour", "bonsoir", "sincerement", "bien", "respectueusement",
    "envoye",
    "confraternellement", "amicalement", "sinceres", "beaucoup", "tel", "telephone", "mobile", "fax", "mail",
    "email", "courriel", "regards", "thanks", "sent",
  ]

  /// The beginnings of a separate sentence. None of them results from a negation or « refusé » that has lost a few
  /// letters.
  private static let openings: Set<String> = [
    "la", "le", "les", "l", "il", "elle", "ils", "elles", "je", "j", "nous", "vous", "mon", "ma", "mes",
    "votre", "vos",
    "notre", "nos", "ce", "cette", "ces", "dans", "pour", "si", "voici", "voila", "quand", "comme", "the",
    "this", "my", "our", "your", "we", "it",
  ]
}

extension Line {
  /// Whether something hangs on a title or label that is not part of its value.
  ///
  /// - Parameter next: the line below, on which « Non défini » may end.
  fileprivate func hasOddValue(above next: Line?) -> Bool {
    let value: ArraySlice<Token>
    switch role {
    case .identifier(let place): return !LooseEnd.isSound(self, from: place)
    case .speciality(let place), .agreement(let place):
      value = tokens(from: place)
      // The names of specialities may begin like words that take back: « Radiologie ».
      if hasOddBracket(value) { return true }
      if endsInNegation ? next?.completesUndefined != true : isOddDenial(value) { return true }
    case .exercise:
      value = tokens.dropFirst()
      if hasOddPractice { return true }
    case .billing: return isOddBilling
    default: return false
    }
    return value.contains { !$0.isWord && ![",", "(", ")", "/", "-", "–", "&", ".", ":"].contains($0.text) }
  }

  /// Whether a report has no such line there, up to the next authorisations.
  ///
  /// Its labels, and the items below them, begin with a capital letter or a number.
  ///
  /// - Parameter above: the line above.
  fileprivate func isOdd(below above: Line?) -> Bool {
    // « : » begins the rest of a label that was wrapped.
    guard let first = tokens.drop(while: { $0.text == ":" }).first, first.isWord else { return true }
    if first.isNumber || content[first.range.lowerBound].properties.isUppercase { return false }
    // Wrapped lines.
    guard !isItem, !followsBlank, let above else { return true }
    return switch above.role {
    // No mail program wraps a line as short as « Spécialité Assurance Maladie : Non définie ».
    case .speciality: above.endsInNegation ? !completesUndefined : above.content.count < 44
    case .agreement: !["defini", "d", "agrement", "radio"].contains(first.text)
    case .exercise: !["exploitant", "ou", "commercant"].contains(first.text)
    case .other: false
    default: true
    }
  }
}
