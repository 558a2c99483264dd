package import Preflight
import Reports
package import RuleFile

/// Diagnostics as JSON, for editors: `cps-preflight/diagnostics/1`; docs/rule-file.md describes the fields.
package struct DiagnosticsJSON: Sendable {
  private let language: Language

  package init(in language: Language) { self.language = language }

  /// The whole document. Throws what Foundation's encoder throws, which nothing here should make it do.
  package func text(of diagnostics: [Diagnostic]) throws -> String {
    try JSONDocument.text(
      of: Document(diagnostics: diagnostics.map { Document.Item($0, in: language) }))
  }
}

private struct Document: Encodable {
  struct Item: Encodable {
    let id: String
    let severity: String
    let file: String
    let line: Int
    let column: Int
    let endLine: Int
    let endColumn: Int
    let message: String
    let proposal: String?
    let edit: Edit?
  }

  struct Edit: Encodable {
    let line: Int
    let column: Int
    let endColumn: Int
    let replacement: String
  }

  let schema = "cps-preflight/diagnostics/1"
  let diagnostics: [Item]
}

extension Document.Item {
  init(_ diagnostic: Diagnostic, in language: Language) {
    id = diagnostic.id.rawValue
    severity = diagnostic.severity.rawValue
    file = diagnostic.file
    line = diagnostic.span.start.line
    column = diagnostic.span.start.column
    endLine = diagnostic.span.end.line
    endColumn = diagnostic.span.end.column
    message = diagnostic.words(in: language)
    proposal = diagnostic.proposalWords(in: language)
    edit = diagnostic.proposal?.edit.map {
      Document.Edit(
        line: $0.span.start.line, column: $0.span.start.column, endColumn: $0.span.end.column,
        replacement: $0.replacement)
    }
  }
}
