import FoundationEssentials
import Preflight
import Testing

@testable import cps_preflight

/// Tables in pages that people write otherwise, each between two marks: they are made of what the program declares.
///
/// `make docs` sets `CPS_PREFLIGHT_WRITE_TABLES` and runs these tests, which then write instead of comparing.
@Suite("Tables of facts and exit codes in pages are what the program declares")
struct GeneratedTablesTests {
  private static let table = ExitCode.table

  /// What stands before and after a table that is made, and the table.
  struct Table: CustomTestStringConvertible, Sendable {
    let file: String
    let start: String
    let end: String
    let text: String

    var testDescription: String { file }
  }

  private static func markdown(_ file: String, _ subject: String, _ rows: [[String]]) -> Table {
    let lines = [rows[0], rows[0].map { _ in "---" }] + rows.dropFirst()
    let text = lines.map { row in
      let cells = row.map { $0.replacing("|", with: "\\|") }
      return row[0] == "---"
        ? "|" + cells.joined(separator: "|") + "|" : "| " + cells.joined(separator: " | ") + " |"
    }
    return Table(
      file: file, start: "<!-- \(subject): made by make docs -->\n", end: "<!-- end -->",
      text: text.joined(separator: "\n") + "\n")
  }

  private static func code(_ entry: Preflight.ExitCode.Entry, dash: String = "–") -> String {
    let rules = ExitCode.ofRules
    return entry.code.map { "\($0.rawValue)" } ?? "\(rules.lowerBound)\(dash)\(rules.upperBound)"
  }

  private static func exitCodes(_ file: String, _ heading: [String], in language: Language) -> Table {
    markdown(
      file, "exit codes",
      [heading]
        + table.map {
          [code($0), $0.meaning.rendered(in: language), $0.advice.rendered(in: language)]
        })
  }

  /// With the names that shell variables have.
  private static func named(_ file: String, _ heading: [String], in language: Language) -> Table {
    markdown(
      file, "exit codes",
      [heading]
        + table.map {
          let name =
            $0.code == nil
            ? (language == .french ? "`RULE_` code `_` identifiant" : "`RULE_` code `_` id") : "`\($0.name)`"
          return [code($0), name, $0.meaning.rendered(in: language), $0.advice.rendered(in: language)]
        })
  }

  private static var manual: Table {
    Table(
      file: "docs/man/cps-preflight.1", start: ".\\\" exit codes: made by make docs\n", end: ".\\\" end",
      text: table.map {
        ".TP\n.B \(code($0, dash: "\\-"))\n\($0.meaning.rendered(in: .english))\n"
      }.joined())
  }

  /// The first line of the manual page, with the version, and the other pages.
  private static func title() throws -> Table {
    Table(
      file: "docs/man/cps-preflight.1", start: ".\\\" title: made by make docs\n", end: ".\\\" end",
      text: try ManualPage.heading("cps-preflight", 1) + "\n")
  }

  private static func pages() throws -> Table {
    let commands = try CommandManual.pages().map { (name: String($0.file.dropLast(2)), section: 1) }
    let others = [("cps-preflight-rules", 5), ("cps-preflight-facts", 5), ("cps-preflight-plugin", 7)]
    return Table(
      file: "docs/man/cps-preflight.1", start: ".\\\" pages: made by make docs\n", end: ".\\\" end",
      text: ManualPage.references(commands + others).joined(separator: "\n") + "\n")
  }

  private static let facts = BuiltIn.registry.facts.declarations

  private static func factTable(_ file: String, _ heading: [String], in language: Language) -> Table {
    markdown(
      file, "facts",
      [heading]
        + facts.map {
          [
            "`\($0.name.rawValue)`", value($0.type, language), visibility($0.visibility, language),
            $0.summary.rendered(in: language),
          ]
        })
  }

  private static func visibility(_ visibility: Visibility, _ language: Language) -> String {
    guard language == .french else { return visibility.rawValue }
    return switch visibility {
    case .public: "public"
    case .personal: "personnel"
    case .secret: "secret"
    }
  }

  private static func value(_ type: FactType, _ language: Language) -> String {
    switch type {
    case .choice(let words): words.map { "`\($0)`" }.joined(separator: ", ")
    default: type.name.rendered(in: language)
    }
  }

  /// The cases of checks, and the variables that texts may use there.
  private static func cases(_ file: String, _ heading: [String], in language: Language) -> Table {
    let descriptions = BuiltIn.registry.checks.map(\.description)
    return markdown(
      file, "cases",
      [heading]
        + descriptions.flatMap { check in
          check.cases.map { found in
            let variables = found.variables.map { "`{\($0.name)}` (\($0.summary.rendered(in: language)))" }
            let undecided = found.isUndecided ? (language == .french ? " (indécis)" : " (undecided)") : ""
            return [
              "`\(check.id)`", "`\(found.name)`", found.summary.rendered(in: language) + undecided,
              variables.joined(separator: ", "),
            ]
          }
        })
  }

