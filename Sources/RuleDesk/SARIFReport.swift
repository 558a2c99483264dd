import JSON
package import Preflight
package import RuleFile

/// Writes diagnostics as SARIF 2.1.0 (OASIS), which code hosts and editors show beside the lines.
package struct SARIFReport: Sendable {
  private let language: Language
  private let version: String

  /// - Parameter version: the version of the program.
  package init(in language: Language, version: String) {
    self.language = language
    self.version = version
  }

  /// Returns the whole log, with the names of the standard (§3).
  package func text(of diagnostics: [Diagnostic]) -> String {
    let ids = Set(diagnostics.map(\.id)).sorted { $0.rawValue < $1.rawValue }
    let rules = ids.map { id -> JSONTree in
      ["id": .string(id.rawValue), "shortDescription": message(id.summary.rendered(in: language))]
    }
    let log: JSONTree = [
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
      "runs": [
        [
          "tool": [
            "driver": ["name": "cps-preflight", "version": .string(version), "rules": .array(rules)]
          ],
          "columnKind": "unicodeCodePoints", "results": .array(diagnostics.map(result)),
        ]
      ],
    ]
    return log.jsonDocument
  }

  /// A result (§3.27).
  private func result(_ diagnostic: Diagnostic) -> JSONTree {
    let place: JSONTree = ["uri": .string(Self.uri(diagnostic.file))]
    let proposed = diagnostic.proposalWords(in: language)
    let words = diagnostic.words(in: language) + (proposed.map { " (\($0))" } ?? "")
    let result: JSONTree = [
      "ruleId": .string(diagnostic.id.rawValue), "level": .string(diagnostic.severity.rawValue),
      "message": message(words),
      "locations": [["physicalLocation": ["artifactLocation": place, "region": region(diagnostic.span)]]],
    ]
    guard let edit = diagnostic.proposal?.edit else { return result }
    let replacement: JSONTree = [
      "deletedRegion": region(edit.span), "insertedContent": message(edit.replacement),
    ]
    let change: JSONTree = ["artifactLocation": place, "replacements": [replacement]]
    return result.with(["fixes": [["description": message(proposed ?? ""), "artifactChanges": [change]]]])
  }

  private func message(_ text: String) -> JSONTree { ["text": .string(text)] }

  private func region(_ span: Span) -> JSONTree {
    [
      "startLine": .integer(span.start.line), "startColumn": .integer(span.start.column),
      "endLine": .integer(span.end.line), "endColumn": .integer(span.end.column),
    ]
  }

  /// Returns the path as a URI reference (RFC 3986): all but unreserved characters and slashes are percent-encoded.
  private static func uri(_ path: String) -> String {
    var uri = path.hasPrefix("/") ? "file://" : ""
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        uri.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        uri += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
      }
    }
    return uri
  }
}
