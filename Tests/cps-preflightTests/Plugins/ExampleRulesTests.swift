import FoundationEssentials
import Testing

/// The examples, copied so that nobody else may write to them, and rules that use them.
private struct ExampleRules {
  private let folder: Folder

  /// - Parameter rules: the text of the rule file.
  init(_ plugins: [ExamplePlugin] = ExamplePlugin.allCases, rules: String) async throws {
    folder = try Folder(["rules.yaml": rules])
    for plugin in plugins {
      if plugin == .certificate { _ = try await plugin.test() }
      let name = "cps-preflight-\(plugin.rawValue)"
      let copied = try await BuiltProgram.shell(
        "install -D -m 755 \(plugin.executable) \(plugin.rawValue)/\(name)", in: folder.path)
      try #require(copied.code == 0, "\(copied)")
    }
  }

  /// One rule, with the code 42.
  init(_ plugin: ExamplePlugin, source: String, check: String, with parameters: String = "{}") async throws {
    try await self.init(
      [plugin],
      rules: """
        version: 1
        plugins: [\(plugin.rawValue)/cps-preflight-\(plugin.rawValue)]
        sources: [\(source)]
        stages: [{ id: s, rules: [{ id: asked, check: \(check), with: \(parameters), exit: 42 }] }]

        """)
  }

  /// Judges the sample card by them, in English.
  func check(_ arguments: String...) async throws -> BuiltProgram.Run {
    try await run(["check", "--facts", "docs/samples/card.json", "--timeout", "60s"] + arguments)
  }

  func run(_ arguments: [String]) async throws -> BuiltProgram.Run {
    try await BuiltProgram.run(arguments + ["--rules", "\(folder.path)/rules.yaml", "--lang", "en"])
  }
}

@Suite("The examples of plugins judge, through the program")
struct ExampleRulesTests {
  private static let society = "Plugins/Examples/expected-am/society.csv"

  @Test(
    "The expected numéro AM",
    arguments: [
      ("{ file: \(society), key: ACCUEIL }", 0, "the card has the expected numéro AM"),
      ("{ file: \(society), key: CABINET-2 }", 42, "the card does not have the expected numéro AM"),
      ("{ file: \(society), key: GARAGE }", 75, "the expected numéro AM is not known"),
      ("{ file: /nowhere }", 75, "the expected numéro AM is not known"),
    ])
  func expectedAM(options: String, code: Int32, message: String) async throws {
    let rules = try await ExampleRules(
      .expectedAM, source: "expected-am/csv: \(options)", check: "expected-am/matches")
    let run = try await rules.check()
    #expect(run.code == code && run.output.contains(message), "\(run)")
  }

