package import Preflight

/// Something wrong or suspicious in a file, before the file has its name.
package struct Finding: Sendable {
  package enum Severity: String, Sendable {
    case error
    case warning
  }

  package let id: DiagnosticID
  package let severity: Severity
  package let span: Span
  package let message: LocalizedText
  package var proposal: Proposal?
  /// Where what was being read began, when YAML broke off.
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

  /// What says that there is more that a proposal could be made for.
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
          en: "mend what stands above, then run “rules lint” again")))
  }
}

/// A stretch of one of the files that a rule file is made of.
package struct Span: Sendable, Hashable {
  package let start: Place
  /// The place after the last character.
  package let end: Place
  /// Which of the files, by the order in which they were read.
  package let file: Int

  package init(start: Place, end: Place, file: Int = 0) {
    self.start = start
    self.end = end
    self.file = file
  }

  /// A place where nothing is to be underlined.
  package init(at place: Place, file: Int = 0) { self.init(start: place, end: place, file: file) }

  /// How many columns to underline on the first line.
  package var width: Int { start.line == end.line ? max(1, end.column - start.column) : 1 }
}
