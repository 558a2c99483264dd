/// Usual ends of letters, pages and mails, which stand below a report and say nothing of it.
enum Closing {
  /// Whether the whole line is such an end: « Bonne journée », « Page 1 sur 1 », « Fait à Paris, le 26/11/2026 ».
  static func isClosing(_ line: Line) -> Bool {
    guard line.tokens.count <= 24 else { return false }
    let words = line.tokens.filter(\.isWord).map(\.text)
    // Strokes and crosses say something about the line.
    guard line.tokens.allSatisfy({ $0.isWord || [",", ".", "!", "/", "-", ":"].contains($0.text) }),
      let first = words.first
    else { return false }
    switch first {
    case "bonne", "belle", "excellente", "bon":
      return words.count >= 2 && words.allSatisfy(wordsOfWishes.contains)
    case "page": return pages(words) != nil && !isPageOfMore(words)
    case "fait": return isPlaceAndDay(line)
    case "obtenir", "get":
      return words.count == 4 && words[1] == "outlook" && ["ios", "android", "mac"].contains(words[3])
    case "pensez":
      return words.starts(with: ["pensez", "a", "l", "environnement"])
        && words.dropFirst(4).allSatisfy(wordsOfPrinting.contains)
    case "garanti": return words.starts(with: ["garanti", "sans", "virus"]) && words.count <= 6
    case "fin": return ["message", "mail", "courriel"].contains(words.last) && words.count == 3
    default:
      let isOfParts =
        words.count == 3 && isNumber(first) && words[1].hasPrefix("piece") && words[2].hasPrefix("jointe")
      return isOfParts || words.allSatisfy(wordsOfPoliteness.contains)
    }
  }

  /// Whether the line begins with « Merci », and goes on with more than thanks: « Merci d'attendre lundi ». Words with a capital letter
  /// are names.
  static func isOddThanks(_ line: Line) -> Bool {
    guard line.tokens.first?.text == "merci" else { return false }
    return !line.tokens.dropFirst().allSatisfy { token in
      !token.isWord || wordsOfThanks.contains(token.text) || wordsOfPoliteness.contains(token.text)
        || wordsOfWishes.contains(token.text) || line.content[token.range.lowerBound].properties.isUppercase
    }
  }

  private static let wordsOfThanks: Set<String> = [
    "beaucoup", "infiniment", "encore", "mille", "fois", "aide", "confirmation", "patience", "comprehension",
    "disponibilite",
    "rapidite", "temps", "attention", "efficacite", "collaboration", "confiance", "ce", "cette", "docteur",
    "si", "vite",
    "confirmer", "me", "moi", "repondre", "rapidement",
  ]

  /// The words of the endings of French letters.
  private static let wordsOfPoliteness: Set<String> = [
    "dans", "l", "attente", "de", "d", "votre", "vos", "retour", "reponse", "part", "je", "nous", "reste",
    "restons", "restant", "a", "entiere", "disposition", "vous", "prie", "agreer", "recevoir", "madame",
    "monsieur",
    "expression", "mes", "nos", "sentiments", "salutations", "distinguees", "meilleures", "sinceres",
    "cordiales",
    "bien", "tres", "cordialement", "respectueusement", "confraternellement", "remerciant", "remercie", "par",
    "avance", "merci", "pour", "tout", "toute", "renseignement", "information", "complementaire", "en", "et",
  ]

  /// Whether the words name a page, and there are more, which may take back what this one permits: « Page 1 sur 2 ».
  static func isPageOfMore(_ words: [String]) -> Bool {
    pages(words).map { $0.count == 2 && $0[0] != $0[1] } == true
  }

  /// The numbers of « Page 1 sur 2 », « Page 1/2 » or « Page 1 ». Nil if the words are something else.
  private static func pages(_ words: [String]) -> [String]? {
    guard words.first == "page" else { return nil }
    let numbers = words.dropFirst().filter { !["sur", "of", "/", "-", "."].contains($0) }
    return (1...2).contains(numbers.count) && numbers.allSatisfy(isNumber) ? Array(numbers) : nil
  }

  /// Whether the line is the notice that mail programs add: it speaks of its addressee, and of no card.
  static func isNotice(_ words: [String]) -> Bool {
    let isOfMail = words.contains { word in
      ["destinataire", "confidenti", "recipient"].contains { word.hasPrefix($0) }
    }
    return isOfMail
      && !words.contains { word in
        Phrases.opensPhrase(word) || matters.contains { word.hasPrefix($0) }
      }
      && !Revocation.hasWord(words.filter { word in !wordsOfNotices.contains { word.hasPrefix($0) } })
  }

  /// The beginnings of words of such notices that take something back elsewhere.
  private static let wordsOfNotices = [
    "erreur", "error", "interdi", "supprim", "reserve", "sauf", "exclu", "stop",
  ]

  /// What a polite reader is invited to do, after « n' » and before « pas ».
  static let invitations: Set<String> = ["hesitez", "hesite", "oubliez", "imprimez"]

  /// « Fait à Paris, le 26/11/2026 ».
  private static func isPlaceAndDay(_ line: Line) -> Bool {
    let words = line.tokens.filter(\.isWord)
    guard words.count >= 5, words[1].text == "a",
      let day = words.dropFirst(3).lastIndex(where: { $0.text == "le" })
    else { return false }
    let place = words[2..<day]
    let date = words[(day + 1)...]
    return place.count <= 6 && !Revocation.hasWord(place.map(\.text))
      && !place.contains { Phrases.negations.contains($0.text) }
      && place.allSatisfy { word in
        line.content[word.range.lowerBound].properties.isUppercase
          || ["sur", "en", "les", "la", "le", "l", "d"].contains(word.text)
      }
      && (1...3).contains(date.count)
      && date.allSatisfy { $0.isNumber || Session.Creation.month($0.text) != nil }
  }

  private static func isNumber(_ word: String) -> Bool { word.unicodeScalars.allSatisfy(Scalars.isDigit) }

  private static let wordsOfWishes: Set<String> = [
    "bonne", "belle", "excellente", "bon", "journee", "soiree", "semaine", "week", "end", "weekend", "fin",
    "de", "apres",
    "midi", "reception", "lecture", "continuation", "et", "a", "vous", "tous", "toute", "l", "equipe", "bien",
    "cordialement",
  ]

  private static let wordsOfPrinting: Set<String> = [
    "avant", "d", "imprimer", "ce", "cet", "mail", "e", "message", "courriel", "document",
  ]

  /// Whether the line speaks of the card, of what it permits, or of the report: what it says of them is not understood.
  ///
  /// « Voici le rapport que vous avez demandé » only hands it over.
  static func speaksOfMatter(_ words: [String]) -> Bool {
    let handsOver = words.first.map(wordsOfHandingOver.contains) == true
    return words.contains { word in
      matters.contains { word.hasPrefix($0) } && !(handsOver && wordsOfReport.contains { word.hasPrefix($0) })
    }
  }

  private static let wordsOfHandingOver: Set<String> = ["voici", "voila", "ci", "vous", "trouvez", "here"]
  private static let wordsOfReport = ["rapport", "report", "lecture"]

  /// The beginnings of words of a card and of what it permits.
  private static let matters = [
    "carte", "cps", "cpe", "cpam", "caisse", "autoris", "lots", "fse", "factur", "teletrans", "signat",
    "signe",
    "situation", "droit", "habilit", "rapport", "report", "permission", "card", "batch", "porteur", "lecture",
  ]
}