  @Test("The expected number is masked, unless it is asked for, and a source says why it does not know it")
  func masked() async throws {
    let rules = try await ExampleRules(
      .expectedAM, source: "expected-am/csv: { file: \(Self.society), key: ACCUEIL }",
      check: "expected-am/matches")
    #expect(
      try await rules.run(["facts"]).output.contains("expected-am/identifier = ••• (expected-am/csv)\n"))
    #expect(
      try await rules.run(["facts", "--reveal"]).output.contains(
        "expected-am/identifier = 692612344 (expected-am/csv)\n"))
    let json = try await rules.check("--format", "json")
    #expect(json.code == 0 && !json.output.contains("692612344"), "\(json)")

    let missing = try await ExampleRules(
      .expectedAM, source: "expected-am/csv: { file: /nowhere }", check: "expected-am/matches")
    let facts = try await missing.run(["facts"])
    #expect(
      facts.output.contains("expected-am/identifier ? /nowhere: there is no such file (expected-am/csv)\n"),
      "\(facts)")
  }

  @Test(
    "Room on the disk, by the check of the plugin and by `fact`",
    arguments: [
      ("/", "workstation/healthy", "{ free: 2000000000 }", 42, "are needed"),
      ("/nowhere", "workstation/healthy", "{ free: 0 }", 75, "the room on the disk is not known"),
      ("/", "fact", "{ fact: workstation/freeBytes, at_least: 1 }", 0, "asked for: at least 1"),
      ("/", "fact", "{ fact: workstation/freeBytes, at_least: 9000000000000000000 }", 42, "asked for"),
      ("/nowhere", "fact", "{ fact: workstation/freeBytes, at_least: 1 }", 75, "/nowhere: No such file"),
    ])
  func disk(path: String, check: String, parameters: String, code: Int32, message: String) async throws {
    let rules = try await ExampleRules(
      .workstation, source: "workstation/disk: { path: \(path) }", check: check, with: parameters)
    let run = try await rules.check()
    #expect(run.code == code && run.output.contains(message), "\(run)")
  }

  @Test("A clock that files written already prove late")
  func clock() async throws {
    let witness = try Folder(["witness": ""])
    let touched = try await BuiltProgram.shell("touch -d '2 hours' witness", in: witness.path)
    #expect(touched.code == 0)
    let rules = try await ExampleRules(
      .workstation, source: "workstation/clock: { witnesses: [\(witness.path)/witness] }", check: "fact",
      with: "{ fact: workstation/clockBehind, at_most: 30s }")
    // If a time service keeps the clock of this machine, it is trusted instead of the file.
    let run = try await rules.check()
    #expect(run.code == 42 || (run.code == 75 && run.output.contains("not known to the plugin")), "\(run)")
  }

  @Test(
    "The certificate, day by day",
    arguments: [
      ("samples/poste.pem", "2026-03-15", 0, "in 381 days"),
      ("samples/poste.der", "2027-03-16", 42, "in 15 days"),
      ("samples/poste.pem", "2027-04-01", 42, "expired on 2027-03-31"),
      ("Package.swift", "2026-03-15", 75, "the dates of the certificate are not known"),
    ])
  func certificate(file: String, day: String, code: Int32, message: String) async throws {
    let rules = try await ExampleRules(
      .certificate, source: "certificate/file: { path: \(ExamplePlugin.certificate.folder)/\(file) }",
      check: "certificate/valid", with: "{ days_left: 15 }")
    let run = try await rules.check("--on", day)
    #expect(run.code == code && run.output.contains(message), "\(run)")
  }

  @Test("A facts file may take a plugin's place, which is then not asked")
  func given() async throws {
    let rules = try await ExampleRules(
      .certificate, source: "certificate/file: { path: /nowhere }", check: "certificate/valid")
    let folder = try Folder([
      "facts.json": """
      {"schema": "cps-preflight/facts/1",
       "facts": {"certificate/validFrom": "2025-03-31", "certificate/expiresOn": "2026-03-14"}}
      """
    ])
    let run = try await rules.check("--facts", "\(folder.path)/facts.json", "--on", "2026-03-15")
    #expect(run.code == 42 && run.output.contains("expired on 2026-03-14"), "\(run)")
  }

  @Test("The rule file beside them uses all three, and is sound")
  func sample() async throws {
    let text = try String(contentsOfFile: "\(BuiltProgram.root)/Plugins/Examples/rules.yaml", encoding: .utf8)
    let rules = try await ExampleRules(rules: text)
    let run = try await rules.check("--on", Sample.day)
    #expect(run.code == 0 && run.output.contains("✓ The numéro AM that the society expects"), "\(run)")
    #expect(run.output.contains("✓ Certificate of the workstation"), "\(run)")
    let late = try await rules.check("--on", "2027-03-20")
    #expect(late.code == 50, "\(late)")
  }

  @Test("Verdicts and facts that hold facts of plugins are as their schemas say")
  func documents() async throws {
    let text = try String(contentsOfFile: "\(BuiltProgram.root)/Plugins/Examples/rules.yaml", encoding: .utf8)
    let rules = try await ExampleRules(rules: text)
    let verdict = try await rules.check("--on", Sample.day, "--format", "json").output
    #expect(verdict.contains("certificate\\/expiresOn") || verdict.contains("certificate/expiresOn"))
    #expect(try await SchemaValidator.refused(by: "verdict-1", ["verdict": verdict]) == [])
    let facts = try await rules.run(["facts", "--format", "json"]).output
    #expect(facts.contains("workstation\\/freeBytes") || facts.contains("workstation/freeBytes"))
    #expect(try await SchemaValidator.refused(by: "facts-1", ["facts": facts]) == [])
  }
}
