package import Preflight

/// Something wrong or suspicious in a file, before the file has its name.
package struct Finding: Sendable {
  package enum Severity: String, Sendable {
    case error
    /// The result is reported, but does not affect the verdict.
    case warning
  }

  package let id: DiagnosticID
  package let severity: Severity
  package let span: Span
  package let message: LocalizedText
  package var proposal: Proposal?
  /// Where the construct began that was being read when the YAML broke off.
  package var began: Place?

  package init(
    id: DiagnosticID, severity: Severity = .error, span: Span, message: LocalizedText,
    proposal: Proposal? = nil, began: Place? = nil
  ) {
    self.id = id
    self.severity = severity
    self.span = span
    self.message = message
    self.proposal = proposal
    self.began = began
  }

  /// The finding that from here on, further proposals were not searched for.
  package static func searchEnded(at span: Span) -> Finding {
    Finding(
      id: .searchEnded, severity: .warning, span: span,
      message: LocalizedText(
        fr:
          "trop d'erreurs ou trop de texte : à partir d'ici, les corrections n'ont pas toutes été cherchées",
        en: "too many errors or too much text: from here on, not every proposal was searched for"),
      proposal: Proposal(
        LocalizedText(
          fr: "corriger ce qui précède, puis relancer « rules lint »",
          en: "correct what is above, then run “rules lint” again")))
  }
}

/// A range of text in one of the files that make up a rule file.
package struct Span: Sendable, Hashable {
  /// The place of the first character; lines and columns count from 1.
  package let start: Place
  /// The place after the last character.
  package let end: Place
  /// The number of the file, in the order in which the files were read.
  package let file: Int

  /// Makes a span from its first place to the place after its end.
  ///
  /// - Parameter file: the number of the file; 0 is the named file.
  package init(start: Place, end: Place, file: Int = 0) {
    self.start = start
    self.end = end
    self.file = file
  }

  /// Makes an empty span, with nothing to underline.
  package init(at place: Place, file: Int = 0) { self.init(start: place, end: place, file: file) }

  /// The number of columns to underline on the first line.
  package var width: Int { start.line == end.line ? max(1, end.column - start.column) : 1 }
}
