/// What a billing block holds between its labels: the conventional data below « Spécialité Assurance Maladie », and the value of «
/// Code Agrément ».
///
/// These come from short tables of the card (convention, tariff zone, kilometric allowance, approvals), so what is not made of their
/// words is someone's own, and may take back what stands below: « FSE seulement », « lots à faire signer par la clinique ».
enum BlockValues {
  /// Whether the line is one of these values, or the rest of one that was wrapped.
  static func isKnown(_ line: Line, below above: Line?) -> Bool {
    guard line.tokens.count <= 24 else { return false }
    if isKnown(line.tokens[...]) { return true }
    guard let above else { return false }
    return above.beginsLabel && isEndOfLabel(line) || isWrapped(line, below: above)
  }

  /// Whether the line begins with the end of « Spécialité Assurance Maladie : » or « Code Agrément : », and a name follows.
  private static func isEndOfLabel(_ line: Line) -> Bool {
    let place = line.tokens.prefix(3).firstIndex { $0.text == ":" }
    guard let place,
      line.tokens[..<place].allSatisfy({ ["assurance", "maladie", "agrement"].contains($0.text) })
    else {
      return false
    }
    let value = line.tokens[(place + 1)...]
    return isKnown(value) || value.allSatisfy(isOfName)
  }

  /// Whether the value of « Code Agrément » is one of the table, or nothing.
  static func isAgreement(_ value: ArraySlice<Token>) -> Bool { value.isEmpty || isKnown(value) }

  private static func isKnown(_ value: ArraySlice<Token>) -> Bool {
    let words = value.filter(\.isWord).map(\.text)
    guard !words.isEmpty, value.count <= 24,
      value.allSatisfy({ $0.isWord ? isKnown($0) : signs.contains($0.text) })
    else { return false }
    // « Non conventionné », « Pas d'agrément », « Sans indemnité kilométrique »: the denial is the whole value's.
    let places = words.indices.filter { denials.contains(words[$0]) }
    guard let first = places.first else { return true }
    // « défini » may have been wrapped off.
    return places.count == 1 && first == 0
      && (words.count == 1 || words.dropFirst().contains { denied.contains($0) })
  }

  private static func isKnown(_ word: Token) -> Bool {
    words.contains(word.text) || denials.contains(word.text) || word.text.utf8.count == 1
      || word.isNumber && word.text.utf8.count <= 2 || stems.contains { word.text.hasPrefix($0) }
  }

  /// Whether the line is the end of a speciality's name that a mail program wrapped: « … et\nimagerie médicale ».
  private static func isWrapped(_ line: Line, below above: Line) -> Bool {
    var isOfSpeciality = isEndOfLabel(above)
    if case .speciality = above.role { isOfSpeciality = true }
    guard isOfSpeciality, !line.isItem, !line.followsBlank, let first = line.tokens.first,
      above.content.count + first.range.count >= narrowest
    else { return false }
    return line.tokens.allSatisfy(isOfName)
  }

  private static func isOfName(_ token: Token) -> Bool {
    token.isWord
      ? wordsOfNames.contains(token.text) || endings.contains { token.text.hasSuffix($0) }
      : [",", "(", ")", ".", "/", "-"].contains(token.text)
  }

  /// The narrowest width at which lines are wrapped.
  private static let narrowest = 24

  private static let denials: Set<String> = ["non", "pas", "sans", "hors", "aucun", "aucune"]
  private static let denied: Set<String> = [
    "conventionne", "conventionnee", "defini", "definie", "definis", "definies", "agrement", "indemnite",
    "indemnites", "ik", "zone", "renseigne", "renseignee", "objet", "concerne", "concernee", "applicable",
    "convention",
  ]
  private static let signs: Set<String> = [",", "(", ")", ".", "/", ":", "-", "–", "+", "&", "|", ";"]

  /// The beginnings of words of these tables, whose endings vary.
  private static let stems = [
    "convention", "honorair", "indemnit", "kilometr", "depassement", "tarif", "agre", "adhe", "etablissement",
    "hospital", "option",
    "maitris", "radio", "scanner", "mammo", "echograph", "urbain", "rura", "fragil", "sousdot",
  ]

  private static let words: Set<String> = [
    "objet", "concerne", "concernee", "applicable", "neant", "inconnu", "inconnue", "droit", "libre",
    "principal", "secondaire",
    "ii", "iii", "iv", "sous", "sur", "tres", "dotee", "dense", "intermediaire", "normal", "normale",
    "standard", "hopital",
    "clinique", "public", "prive", "montagneux",
    "defini", "definie", "definis", "definies", "renseigne", "renseignee", "conventionne", "conventionnee",
    "conventionnes", "secteur", "honoraires", "libres", "depassement", "depassements", "permanent", "dp",
    "optam", "co", "tarifaire", "maitrisee", "option", "pratique", "adherent", "avec", "etablissement",
    "etablissements", "centre", "centres", "ou", "et", "de", "d", "du", "des", "la", "le", "l", "sante",
    "zone",
    "zones", "indemnite", "indemnites", "kilometrique", "kilometriques", "ik", "plaine", "montagne", "pied",
    "ski", "agrement", "agrements", "radio", "radiologie", "radiologique", "scanner", "irm", "mammographie",
    "numerique", "analogique", "panoramique", "dentaire", "appareil", "convention", "tarif", "paris", "lyon",
    "marseille", "agglomeration", "metropole", "antilles", "guyane", "reunion", "mayotte",
  ]

  private static let wordsOfNames: Set<String> = [
    "et", "de", "d", "des", "du", "l", "la", "le", "en", "ou", "a", "generale", "general", "interne",
    "imagerie", "enfant", "adolescent", "adolescents", "reanimation", "anesthesie", "obstetrique", "dentaire",
    "vasculaire", "cardio", "maxillo", "faciale", "officine", "pharmacie", "metabolismes", "metabolisme",
    "nutrition", "sante", "publique", "travail", "femme", "sage", "kinesitherapeute", "masseur", "podologue",
    "rhino", "laryngologie", "reeducation", "readaptation", "fonctionnelle", "reconstructrice", "nucleaire",
    "legale", "urgence", "urgences", "geriatrie", "orale", "plastique", "viscerale", "infantile", "anatomie",
    "cytologie", "pathologiques", "laboratoire", "laboratoires", "analyses", "mutualiste", "medecine",
    "chirurgie", "cervico", "oto",
  ]

  /// The endings of most names of specialities.
  private static let endings = [
    "logie", "logies", "logique", "logiques", "iatrie", "rapie", "rapique", "rurgie", "rurgicale", "medicale",
    "medicales", "pedique", "diagnostic", "peute", "phoniste", "ptiste", "dicure", "rmier", "rmiere",
  ]
}
