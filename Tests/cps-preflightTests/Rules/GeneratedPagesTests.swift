import FoundationEssentials
import Testing

/// The files in the repository that the program generates. A stale one fails the test, which says how to regenerate it.
@Suite("Pages that the program writes are those in docs/")
struct GeneratedPagesTests {
  @Test(
    "The page and the schema of the default rules",
    arguments: [
      ("docs/default-rules.md", ["docs", "--rules", "rules.yaml", "--lang", "en"]),
      ("docs/default-rules.fr.md", ["docs", "--rules", "rules.yaml", "--lang", "fr"]),
      ("docs/schemas/rules-1.json", ["schema", "--lang", "fr"]),
    ])
  func page(file: String, arguments: [String]) async throws {
    let kept = try String(contentsOf: URL(filePath: "\(BuiltProgram.root)/\(file)"), encoding: .utf8)
    let run = try await BuiltProgram.run(["rules"] + arguments)
    #expect(run.code == 0)
    #expect(
      run.output == kept,
      "stale; make it anew: make docs")
  }

  @Test("Neither a page nor an explanation gives the personal values away that a rule compares with")
  func personalParameters() async throws {
    let folder = try Folder([
      "rules.yaml": """
      version: 1
      facts: { lot/who: { type: string, personal: true } }
      stages:
        - id: s
          rules:
            - { id: number, check: billing.identifier, with: { expected: "991086265" } }
            - { id: who, check: fact, with: { fact: lot/who, equals: DUPONTEL } }
            - { id: any, check: fact, with: { fact: holder.name, in: [DUPONTEL, MARTINEZ] } }
            - { id: like, check: fact, with: { fact: holder.name, matches: "DUPONTEL|MARTINEZ" } }
            - { id: card, check: fact, with: { fact: card.number, equals: "2800001017" } }

      """
    ])
    for arguments in [["rules", "docs"], ["rules", "docs", "--format", "html"]]
      + ["number", "who", "any", "like", "card"].map({ ["explain", $0] })
    {
      let run = try await BuiltProgram.run(
        arguments + ["--rules", "rules.yaml", "--lang", "en"], in: folder.path)
      #expect(run.code == 0 && !run.output.isEmpty, "\(run)")
      for value in ["DUPONTEL", "MARTINEZ", "99108", "28000"] {
        #expect(!run.output.contains(value), "\(run.output)")
      }
    }
  }

  @Test("The HTML page stands alone: it fetches nothing, and says what the Markdown page says")
  func html() async throws {
    for language in ["en", "fr"] {
      let page = try await BuiltProgram.run(["rules", "docs", "--format", "html", "--lang", language]).output
      #expect(page.contains("<html lang=\"\(language)\">"))
      #expect(!page.contains("<script") && !page.contains("<link") && !page.contains(" src="))
      let list = try await BuiltProgram.run(["rules", "list", "--format", "json"]).output
      for id in list.split(separator: "\"id\" : \"").dropFirst().map({ $0.prefix { $0 != "\"" } }) {
        #expect(page.contains("<code>\(id)</code>"))
      }
    }
  }
}
