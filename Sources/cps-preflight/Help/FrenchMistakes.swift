import Preflight

/// ArgumentParser's words about a mistake on the command line, in French.
///
/// They are told apart by their wording, as nothing else about them can be seen from outside ArgumentParser.
/// Words that are not known stay English: a test makes each mistake that a command line can make.
enum FrenchMistakes {
  /// Returns ArgumentParser's whole message in French: the mistake, the help of the option, the call.
  static func text(_ english: String) -> String {
    var lines = english.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let start = lines.first, start.hasPrefix(error) else { return english }
    // The mistake may take several lines; the help and the call follow it.
    let end = lines.dropFirst().firstIndex { $0.hasPrefix(help) || $0.hasPrefix(usage) } ?? lines.endIndex
    let mistake = ([String(start.dropFirst(error.count))] + lines[1..<end]).joined(separator: "\n")
    lines.replaceSubrange(..<end, with: ["Erreur\u{A0}: \(words(mistake))"])
    return lines.map(line).joined(separator: "\n")
  }

  private static let error = "Error: "
  private static let help = "Help:  "
  private static let usage = "Usage: "

  /// Returns one of the lines after the mistake.
  private static func line(_ english: String) -> String {
    if english.hasPrefix(usage) {
      return "Usage\u{A0}: " + HelpTexts.valueNames(in: String(english.dropFirst(usage.count)), .french)
    }
    if english.hasPrefix(help) {
      // The option, two spaces, and what it is for.
      let words = english.dropFirst(help.count)
      guard let gap = words.firstRange(of: "  ") else { return "Aide\u{A0}:  " + words }
      return "Aide\u{A0}:  " + HelpTexts.valueNames(in: String(words[..<gap.lowerBound]), .french) + "  "
        + HelpTexts.words(declared(String(words[gap.upperBound...])), .french)
    }
    if let holes = match(english, "  See % for more information.") {
      return "  Pour en savoir plus\u{A0}: \(quoted(holes[0]))."
    }
    return english
  }

  /// Returns what an option is for, as it is declared: a number in it that was typed as well is hidden.
  private static func declared(_ words: String) -> String {
    guard words.contains(TypedCode.shown) else { return words }
    let pattern = words.replacing(TypedCode.shown, with: "%")
    return HelpTexts.french.keys.first { match($0, pattern) != nil } ?? words
  }

  /// Returns the mistake itself; what is not known of it stays as it is, in French quotes.
  private static func words(_ english: String) -> String {
    for (pattern, french) in patterns {
      guard let typed = match(english, pattern) else { continue }
      var holes = typed.map(words)[...]
      return french.split(separator: "%", omittingEmptySubsequences: false).enumerated()
        .map { index, part in index == 0 ? String(part) : (holes.popFirst() ?? "") + part }.joined()
    }
    return quoted(english)
  }

  /// The wordings of ArgumentParser, longer ones first; `%` is what was typed or declared.
  private static let patterns: [(english: String, french: String)] = [
    ("%\n   or: %", "%\n   ou\u{A0}: %"),
    ("Unknown option %. Did you mean %?", "option inconnue %\u{A0}; peut-être %\u{A0}?"),
    ("Unknown option %", "option inconnue %"),
    ("Missing value for % in %", "il manque la valeur de % dans %"),
    ("Missing value for %", "il manque la valeur de %"),
    (
      "The option % does not take any value, but % was specified.",
      "l’option % ne prend pas de valeur\u{A0}: retirer %"
    ),
    ("Unexpected argument %", "argument inattendu %"),
    ("% unexpected arguments: %", "% arguments inattendus\u{A0}: %"),
    ("Missing expected argument %", "il manque l’argument %"),
    ("Missing one of: %", "il manque l’un de %"),
    (
      "The value % is invalid for %. Please provide one of the following:\n%",
      "la valeur % n’est pas valable pour %\u{A0}; donner l’une de celles-ci\u{A0}:\n%"
    ),
    (
      "The value % is invalid for %. Please provide one of %.",
      "la valeur % n’est pas valable pour %\u{A0}; donner %."
    ),
    ("The value % is invalid for %", "la valeur % n’est pas valable pour %"),
    (
      "Can't autodetect a supported shell.\nPlease use % with one of:\n%",
      "le shell n’est pas reconnu\u{A0}; donner % avec l’un de ceux-ci\u{A0}:\n%"
    ),
    (
      "Can't generate completion scripts for %.\nPlease use % with one of:\n%",
      "il n’y a pas de complétion pour %\u{A0}; donner % avec l’un de ceux-ci\u{A0}:\n%"
    ),
    ("Invalid option: %", "option incorrecte\u{A0}: %"),
    ("Name a command.", "nommer une commande."),
  ]

  /// Returns what is in the place of each `%` of the pattern; nil if the text does not have that wording.
  private static func match(_ text: String, _ pattern: String) -> [String]? {
    var parts = pattern.split(separator: "%", omittingEmptySubsequences: false)[...]
    guard let first = parts.popFirst(), text.hasPrefix(first) else { return nil }
    var rest = text.dropFirst(first.count)
    var holes: [String] = []
    while let part = parts.popFirst() {
      if parts.isEmpty {
        guard rest.hasSuffix(part) else { return nil }
        holes.append(String(rest.dropLast(part.count)))
        return holes
      }
      guard let found = rest.firstRange(of: part) else { return nil }
      holes.append(String(rest[..<found.lowerBound]))
      rest = rest[found.upperBound...]
    }
    return rest.isEmpty ? holes : nil
  }

  /// Returns the words with French quotes, names of values and conjunctions.
  private static func quoted(_ english: String) -> String {
    let parts = english.split(separator: "'", omittingEmptySubsequences: false)
    guard parts.count > 1, parts.count % 2 == 1 else { return english }
    return parts.enumerated().map { index, part in
      guard index % 2 == 0 else { return "«\u{A0}\(HelpTexts.valueNames(in: String(part), .french))\u{A0}»" }
      return part == " and " ? " et " : part == " or " ? " ou " : String(part)
    }.joined()
  }
}
