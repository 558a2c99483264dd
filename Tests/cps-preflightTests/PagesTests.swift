import FoundationEssentials
import Preflight
import Testing

@Suite("The pages lead to each other and tell the same")
struct PagesTests {
  private static let pages =
    ["README.md", "README.fr.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"]
    + documents.map { "docs/\($0)" }

  private static let documents = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    .filter { $0.hasSuffix(".md") }.sorted()

  private static let folder = "\(BuiltProgram.root)/docs"

  private static func text(_ page: String) throws -> String {
    try String(contentsOf: URL(filePath: "\(BuiltProgram.root)/\(page)"), encoding: .utf8)
  }

  @Test("Every link to a file leads to one", arguments: pages)
  func links(page: String) throws {
    let folder = page.hasPrefix("docs/") ? Self.folder : BuiltProgram.root
    for part in try Self.text(page).split(separator: "](").dropFirst() {
      let target = part.prefix { $0 != ")" && $0 != "#" }
      guard !target.isEmpty, !target.contains(":") else { continue }
      #expect(FileManager.default.fileExists(atPath: "\(folder)/\(target)"), "\(target)")
    }
  }

  @Test("docs/README.md lists every page")
  func index() throws {
    let index = try Self.text("docs/README.md")
    #expect(Self.documents.count > 10)
    for page in Self.documents where page != "README.md" { #expect(index.contains("](\(page))"), "\(page)") }
  }

  @Test("The table of exit codes has every code, and no other", arguments: ["README.md", "README.fr.md"])
  func exitCodes(page: String) throws {
    let rows = try Self.text(page).split(separator: "\n").filter { $0.hasPrefix("| ") }
      .map { $0.split(separator: "|")[0] }
    let codes = rows.flatMap { $0.split { !$0.isNumber && $0 != "–" } }.map(String.init)
    let rules = "\(ExitCode.ofRules.lowerBound)–\(ExitCode.ofRules.upperBound)"
    #expect(Set(codes) == Set(ExitCode.table.map { entry in entry.code.map { "\($0.rawValue)" } ?? rules }))
  }
}
