/// Lines after « autorisé à signer … » that may take the permission back: « refusé », « suspendu », « retirée le … ».
///
/// There is no complete list of such words, and a damaged word is not on any list. So the line after the permissions
/// must clearly be something else: a greeting, a name, or a separate sentence. Further down, only the words are
/// searched for.
enum Revocation {
  /// Whether a short line takes something back, or is only a negation.
  static func isMeant(by line: Line) -> Bool {
    guard line.tokens.count <= 16 else { return false }
    let words = line.tokens.filter(\.isWord).map(\.text)
    if words.count <= 3, words.contains(where: Phrases.negations.contains) { return true }
    return hasWord(words)
  }

  /// Whether the first line of words below a block takes back what the block permits, separated from it by a label.
  static func isMeant(below lines: ArraySlice<Line>) -> Bool {
    if let title = lines.first, title.role == .otherTitle, isMeant(by: title) { return true }
    guard let line = lines.prefix(6).first(where: { $0.role == .other }), line.tokens.count <= 16 else {
      return false
    }
    return line.endsInNegation || hasWord(line.words)
  }

  private static func hasWord(_ words: [String]) -> Bool {
    words.contains { word in stems.contains { word.hasPrefix($0) } }
  }

  /// Whether the line is clearly something else, even if the text is damaged.
  static func isPlainlyNot(_ line: Line) -> Bool {
    guard !line.isItem, !isMeant(by: line), let first = line.tokens.first, first.isWord else { return false }
    let words = line.tokens.filter(\.isWord)
    if greetings.contains(first.text) { return true }
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
  ]

  /// The endings of letters, and what mail programs add below them.
  private static let greetings: Set<String> = [
    "cordialement", "salutations", "merci", "bonjour", "bonsoir", "sincerement", "bien", "respectueusement",
    "envoye",
    "tel", "telephone", "mobile", "fax", "mail", "email", "courriel", "regards", "thanks", "sent",
  ]

  /// The beginnings of a separate sentence. None of them results from a negation or « refusé » that has lost a few
  /// letters.
  private static let openings: Set<String> = [
    "la", "le", "les", "l", "il", "elle", "ils", "elles", "je", "j", "nous", "vous", "mon", "ma", "mes",
    "votre", "vos",
    "notre", "nos", "ce", "cette", "ces", "dans", "pour", "si", "voici", "voila", "quand", "comme", "fin",
    "erreur",
    "note", "remarque", "the", "this", "my", "our", "your", "we", "it",
  ]
}
