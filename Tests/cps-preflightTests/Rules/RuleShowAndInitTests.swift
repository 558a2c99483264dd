import FoundationEssentials
import Glibc
import Testing

@Suite("Integrators begin a rule file, and see what it comes to")
struct RuleShowAndInitTests {
  @Test(
    "rules init writes a sound file that extends the shipped rules, every example of which works",
    arguments: ["fr", "en"])
  func initialFile(language: String) async throws {
    let folder = try Folder()
    let run = try await BuiltProgram.run(["rules", "init", "--lang", language], in: folder.path)
    #expect(run.code == 0)
    let text = try String(contentsOf: URL(filePath: "\(folder.path)/rules.yaml"), encoding: .utf8)
    #expect(text.contains("extends: default"))
    #expect(try await BuiltProgram.run(["rules", "lint", "--strict"], in: folder.path).code == 0)
    // The examples: every comment line that is YAML, without its sign. Missing files and rules are left out.
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).filter {
      !$0.contains("include:")
    }
    let examples = lines.map { line in
      let body = line.hasPrefix("# ") ? String(line.dropFirst(2)) : String(line)
      let isYAML =
        body.hasPrefix(" ") || ["override:", "stages:", "facts:", "waivers:", "messages:"].contains(body)
      return line.hasPrefix("# ") && isYAML ? body : String(line)
    }
    try folder.write(examples.joined(separator: "\n"), to: "rules.yaml")
    let lint = try await BuiltProgram.run(
      ["rules", "lint", "--on", "2026-10-15", "--strict", "--lang", "en"], in: folder.path)
    #expect(lint.code == 0, "\(lint.errors)")
    #expect(lint.output.contains("12 rules"))
  }

  @Test("rules init overwrites nothing, and writes nothing beside somebody's rule file")
  func nothingOverwritten() async throws {
    let folder = try Folder(["rules.yaml": "mine"])
    let run = try await BuiltProgram.run(["rules", "init"], in: folder.path)
    #expect(run.code == 74)
    #expect(try String(contentsOf: URL(filePath: "\(folder.path)/rules.yaml"), encoding: .utf8) == "mine")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["rules.yaml"])
    let beside = try Folder(["my-rules.test.yaml": "mine", "rules.schema.json": "mine"])
    let left = try await BuiltProgram.run(
      ["rules", "init", "my-rules.yaml", "--lang", "en"], in: beside.path)
    #expect(left.code == 0 && left.output.contains("left as it is: "), "\(left)")
    for name in ["my-rules.test.yaml", "rules.schema.json"] {
      #expect(try String(contentsOf: URL(filePath: "\(beside.path)/\(name)"), encoding: .utf8) == "mine")
    }
  }

  @Test(
    "rules init writes a test beside the rule file, and the two pass together",
    arguments: [
      ("my-rules.yaml", "my-rules.test.yaml", "fr"), ("sub/a b: #c.yml", "sub/a b: #c.test.yml", "en"),
      ("rules", "rules.test.yaml", "en"),
    ])
  func initialTest(rules: String, test: String, language: String) async throws {
    let folder = try Folder(["sub/x": ""])
    let made = try await BuiltProgram.run(["rules", "init", rules, "--lang", language], in: folder.path)
    #expect(made.code == 0 && made.output.contains(test), "\(made)")
    let lint = try await BuiltProgram.run(["rules", "lint", "--strict", rules], in: folder.path)
    #expect(lint.code == 0, "\(lint)")
    let tested = try await BuiltProgram.run(["rules", "test", test, "--lang", "en"], in: folder.path)
    #expect(tested.code == 0 && tested.output.contains("1 test, 0 failed"), "\(tested)")
  }

  @Test("A rule file names the installed schema by its absolute path, or the one that is written beside it")
  func schema() async throws {
    let folder = try Folder([
      "prefix/share/cps-preflight/docs/schemas/rules-1.json": "{}", "a/x": "", "b/x": "",
    ])
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/prefix/bin", withIntermediateDirectories: true)
    let installed = "\(folder.path)/prefix/bin/cps-preflight"
    func line(_ name: String) throws -> String? {
      try String(contentsOf: URL(filePath: "\(folder.path)/\(name)"), encoding: .utf8).split(separator: "\n")
        .first { $0.contains("yaml-language-server") }.map(String.init)
    }
    let run = try await BuiltProgram.shell(
      "cp \"$P\" prefix/bin/ && \(installed) rules init a/rules.yaml", in: folder.path)
    #expect(run.code == 0, "\(run)")
    let path = "\(folder.path)/prefix/share/cps-preflight/docs/schemas/rules-1.json"
    #expect(try line("a/rules.yaml") == "# yaml-language-server: $schema=\(path)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/a").count == 3)
    // These tests run a program that is not installed, unless one is.
    guard access("/usr/share/cps-preflight/docs/schemas/rules-1.json", R_OK) != 0 else { return }
    #expect(try await BuiltProgram.run(["rules", "init", "b/rules.yaml"], in: folder.path).code == 0)
    #expect(try line("b/rules.yaml") == "# yaml-language-server: $schema=rules.schema.json")
    let checked = try await JSONSchemaChecker.run(
      ["--schemafile", "\(folder.path)/b/rules.schema.json", "\(BuiltProgram.root)/rules.yaml"],
      in: folder.path)
    #expect(checked.code == 0, "\(checked)")
  }

  @Test("rules show prints effective rules that judge as the file does, and say where each part comes from")
  func show() async throws {
    let folder = try Folder([
      "rules.yaml": """
      version: 1
      extends: default
      include: [more/societe.yaml]
      override:
        fin-de-validite-proche: { with: { days_left: 90 } }
        cryptolib-a-jour: { with: { issued_from: { 2025-07-01: null } } }
      disable: [code-porteur-utilisable]

      """,
      "more/societe.yaml": """
      version: 1
      stages:
        - id: societe
          rules:
            - { id: reelle, check: fact, with: { fact: card.kind, equals: cpe }, exit: 12 }

      """,
    ])
    let shown = try await BuiltProgram.run(["rules", "show"], in: folder.path)
    #expect(shown.code == 0)
    for words in ["# rules.yaml:5", "# more/societe.yaml:5", "# default:", "days_left: 90"] {
      #expect(shown.output.contains(words), "\(words)")
    }
    #expect(!shown.output.contains("code-porteur-utilisable"))
    #expect(!shown.output.contains("issued_from"), "an empty map says nothing")
    try folder.write(shown.output, to: "effective.yaml")
    let rules = try await Sample().check("--format", "json", rules: "\(folder.path)/rules.yaml")
    let effective = try await Sample().check("--format", "json", rules: "\(folder.path)/effective.yaml")
    #expect(rules.code == 12)
    #expect(effective.code == 12)
    func stages(_ run: BuiltProgram.Run) -> Substring? {
      run.output.firstRange(of: "\"stages\"").map { run.output[$0.lowerBound...] }
        .flatMap { rest in rest.firstRange(of: "\"startedAt\"").map { rest[..<$0.lowerBound] } }
    }
    #expect(stages(rules) != nil)
    #expect(stages(rules) == stages(effective))
  }
}