  private static var factSchema: Table {
    Table(
      file: "docs/schemas/facts-1.json", start: "\n      \"properties\": {\n",
      end: "      }\n    },\n    \"absent\"",
      text: facts.map { declaration in
        let words = declaration.summary.rendered(in: .english)
        let personal = declaration.visibility == .personal ? " Personal." : ""
        let description = words.prefix(1).uppercased() + words.dropFirst() + "." + personal
        return """
                  "\(declaration.name.rawValue)": {
                    "description": "\(description)",
                    \(schema(declaration.type))
                  }
          """
      }.joined(separator: ",\n") + "\n")
  }

  /// The schema of a value, without what describes it.
  private static func schema(_ type: FactType) -> String {
    switch type {
    case .boolean, .judgement: #""type": "boolean""#
    case .integer: #""type": "integer""#
    case .text, .personal, .duration: #""type": "string""#
    case .choice(let words):
      #""enum": ["# + words.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
    case .date: ##""$ref": "#/$defs/date""##
    case .version: ##""$ref": "#/$defs/version""##
    case .texts: #""type": "array", "items": { "type": "string" }"#
    case .list: #""type": "array""#
    case .map: #""type": "object""#
    case .situations:
      ##""type": "array", "maxItems": 8, "items": { "$ref": "#/$defs/situation" }"##
    case .cryptolibs: ##""type": "array", "items": { "$ref": "#/$defs/cryptolib" }"##
    case .concealed(let type): schema(type)
    }
  }

  static let tables = [
    exitCodes("docs/manual.fr.md", ["code", "sens", "le lot doit"], in: .french),
    named("docs/exit-codes.md", ["code", "name", "meaning", "the batch should"], in: .english),
    named("docs/exit-codes.fr.md", ["code", "nom", "sens", "le lot doit"], in: .french),
    factTable("docs/facts.md", ["fact", "value", "visibility", "meaning"], in: .english),
    factTable("docs/facts.fr.md", ["fait", "valeur", "visibilité", "sens"], in: .french), factSchema,
    cases("docs/rule-file.md", ["check", "case", "when", "variables"], in: .english),
    cases("docs/rule-file.fr.md", ["contrôle", "cas", "quand", "variables"], in: .french),
  ]

  /// One after the other, as they are written into one file.
  @Test("Version, exit codes and other pages in the manual page are not stale; make docs makes them anew")
  func manualPage() throws {
    try table(Self.title())
    try table(Self.manual)
    try table(Self.pages())
  }

  /// The recipes, which show files of `docs/examples`.
  private static let recipes = ["batch.sh", "gate.py", "gate.js", "Gate.java", "Gate.cs", "gate.php"]

  @Test(
    "Recipes show the examples as they are, one after the other",
    arguments: ["docs/recipes.md", "docs/recipes.fr.md"])
  func examples(page: String) throws {
    for example in Self.recipes {
      let file = URL(filePath: "\(BuiltProgram.root)/docs/examples/\(example)")
      let lines = try String(contentsOf: file, encoding: .utf8).split(
        separator: "\n", omittingEmptySubsequences: false
      ).dropLast()
      try table(
        Table(
          file: page, start: "<!-- example: \(example) -->\n", end: "<!-- end -->",
          text: "\n" + lines.map { $0.isEmpty ? "\n" : "    \($0)\n" }.joined() + "\n"))
    }
  }

  @Test(
    "Troubleshooting has what the shipped rules find, and what explain recognises",
    arguments: [
      ("docs/troubleshooting.md", Language.english), ("docs/troubleshooting.fr.md", .french),
    ])
  func troubleshooting(page: String, language: Language) throws {
    let tables = TroubleshootingTables(language: language)
    for (subject, text) in [("rules", try tables.rules()), ("messages", try tables.messages())] {
      try table(
        Table(
          file: page, start: "<!-- \(subject): made by make docs -->\n", end: "<!-- end -->", text: text))
    }
  }

  @Test("The table is not stale; make docs makes it anew", arguments: tables)
  func table(_ table: Table) throws {
    let file = URL(filePath: "\(BuiltProgram.root)/\(table.file)")
    let page = try String(contentsOf: file, encoding: .utf8)
    let start = try #require(page.firstRange(of: table.start), "no mark in \(table.file)")
    let end = try #require(page[start.upperBound...].firstRange(of: table.end), "no end in \(table.file)")
    if ProcessInfo.processInfo.environment["CPS_PREFLIGHT_WRITE_TABLES"] != nil {
      let written = page[..<start.upperBound] + table.text + page[end.lowerBound...]
      return try Data(written.utf8).write(to: file)
    }
    #expect(page[start.upperBound..<end.lowerBound] == table.text, "stale; make it anew: make docs")
  }
}
