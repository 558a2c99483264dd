package import Preflight

extension JSONFault {
  /// What is wrong, for the person who wrote the file.
  package var message: LocalizedText {
    switch reason {
    case .notUTF8: LocalizedText(fr: "ce n'est pas de l'UTF-8", en: "this is not UTF-8")
    case .endOfText:
      LocalizedText(
        fr: "le texte JSON s'arrête trop tôt (fichier tronqué ?)", en: "the JSON ends too early (truncated?)")
    case .unexpectedCharacter:
      LocalizedText(
        fr: "caractère inattendu : ce n'est pas du JSON", en: "unexpected character: this is not JSON")
    case .badNumber: LocalizedText(fr: "nombre mal écrit", en: "badly written number")
    case .badEscape: LocalizedText(fr: "séquence « \\ » inconnue", en: "unknown “\\” sequence")
    case .controlCharacter:
      LocalizedText(
        fr: "caractère de contrôle, ou fin de ligne, dans un texte (guillemets non fermés ?)",
        en: "a control character, or a line's end, in a string (quotes not closed?)")
    case .trailingText:
      LocalizedText(fr: "texte en trop après la fin du JSON", en: "there is text after the end of the JSON")
    case .tooDeep:
      LocalizedText(
        fr: "plus de \(JSONReader.depthLimit) niveaux imbriqués",
        en: "more than \(JSONReader.depthLimit) nested levels")
    case .duplicateKey(let name):
      LocalizedText(
        fr: "la clé « \(shownKey(name)) » est donnée deux fois",
        en: "the key “\(shownKey(name))” is given twice")
    }
  }
}
