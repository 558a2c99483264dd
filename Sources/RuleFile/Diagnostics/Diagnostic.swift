package import Preflight

/// Something wrong in a rule file, and where.
package struct Diagnostic: Sendable {
  package typealias Severity = Finding.Severity

  package let severity: Severity
  package let id: DiagnosticID
  /// The file as the user named it.
  package let file: String
  package let span: Span
  package let message: LocalizedText
  /// What to write instead.
  package let proposal: Proposal?
  private let personal: PersonalValues

  /// Its words, cut where a name in them is a whole text.
  package func words(in language: Language) -> String { shown(message, in: language) }

  /// The words of its proposal.
  package func proposalWords(in language: Language) -> String? {
    (proposal?.words).map { shown($0, in: language) }
  }

  private func shown(_ words: LocalizedText, in language: Language) -> String {
    // What is cut off is cut after it was hidden; nobody reads so much.
    let words = String(words.rendered(in: language).unicodeScalars.prefix(4 * Self.wordLimit))
    return Self.cut(personal.concealed(words, span.start.line, of: file))
  }

  private static func cut(_ words: String) -> String {
    words.utf8.count <= wordLimit ? words : String(words.unicodeScalars.prefix(wordLimit)) + "…"
  }

  /// How long its words may be.
  private static let wordLimit = 1000

  /// - Parameter personal: what is personal in the files.
  package init(_ finding: Finding, file: String, hiding personal: PersonalValues) {
    self.personal = personal
    severity = finding.severity
    id = finding.id
    self.file = file
    span = finding.span
    message = finding.message
    proposal = finding.proposal
  }
}
