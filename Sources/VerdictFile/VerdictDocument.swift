package import JSON
package import Preflight

/// The language of a document, and whether it shows personal data.
package struct Wording: Sendable, Hashable {
  /// The language of all words in the document.
  package let language: Language
  /// Whether personal data are masked or shown in full.
  package let disclosure: Disclosure

  package init(_ language: Language, _ disclosure: Disclosure) {
    self.language = language
    self.disclosure = disclosure
  }

  /// Returns the text in the document's language, with personal data masked or in full.
  package func words(_ text: LocalizedText) -> String { text.rendered(in: language, disclosure) }

  /// Writes the text in the document's language, with personal data masked or in full. It is made in that language only.
  package func write(_ text: LateText, to json: inout JSONWriter) {
    json.string { text[language].write(to: &$0, in: language, disclosure) }
  }
}

/// A verdict as a JSON document, `cps-preflight/verdict/1`; docs/verdict.md describes all fields.
package struct VerdictDocument: JSONWritable, Sendable {
  private let verdict: Verdict
  private let writer: VerdictWriter

  package init(_ verdict: Verdict, _ details: RunDetails, _ wording: Wording) {
    self.verdict = verdict
    writer = VerdictWriter(
      verdict.stages.map { ($0.stage, $0.results.map(\.rule)) }, for: verdict.use, details, wording)
  }

  package func write(to json: inout JSONWriter) { writer.write(verdict, to: &json) }

  /// Returns the document as JSON, signed if `key` is not nil.
  package func text(signedWith key: SigningKey?) -> String {
    guard let key else { return jsonDocument }
    return SignedDocument.text(jsonDocument, signedWith: key)
  }
}
