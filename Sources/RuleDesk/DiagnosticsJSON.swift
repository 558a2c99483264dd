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
      of: Document(fixed: nil, diagnostics: diagnostics.map { Document.Item($0, in: language) }))
  }

  /// The whole document of a file that was corrected: with what was changed, and why the rest was not.
  ///
  /// - Parameter diagnostics: those of the result.
  package func text(of diagnostics: [Diagnostic], after fix: RuleFileFix) throws -> String {
    let withheld = Dictionary(
      fix.withheld.map { (Document.Key($0.diagnostic), $0.obstacle) }
    ) { first, _ in first }
    return try JSONDocument.text(
      of: Document(
        fixed: fix.changes.map { change in
          Document.Change(
            id: change.diagnostic.id.rawValue, file: change.diagnostic.file, line: change.place.line,
            column: change.place.column, message: change.diagnostic.words(in: language),
            proposal: change.diagnostic.proposalWords(in: language))
        },
        diagnostics: diagnostics.map { diagnostic in
          var item = Document.Item(diagnostic, in: language)
          item.notApplied = withheld[Document.Key(diagnostic)]?.words.rendered(in: language)
          return item
        }))
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
    var notApplied: String?
  }

  struct Change: Encodable {
    let id: String
    let file: String
    let line: Int
    let column: Int
    let message: String
    let proposal: String?
  }

  /// What tells one diagnostic from the others.
  struct Key: Hashable {
    let id: DiagnosticID
    let span: Span

    init(_ diagnostic: Diagnostic) { (id, span) = (diagnostic.id, diagnostic.span) }
  }

  struct Edit: Encodable {
    let line: Int
    let column: Int
    let endColumn: Int
    let replacement: String
  }

  let schema = "cps-preflight/diagnostics/1"
  let fixed: [Change]?
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
