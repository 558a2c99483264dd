/// Words above a report that say that it is none, or is not of this card or this day: « Brouillon, données fictives », « ancienne carte ».
enum Disowning {
  /// Whether the line says so.
  static func isMeant(by line: Line) -> Bool {
    guard line.tokens.count <= 40 else { return false }
    let words = line.tokens.filter(\.isWord).map(\.text)
    return words.contains { word in wholeWords.contains(word) || stems.contains { word.hasPrefix($0) } }
      || zip(words, words.dropFirst()).contains { pair in pairs.contains { $0 == pair } }
  }

  private static let pairs = [("jeu", "d"), ("an", "dernier"), ("resultat", "attendu"), ("l", "autre")]

  private static let stems = [
    "brouillon", "fictif", "fictiv", "specimen", "maquette", "template", "simul", "archiv", "ancien",
    "mauvais", "aimerai", "voudrai",
  ]

  private static let wholeWords: Set<String> = [
    "draft", "fake", "mort", "morte", "ko", "hier", "confrere", "consoeur",
    "collegue", "demo",
    "demonstration", "test", "tests", "essai", "essais",
  ]
}
