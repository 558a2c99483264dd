import Preflight

extension ParameterError {
  /// The error for a pattern that PCRE2 refuses.
  init(_ name: String, _ fault: Pattern.Fault, in pattern: String) {
    let words = fault.message
    let place = LocalizedText(counting: fault.offset, fr: "caractère", en: "character")
    self.init(
      name,
      fr: """
        « \(pattern) » n'est pas une expression régulière PCRE2 : \(words.french) (après \(place.french))
        """,
      en: """
        “\(pattern)” is not a regular expression of PCRE2: \(words.english) (after \(place.english))
        """)
  }
}

extension Pattern.Fault {
  /// What is wrong, translated if the error is a common one, otherwise in PCRE2's own words.
  fileprivate var message: LocalizedText {
    let own = Text(words)
    // The codes of `pcre2.h`, from PCRE2_ERROR_END_BACKSLASH (101) on.
    let french: Text =
      switch code {
      case 101: "« \\ » à la fin de l'expression"
      case 103: "caractère inconnu après « \\ » ; un caractère s'écrit \\x{…}"
      case 104: "les nombres de { } ne sont pas dans l'ordre"
      case 105: "un nombre de { } est trop grand"
      case 106: "« ] » manque à la fin de la classe"
      case 107: "échappement non admis dans une classe"
      case 108: "les bornes d'un intervalle de classe ne sont pas dans l'ordre"
      case 109: "répétition sans rien à répéter"
      case 111, 112: "caractère inconnu après « (? »"
      case 114: "« ) » manque"
      case 115: "renvoi à un groupe qui n'existe pas"
      case 119, 186: "expression trop complexe : trop de parenthèses imbriquées"
      case 120: "expression trop longue"
      case 122: "« ) » en trop"
      case 125: "l'arrière (lookbehind) n'a pas une longueur fixe"
      case 130: "classe POSIX inconnue"
      case 137: "\\L, \\l, \\N{nom}, \\U et \\u ne sont pas admis ; un caractère s'écrit \\x{…}"
      case 143: "deux groupes portent le même nom"
      case 144, 162: "nom de groupe attendu, ou commençant par un chiffre"
      case 146: "« \\P » ou « \\p » mal écrit"
      case 147: "propriété inconnue après « \\P » ou « \\p »"
      case 150: "« - » mal placé dans une classe"
      case 183: "« \\C » n'est pas admis"
      default: own
      }
    return LocalizedText(fr: french, en: own)
  }
}
