import FoundationEssentials
import Preflight
import Testing

@Suite("The pages lead to each other and tell the same")
struct PagesTests {
  private static let documents = Page.all.filter { $0.hasPrefix("docs/") }.map { String($0.dropFirst(5)) }

  private static func text(_ page: String) throws -> String {
    try String(contentsOf: URL(filePath: "\(BuiltProgram.root)/\(page)"), encoding: .utf8)
  }

  @Test("Every link to a file leads to one, and to a heading that is there", arguments: Page.all)
  func links(path: String) throws {
    let page = try Page(path)
    let folder = path.hasPrefix("docs/") ? "docs/" : ""
    for (link, line) in page.links where !link.contains(":") {
      let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let file = parts[0].isEmpty ? path : Self.plain(folder + parts[0])
      #expect(
        FileManager.default.fileExists(atPath: "\(BuiltProgram.root)/\(file)"), "\(path):\(line): \(link)")
      guard parts.count == 2, file.hasSuffix(".md"), let target = try? Page(file) else { continue }
      #expect(target.anchors.contains(String(parts[1])), "\(path):\(line): \(link)")
    }
  }

  /// Returns the path without `folder/..`.
  private static func plain(_ path: String) -> String {
    var folders: [Substring] = []
    for folder in path.split(separator: "/") {
      if folder == ".." { _ = folders.popLast() } else { folders.append(folder) }
    }
    return folders.joined(separator: "/")
  }

  @Test("The index lists every page", arguments: ["docs/README.md", "docs/README.fr.md"])
  func index(file: String) throws {
    let index = try Self.text(file)
    #expect(Self.documents.count > 10)
    let isFrench = file.hasSuffix(".fr.md")
    for page in Self.documents where !page.hasPrefix("README") {
      // Of a page in two languages, the reader's.
      let twin = isFrench ? page.replacing(".md", with: ".fr.md") : page.replacing(".fr.md", with: ".md")
      if page != twin, Self.documents.contains(twin) { continue }
      #expect(index.contains("](\(page))"), "\(page)")
    }
  }

  @Test(
    "The table of exit codes has every code, and no other",
    arguments: ["docs/exit-codes.md", "docs/exit-codes.fr.md"])
  func exitCodes(page: String) throws {
    let rows = try Self.text(page).split(separator: "\n").filter { $0.hasPrefix("| ") }
      .map { $0.split(separator: "|")[0] }
    let codes = rows.flatMap { $0.split { !$0.isNumber && $0 != "–" } }.map(String.init)
    let rules = "\(ExitCode.ofRules.lowerBound)–\(ExitCode.ofRules.upperBound)"
    #expect(Set(codes) == Set(ExitCode.table.map { entry in entry.code.map { "\($0.rawValue)" } ?? rules }))
  }
}
