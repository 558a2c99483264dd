import Preflight

extension Finding {
  /// Makes the finding for a syntax error, with libyaml's problem translated.
  static func syntax(_ error: YAMLSyntaxError, file: Int) -> Self {
    let known = wordings.first { error.problem.contains($0.problem) }
    let message =
      known?.message
      ?? LocalizedText(
        fr: "syntaxe YAML incorrecte (\(error.problem))", en: "invalid YAML syntax (\(error.problem))")
    // Quotes that are never closed are corrected where they were opened.
    let isOpen = ["end of stream", "document indicator"].contains { error.problem.contains($0) }
    return Self(
      id: .syntax, span: Span(at: isOpen ? error.context ?? error.place : error.place, file: file),
      message: message, proposal: known?.proposal.map { Proposal($0) }, began: error.context)
  }

  /// Part of libyaml's problem, and its translation.
  private struct Wording: Sendable {
    let problem: String
    let message: LocalizedText
    let proposal: LocalizedText?
  }

  private static let wordings: [Wording] = [
    Wording(
      problem: "mapping values are not allowed in this context",
      message: LocalizedText(
        fr: "deux-points inattendu : retrait incorrect, ou texte contenant « : » sans guillemets",
        en: "unexpected colon: wrong indentation, or a text with a “:” that is not in quotes"),
      proposal: LocalizedText(
        fr: "aligner la clé sur ses voisines, ou mettre le texte entre guillemets",
        en: "align the key with its neighbours, or put the text in quotes")),
    Wording(
      problem: "did not find expected key",
      message: LocalizedText(
        fr: "une clé était attendue ici : retrait incorrect ou tiret en trop",
        en: "a key was expected here: wrong indentation, or a dash too many"),
      proposal: LocalizedText(
        fr: "aligner cette ligne sur les clés qui la précèdent",
        en: "align this line with the keys before it")),
    Wording(
      problem: "did not find expected '-' indicator",
      message: LocalizedText(
        fr: "un tiret « - » était attendu ici : retrait incorrect ou tiret oublié",
        en: "a dash “-” was expected here: wrong indentation, or a missing dash"),
      proposal: LocalizedText(
        fr: "commencer l'élément de liste par « - »", en: "begin the list item with “- ”")),
    Wording(
      problem: "could not find expected ':'",
      message: LocalizedText(
        fr: "« : » manque après cette clé, ou n'est pas suivi d'une espace",
        en: "“:” is missing after this key, or no space follows it"),
      proposal: LocalizedText(fr: "écrire « clé: valeur »", en: "write “key: value”")),
    Wording(
      problem: "found unexpected end of stream",
      message: LocalizedText(
        fr: "le fichier finit avant la fin d'un texte entre guillemets",
        en: "the file ends inside a text in quotes"),
      proposal: LocalizedText(fr: "fermer les guillemets", en: "close the quotes")),
    Wording(
      problem: "found unexpected document indicator",
      message: LocalizedText(
        fr: "« --- » ou « ... » à l'intérieur d'un texte entre guillemets",
        en: "“---” or “...” inside a text in quotes"),
      proposal: LocalizedText(fr: "fermer les guillemets", en: "close the quotes")),
    Wording(
      problem: "did not find expected ',' or ']'",
      message: LocalizedText(
        fr: "« , » ou « ] » manque dans la liste entre crochets", en: "“,” or “]” is missing in the list"),
      proposal: nil),
    Wording(
      problem: "did not find expected ',' or '}'",
      message: LocalizedText(
        fr: "« , » ou « } » manque dans la table entre accolades", en: "“,” or “}” is missing in the map"),
      proposal: nil),
    Wording(
      problem: "found character that cannot start any token",
      message: LocalizedText(
        fr: "ce caractère ne peut rien commencer ici ; le texte doit être entre guillemets",
        en: "nothing may begin with this character here; the text must be in quotes"),
      proposal: nil),
    Wording(
      problem: "control characters are not allowed",
      message: LocalizedText(
        fr: "caractère de contrôle invisible", en: "an invisible control character"),
      proposal: LocalizedText(fr: "le supprimer", en: "remove it")),
  ]
}
