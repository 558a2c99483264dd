package import Preflight

/// A JSON value that knows where it stands in its text.
///
/// Foundation's decoder keeps no places, silently takes one of two equal keys, and costs a start-up more
/// than the whole judgement: none of which a tool may do that tells people which field is wrong.
package struct JSONValue: Sendable {
  package enum Content: Sendable {
    case null
    case boolean(Bool)
    /// A number, as it is written.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([Member])
  }

  /// A key of an object and its value.
  package struct Member: Sendable {
    package let name: String
    /// Where the name begins, in bytes from the start of the text.
    package let nameOffset: Int
    package let value: JSONValue
  }

  package let content: Content
  /// Where the value begins, in bytes from the start of the text.
  package let offset: Int

  /// Whether it says the same, wherever it stands and in whatever order its members are; numbers count as they are written.
  package func means(_ other: JSONValue) -> Bool {
    switch (content, other.content) {
    case (.null, .null): true
    case (.boolean(let one), .boolean(let other)): one == other
    case (.number(let one), .number(let other)), (.string(let one), .string(let other)): one == other
    case (.array(let one), .array(let other)):
      one.count == other.count && zip(one, other).allSatisfy { $0.means($1) }
    case (.object(let one), .object(let other)):
      one.count == other.count
        && zip(one.sorted { $0.name < $1.name }, other.sorted { $0.name < $1.name })
          .allSatisfy { $0.name == $1.name && $0.value.means($1.value) }
    default: false
    }
  }
}

/// Why a text is not JSON, and where.
package struct JSONFault: Error, Sendable {
  package enum Reason: Sendable {
    case notUTF8
    case endOfText
    case unexpectedCharacter
    case badNumber
    case badEscape
    case controlCharacter
    case trailingText
    case tooDeep
    case duplicateKey(String)
  }

  package let reason: Reason
  /// In bytes from the start of the text.
  package let offset: Int
}

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
