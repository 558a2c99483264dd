package import Preflight

/// A JSON value with its position in the text.
///
/// Foundation's decoder keeps no positions, silently accepts one of two equal keys, and takes longer to start than
/// the whole judgement. A tool that reports which field is wrong needs the positions and the errors.
package struct JSONValue: Sendable {
  /// The value itself, by JSON type.
  package enum Content: Sendable {
    case null
    case boolean(Bool)
    /// A number, in the digits of the text.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([Member])
  }

  /// A member of an object.
  package struct Member: Sendable {
    /// The name, with escapes decoded.
    package let name: String
    /// The start of the name, in bytes from the start of the text.
    package let nameOffset: Int
    /// The value of the member.
    package let value: JSONValue
  }

  /// The value, without its position.
  package let content: Content
  /// The start of the value, in bytes from the start of the text.
  package let offset: Int

  /// Returns whether both values are equal, regardless of positions and the order of members. Numbers are equal if
  /// their digits are.
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

/// Why a text is not valid JSON, and where.
package struct JSONFault: Error, Sendable {
  /// The kind of error.
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

  /// The kind of error.
  package let reason: Reason
  /// The position of the error, in bytes from the start of the text.
  package let offset: Int
}

extension JSONFault {
  /// The error as a sentence, for the person who wrote the file.
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
