package import Preflight

/// Something wrong or suspicious in a rule file, with its place.
package struct Diagnostic: Sendable {
  package typealias Severity = Finding.Severity

  /// Whether the rule file is invalid because of it.
  package let severity: Severity
  /// The kind of diagnostic; docs/rule-file.md lists all of them.
  package let id: DiagnosticID
  /// The name of the file, as given by the user.
  package let file: String
  /// The text that it is about.
  package let span: Span
  /// What is wrong, in both languages, with personal values hidden.
  package let message: LocalizedText
  /// What to write instead.
  package let proposal: Proposal?
  private let personal: PersonalValues

  /// The message in that language, cut if a name in it is a whole text.
  package func words(in language: Language) -> String { shown(message, in: language) }

  /// The text of the proposal in that language; `nil` if there is none.
  package func proposalWords(in language: Language) -> String? {
    (proposal?.words).map { shown($0, in: language) }
  }

  private func shown(_ words: LocalizedText, in language: Language) -> String {
    // Personal values are hidden before the text is cut; nobody reads more.
    let words = String(words.rendered(in: language).unicodeScalars.prefix(4 * Self.wordLimit))
    return Self.cut(personal.concealed(words, span.start.line, of: file))
  }

  private static func cut(_ words: String) -> String {
    words.utf8.count <= wordLimit ? words : String(words.unicodeScalars.prefix(wordLimit)) + "…"
  }

  /// The longest message, in characters.
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
