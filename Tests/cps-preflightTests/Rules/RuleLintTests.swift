import FoundationEssentials
import Testing

/// Runs `rules lint` on that text.
private func lint(_ text: String, _ arguments: String...) async throws -> BuiltProgram.Run {
  let folder = try Folder(["rules.yaml": text])
  return try await BuiltProgram.run(["rules", "lint", "--lang", "en"] + arguments, in: folder.path)
}

private let suspicious = """
  version: 1
  extends: default
  stages:
    - id: mine
      rules:
        - { id: soon, check: card.validity, with: { days_left: 9 } }
        - { id: kept, exit: 50, check: card.kind, with: { accept: [cps] }, severity: warning }

  """

@Suite("rules lint tells integrators, editors and CI what is wrong")
struct RuleLintTests {
  @Test("Errors end with 78, warnings with 0, and with 78 where they are not wanted")
  func codes() async throws {
    #expect(try await lint("version: 1\nextends: default\n").code == 0)
    #expect(try await lint(suspicious).code == 0)
    #expect(try await lint(suspicious, "--strict").code == 78)
    #expect(try await lint("version: 1\n").code == 78)
  }

  @Test("In text: line, column, caret, reason, proposal")
  func text() async throws {
    let run = try await lint(suspicious.replacing("days_left: 9", with: "dayleft: 9"))
    #expect(
      run.errors == """
        rules.yaml:6:51: error: unknown parameter “dayleft” for the check card.validity [unknown-parameter]
                  - { id: soon, check: card.validity, with: { dayleft: 9 } }
                                                              ^~~~~~~
            = proposal: write “days_left”
        rules.yaml:7:21: warning: a warning decides nothing: this code will never be seen [unused-exit]
                  - { id: kept, exit: 50, check: card.kind, with: { accept: [cps] }, severity: warning }
                                ^~~~
            = proposal: remove “exit”, or write “severity: blocking”

        """)
    #expect(run.output.isEmpty)
  }

  @Test(
    "What may be one of several is told with all of them, and --fix leaves it to a person",
    arguments: [
      ("check: card.kind, with: { accept: [cp] }", "write “cpa”, “cpe”, “cpf” or “cps”"),
      ("check: billing.sign_", "write “billing.sign_fse” or “billing.sign_lots”"),
    ])
  func several(written: String, words: String) async throws {
    let rules = "version: 1\nstages:\n  - id: s\n    rules:\n      - { id: a, \(written), exit: 12 }\n"
    #expect(try await lint(rules).errors.contains("proposal: \(words)\n"))
    let fixed = try await lint(rules, "--diff")
    #expect(fixed.code == 78 && fixed.output.isEmpty, "\(fixed)")
  }

  @Test("An option that is for the program's own use is understood, warned of, and offered nowhere")
  func privateOption() async throws {
    let rules = """
      version: 1
      extends: default
      sources: [pcsc: { reader: A, whole_name: true }, cryptoki: { whole_name: true }]

      """
    let run = try await lint(rules)
    #expect(run.code == 0)
    for place in ["3:30", "3:62"] {
      #expect(run.errors.contains("rules.yaml:\(place): warning: “whole_name” is an option"), "\(run.errors)")
    }
    #expect(run.errors.contains("[private-option]"), "\(run.errors)")
    // Not even as a suggestion.
    let slip = try await lint(rules.replacing("whole_name", with: "whole_nam"))
    #expect(slip.code == 78)
    #expect(!slip.errors.contains("whole_name"), "\(slip.errors)")
    for arguments in [
      ["rules", "schema"], ["plugins", "list", "--format", "json"], ["plugins", "describe", "PCSC"],
      ["plugins", "describe", "Cryptoki"],
    ] {
      let shown = try await BuiltProgram.run(arguments + ["--lang", "en"])
      let isNamed = shown.output.contains("whole_name")
      #expect(shown.code == 0 && !isNamed, "\(arguments)")
    }
    for page in try FileManager.default.subpathsOfDirectory(atPath: "\(BuiltProgram.root)/docs")
    where page.hasSuffix(".md") || page.hasSuffix(".json") {
      let text = try String(contentsOfFile: "\(BuiltProgram.root)/docs/\(page)", encoding: .utf8)
      let isNamed = text.contains("whole_name")
      #expect(!isNamed, "\(page)")
    }
  }

  @Test("In JSON: the same, with the edit")
  func json() async throws {
    let run = try await lint(
      suspicious.replacing("days_left: 9", with: "days_left: \"9\""), "--format", "json")
    #expect(run.code == 78)
    #expect(run.output.contains("\"schema\" : \"cps-preflight/diagnostics/1\""))
    #expect(run.output.contains("\"replacement\" : \"9\""))
    #expect(
      run.output.contains("\"id\" : \"unused-exit\"") && run.output.contains("\"severity\" : \"warning\""))
    #expect(run.errors.isEmpty)
    #expect(
      try await lint("version: 1\nextends: default\n", "--format", "json").output.contains(
        "\"diagnostics\" : ["))
  }

  /// The requirements of OASIS SARIF 2.1.0 on a log, as far as this report uses it (§3.13 to §3.27, §3.55 to §3.57).
  private struct SARIFLog: Decodable {
    struct Run: Decodable {
      let tool: Tool
      let results: [Result]
      let columnKind: String?
    }
    struct Tool: Decodable {
      struct Driver: Decodable {
        struct Rule: Decodable { let id: String }
        let name: String
        let rules: [Rule]
      }
      let driver: Driver
    }
    struct Message: Decodable { let text: String }
    struct Region: Decodable {
      let startLine: Int
      let startColumn: Int
      let endColumn: Int
    }
    struct Location: Decodable {
      struct Physical: Decodable {
        struct Artifact: Decodable { let uri: String }
        let artifactLocation: Artifact
        let region: Region
      }
      let physicalLocation: Physical
    }
    struct Result: Decodable {
      struct Fix: Decodable {
        struct Change: Decodable {
          struct Replacement: Decodable {
            struct Content: Decodable { let text: String }
            let deletedRegion: Region
            let insertedContent: Content
          }
          let replacements: [Replacement]
        }
        let artifactChanges: [Change]
      }
      let ruleId: String
      let level: String
      let message: Message
      let locations: [Location]
      let fixes: [Fix]?
    }
    let version: String
    let runs: [Run]
  }

  @Test("In SARIF 2.1.0: results with level, place and fix")
  func sarif() async throws {
    let run = try await lint(
      suspicious.replacing("days_left: 9", with: "days_left: \"9\""), "--format", "sarif")
    #expect(run.code == 78)
    let log = try JSONDecoder().decode(SARIFLog.self, from: Data(run.output.utf8))
    #expect(log.version == "2.1.0")
    #expect(log.runs.count == 1)
    let results = log.runs[0].results
    #expect(results.map(\.ruleId) == ["wrong-type", "unused-exit"])
    #expect(results.map(\.level) == ["error", "warning"])
    #expect(results.allSatisfy { $0.locations[0].physicalLocation.region.startLine >= 6 })
    #expect(results[0].locations[0].physicalLocation.artifactLocation.uri == "rules.yaml")
    let replacement = try #require(results[0].fixes?[0].artifactChanges[0].replacements[0])
    #expect(replacement.insertedContent.text == "9")
    #expect(replacement.deletedRegion.endColumn - replacement.deletedRegion.startColumn == 3)
    let known = Set(log.runs[0].tool.driver.rules.map(\.id))
    #expect(known.isSuperset(of: results.map(\.ruleId)))
  }

  @Test("The file may be named either way, but not both")
  func naming() async throws {
    #expect(try await BuiltProgram.run(["rules", "lint", "rules.yaml"]).code == 0)
    #expect(try await BuiltProgram.run(["rules", "lint", "--rules", "rules.yaml"]).code == 0)
    #expect(try await BuiltProgram.run(["rules", "lint", "rules.yaml", "--rules", "rules.yaml"]).code == 64)
    #expect(try await BuiltProgram.run(["rules", "lint", "nothing.yaml"]).code == 66)
  }

  @Test("On another day, waivers count or not")
  func day() async throws {
    let text =
      "version: 1\nextends: default\nwaivers: [{ rule: dam-present, reason: essai, until: 2026-04-30 }]\n"
    #expect(try await lint(text, "--strict", "--on", "2026-04-01").code == 0)
    let late = try await lint(text, "--strict", "--on", "2026-05-01")
    #expect(late.code == 78)
    #expect(late.errors.contains("[expired-waiver]"))
  }

  @Test("The shipped rules have nothing suspicious")
  func shipped() async throws {
    #expect(try await BuiltProgram.run(["rules", "lint", "--strict", "rules.yaml"]).code == 0)
  }
}
