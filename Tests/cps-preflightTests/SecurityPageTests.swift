import Foundation
import Testing

@Suite("docs/security.md claims nothing that no test shows")
struct SecurityPageTests {
  private static let root = BuiltProgram.root

  /// The page as one line, so that where its lines end does not matter.
  private static func page() throws -> String {
    try String(contentsOfFile: "\(root)/docs/security.md", encoding: .utf8)
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// The names of the tests that a text cites.
  private static func cited(in text: String) -> [String] {
    text.matches(of: /test: “([^”]+)”/).map { String($0.1) }
  }

  /// The names of all tests, as they stand in the files.
  private static func tests() throws -> Set<String> {
    let files = FileManager.default.enumerator(atPath: "\(root)/Tests")?.compactMap { $0 as? String } ?? []
    return try files.filter { $0.hasSuffix(".swift") }.reduce(into: []) { names, file in
      let text = try String(contentsOfFile: "\(root)/Tests/\(file)", encoding: .utf8)
      names.formUnion(text.matches(of: /@Test\(\s*"([^"]+)"/).map { String($0.1) })
    }
  }

  @Test("Each test that it names exists")
  func existing() throws {
    let tests = try Self.tests()
    let cited = Self.cited(in: try Self.page())
    #expect(tests.count > 500 && cited.count > 40)
    for name in cited { #expect(tests.contains(name), "\(name)") }
  }

  @Test(
    "What could attack the program, and each point of the confinement, names the test that shows what stands in the way"
  )
  func complete() throws {
    let page = try String(contentsOfFile: "\(Self.root)/docs/security.md", encoding: .utf8)
    let sections = page.split(separator: "\n## ").map(String.init)
    let attackers = try #require(sections.first { $0.hasPrefix("What each could do") })
    let paragraphs = attackers.split(separator: "\n\n").dropFirst()
    for name in ["card", "reader", "module", "plugin", "report", "environment", "neighbour"] {
      let paragraph = paragraphs.first { $0.prefix { $0 != "\n" }.contains(name) && $0.hasPrefix("**") }
      #expect(paragraph.map { !Self.cited(in: Self.joined($0)).isEmpty } == true, "\(name)")
    }
    let confinement = try #require(sections.first { $0.hasPrefix("Confinement") })
    for point in confinement.split(separator: "\n- ").dropFirst() {
      #expect(!Self.cited(in: Self.joined(point)).isEmpty, "\(point)")
    }
    #expect(sections.contains { $0.hasPrefix("What is not defended") })
  }

  private static func joined(_ text: Substring) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
