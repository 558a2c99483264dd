import Testing

@Suite("Pages in two languages say the same")
struct TwinPagesTests {
  /// The French pages, but for the manual, which is a manual page in English.
  private static let french = Page.all.filter { $0.hasSuffix(".fr.md") && $0 != "docs/manual.fr.md" }

  /// The pages for users, each of which is there in both languages.
  private static let users = [
    "first-steps", "troubleshooting", "recipes", "rule-file", "rule-tests", "facts", "batch", "exit-codes",
    "plugins", "doctor", "README",
  ]

  @Test("Each page for users is there in both")
  func both() {
    for name in Self.users {
      #expect(Page.all.contains("docs/\(name).md"), "\(name)")
      #expect(Page.all.contains("docs/\(name).fr.md"), "\(name)")
    }
  }

  /// Returns a line of code without what is written for the reader: the comment, and the language of the report.
  private static func bare(_ line: String) -> String {
    var line = line.replacing("--lang fr", with: "--lang en").replacing(".fr.md", with: ".md")
    if let comment = line.firstRange(of: #/(^|\s+)# .*/#) { line.removeSubrange(comment) }
    return line
  }

  /// Returns what of a block of code is the same in both languages: all of it, but for what the program prints.
  private static func code(_ block: Page.Block) -> [String] {
    let isSession = block.lines.contains { $0.hasPrefix("$ ") }
    let isOutput = block.lines.contains { line in
      line.contains { "✓✗?!→".contains($0) } && line.first == " " || line.contains(": error: ")
        || line.contains(": fixed: ") || line.contains(" : corrigé : ")
        || line.hasPrefix("✗ ")
    }
    if isSession { return block.lines.filter { $0.hasPrefix("$ ") }.map(bare) }
    return isOutput && !block.lines.contains { $0.hasPrefix("cps-preflight") } ? [] : block.lines.map(bare)
  }

  /// Returns the names in the first cell of a row, such as keys and codes: those without a space are no words of either language.
  private static func names(_ row: String) -> [Substring] {
    let cell = row.replacing("\\|", with: "").split(separator: "|").first ?? ""
    return cell.matches(of: /`([^` ]+)`/).map(\.output.1)
  }

  @Test("Structure and code are the same", arguments: french)
  func same(path: String) throws {
    let french = try Page(path)
    let english = try Page(french.twin)
    let count = min(french.blocks.count, english.blocks.count)
    for index in 0..<count {
      let (one, other) = (english.blocks[index], french.blocks[index])
      let here = "\(english.path):\(one.line) and \(french.path):\(other.line)"
      guard one.kind == other.kind else {
        Issue.record("\(here): \(one.kind), and \(other.kind)")
        return
      }
      switch one.kind {
      case .table:
        #expect(one.lines.count == other.lines.count, "\(here): rows")
        #expect(one.lines.map(Self.names) == other.lines.map(Self.names), "\(here): what the rows are about")
      case .code: #expect(Self.code(one) == Self.code(other), "\(here)")
      case .mark: #expect(one.lines == other.lines, "\(here)")
      case .heading, .paragraph, .item: break
      }
    }
    #expect(french.blocks.count == english.blocks.count, "one goes on where the other ends")
  }

  @Test("Each leads to the other, and to pages of its own language where there are any", arguments: french)
  func links(path: String) throws {
    let french = try Page(path)
    let english = try Page(french.twin)
    func name(_ path: String) -> String { String(path.split(separator: "/").last ?? "") }
    // The pages of the shipped rules are written by the program, for any rule file.
    guard !path.contains("default-rules") else { return }
    #expect(english.links.contains { $0.target == name(french.path) }, "\(english.path)")
    #expect(french.links.contains { $0.target == name(english.path) }, "\(french.path)")
    let folder = path.hasPrefix("docs/") ? "docs/" : ""
    for (target, line) in french.links.dropFirst() {
      let page = folder + target.prefix { $0 != "#" }
      guard page.hasSuffix(".md"), !page.hasSuffix(".fr.md"), page != english.path else { continue }
      let twin = page.replacing(".md", with: ".fr.md")
      #expect(!Page.all.contains(twin), "\(path):\(line): \(target) is there in French")
    }
  }
}
