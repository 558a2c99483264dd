import JSON
package import Preflight
package import RuleFile

/// Writes diagnostics as JSON for editors, with the schema `cps-preflight/diagnostics/1`; docs/rule-file.md describes
/// the fields.
package struct DiagnosticsJSON: Sendable {
  private let language: Language

  /// Makes a writer whose messages are in that language; keys and ids are the same in every language.
  package init(in language: Language) { self.language = language }

  /// The whole document.
  package func text(of diagnostics: [Diagnostic]) -> String {
    Document(language: language, fix: nil, diagnostics: diagnostics).jsonDocument
  }

  /// The whole document for a corrected file: also what was changed, and why the rest was not.
  ///
  /// - Parameter diagnostics: the diagnostics of the corrected file.
  package func text(of diagnostics: [Diagnostic], after fix: RuleFileFix) -> String {
    Document(language: language, fix: fix, diagnostics: diagnostics).jsonDocument
  }
}

private struct Document: JSONWritable {
  let language: Language
  let fix: RuleFileFix?
  let diagnostics: [Diagnostic]

  /// What distinguishes one diagnostic from another.
  private struct Key: Hashable {
    let id: DiagnosticID
    let span: Span

    init(_ diagnostic: Diagnostic) { (id, span) = (diagnostic.id, diagnostic.span) }
  }

  func write(to json: inout JSONWriter) {
    let withheld = Dictionary(
      (fix?.withheld ?? []).map { (Key($0.diagnostic), $0.obstacle) }
    ) { first, _ in first }
    json.object { json in
      json.member("schema", "cps-preflight/diagnostics/1")
      if let fix {
        json.member("fixed") { json in
          json.list(fix.changes) { json, change in
            json.object { begin(change.diagnostic, at: change.place.line, change.place.column, to: &$0) }
          }
        }
      }
      json.member("diagnostics") { json in
        json.list(diagnostics) { json, diagnostic in
          let span = diagnostic.span
          json.object { json in
            begin(diagnostic, at: span.start.line, span.start.column, to: &json)
            json.member("severity", diagnostic.severity.rawValue)
            json.member("endLine", span.end.line)
            json.member("endColumn", span.end.column)
            if let edit = diagnostic.proposal?.edit {
              json.member("edit") { json in
                json.object { json in
                  json.member("line", edit.span.start.line)
                  json.member("column", edit.span.start.column)
                  json.member("endColumn", edit.span.end.column)
                  json.member("replacement", edit.replacement)
                }
              }
            }
            json.member("notApplied", withheld[Key(diagnostic)]?.words.rendered(in: language))
          }
        }
      }
    }
  }

  private func begin(_ diagnostic: Diagnostic, at line: Int, _ column: Int, to json: inout JSONWriter) {
    json.member("id", diagnostic.id.rawValue)
    json.member("file", diagnostic.file)
    json.member("line", line)
    json.member("column", column)
    json.member("message", diagnostic.words(in: language))
    json.member("proposal", diagnostic.proposalWords(in: language))
  }
}
