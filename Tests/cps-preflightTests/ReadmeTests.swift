import FoundationEssentials
import Testing

@Suite("The README shows what one really sees")
struct ReadmeTests {
  @Test("The report of the sample card", arguments: [("README.md", "en"), ("README.fr.md", "fr")])
  func report(file: String, language: String) async throws {
    let readme = try String(contentsOf: URL(filePath: "\(BuiltProgram.root)/\(file)"), encoding: .utf8)
    let run = try await BuiltProgram.run(
      ["check", "--facts", "docs/samples/card.json", "--offline", "--on", "2026-03-15", "--lang", language],
      environment: ["COLUMNS": "80"])
    #expect(run.code == 0)
    let shown = run.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      .map { $0.isEmpty ? "" : "    \($0)" }.joined(separator: "\n")
    #expect(readme.contains(shown), "\(shown)")
  }
}
