package import Preflight
import Reports
package import RuleFile

/// Diagnostics as SARIF 2.1.0 (OASIS), which code hosting and editors show beside the lines.
package struct SARIFReport: Sendable {
  private let language: Language
  private let version: String

  /// - Parameter version: that of the program.
  package init(in language: Language, version: String) {
    self.language = language
    self.version = version
  }

  /// The whole log. Throws what Foundation's encoder throws, which nothing here should make it do.
  package func text(of diagnostics: [Diagnostic]) throws -> String {
    let ids = Set(diagnostics.map(\.id)).sorted { $0.rawValue < $1.rawValue }
    let rules = ids.map { id in
      SARIFLog.Rule(
        id: id.rawValue, shortDescription: SARIFLog.Message(text: id.summary.rendered(in: language)))
    }
    let driver = SARIFLog.Driver(version: version, rules: rules)
    let run = SARIFLog.Run(
      tool: SARIFLog.Tool(driver: driver), results: diagnostics.map { SARIFLog.Result($0, in: language) })
    return try JSONDocument.text(of: SARIFLog(runs: [run]))
  }
}

/// The parts of a SARIF log that are used here, by the names of the standard (§3).
private struct SARIFLog: Encodable {
  struct Run: Encodable {
    let tool: Tool
    let columnKind = "unicodeCodePoints"
    let results: [Result]
  }
  struct Tool: Encodable { let driver: Driver }
  struct Driver: Encodable {
    let name = "cps-preflight"
    let version: String
    let rules: [Rule]
  }
  struct Rule: Encodable {
    let id: String
    let shortDescription: Message
  }
  struct Message: Encodable { let text: String }
  struct Result: Encodable {
    let ruleId: String
    let level: String
    let message: Message
    let locations: [Location]
    let fixes: [Fix]?
  }
  struct Location: Encodable { let physicalLocation: PhysicalLocation }
  struct PhysicalLocation: Encodable {
    let artifactLocation: ArtifactLocation
    let region: Region
  }
  struct ArtifactLocation: Encodable { let uri: String }
  struct Region: Encodable {
    let startLine: Int
    let startColumn: Int
    let endLine: Int
    let endColumn: Int
  }
  struct Fix: Encodable {
    let description: Message
    let artifactChanges: [ArtifactChange]
  }
  struct ArtifactChange: Encodable {
    let artifactLocation: ArtifactLocation
    let replacements: [Replacement]
  }
  struct Replacement: Encodable {
    let deletedRegion: Region
    let insertedContent: Message
  }

  enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case version, runs
  }

  let schema = "https://json.schemastore.org/sarif-2.1.0.json"
  let version = "2.1.0"
  let runs: [Run]
}

extension SARIFLog.Result {
  init(_ diagnostic: Diagnostic, in language: Language) {
    let place = SARIFLog.ArtifactLocation(uri: Self.uri(diagnostic.file))
    var words = diagnostic.words(in: language)
    let proposed = diagnostic.proposalWords(in: language)
    if let proposed { words += " (\(proposed))" }
    self.init(
      ruleId: diagnostic.id.rawValue, level: diagnostic.severity.rawValue,
      message: SARIFLog.Message(text: words),
      locations: [
        SARIFLog.Location(
          physicalLocation: SARIFLog.PhysicalLocation(
            artifactLocation: place, region: SARIFLog.Region(diagnostic.span)))
      ],
      fixes: diagnostic.proposal.flatMap { proposal in
        proposal.edit.map { edit in
          let replacement = SARIFLog.Replacement(
            deletedRegion: SARIFLog.Region(edit.span),
            insertedContent: SARIFLog.Message(text: edit.replacement))
          return [
            SARIFLog.Fix(
              description: SARIFLog.Message(text: proposed ?? ""),
              artifactChanges: [
                SARIFLog.ArtifactChange(artifactLocation: place, replacements: [replacement])
              ])
          ]
        }
      })
  }

  /// The path as a URI reference (RFC 3986): what is not unreserved or a slash is percent-encoded.
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

extension SARIFLog.Region {
  init(_ span: Span) {
    self.init(
      startLine: span.start.line, startColumn: span.start.column, endLine: span.end.line,
      endColumn: span.end.column)
  }
}
