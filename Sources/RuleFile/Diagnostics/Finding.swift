package import Preflight

/// Something wrong or suspicious in a file, before the file has its name.
package struct Finding: Sendable {
  package let id: DiagnosticID
  package let severity: Diagnostic.Severity
  package let span: Span
  package let message: LocalizedText
  package var proposal: Proposal?
  /// Where what was being read began, when YAML broke off.
  package var began: Place?

  package init(
    id: DiagnosticID, severity: Diagnostic.Severity = .error, span: Span, message: LocalizedText,
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
