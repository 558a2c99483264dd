import Testing

@Suite("Facts of one's own, through the program")
struct OwnFactsTests {
  @Test(
    "They are compared with the card and the day",
    arguments: [
      ([:], 0, "as lot/test says"), (["lot/identifier": "\"751612346\""], 21, "has no identifier •••61••••"),
      (["lot/card": "\"2800001018\""], 22, "as card.number says"),
      (["lot/test": "true"], 23, "as lot/test says"),
      (["lot/oldest": "\"2026-03-06\""], 24, "asked for: at most 8 days"),
      (["lot/oldest": "\"2026-03-16\""], 75, "after today"),
      (["lot/identifier": nil], 75, "lot/identifier is not known"),
      (["lot/card": nil], 75, "lot/card is not known"), (["lot/test": nil], 75, "lot/test is not known"),
      (["lot/identifier": "\"•••\""], 75, "masked"),
      (["lot/identifier": "692612344"], 65, "lot/identifier takes a string"),
      (["lot/tset": "true"], 65, "did you mean “lot/test”?"),
    ] as [([String: String?], Int32, String)])
  func compared(lot: [String: String?], code: Int32, words: String) async throws {
    let run = try await OwnFactsCase(lot).check()
    #expect(run.code == code, "\(run)")
    #expect((run.output + run.errors).contains(words), "\(run)")
  }

  @Test(
    "What is personal is masked in every format, whatever comes of it", arguments: EveryFormatTests.formats)
  func masked(format: String) async throws {
    let others: [[String: String?]] = [
      [:], ["lot/identifier": "\"751612346\"", "lot/card": "\"2800009993\"", "lot/oldest": "\"2026-03-01\""],
      ["lot/identifier": "\"N751612346\"", "lot/oldest": "\"2026-03-20\""],
    ]
    for lot in others {
      let run = try await OwnFactsCase(lot).check("--format", format, "--verbose")
      for secret in [
        "692612344", "751612346", "2800001017", "2800009993", "2026-03-01", "2026-03-20", "14 days",
      ] {
        #expect(!run.output.contains(secret), "\(secret): \(run.output)")
      }
    }
    let revealed = try await OwnFactsCase(others[1]).check("--format", format, "--verbose", "--reveal")
    // Metrics have no text.
    #expect(revealed.output.contains("751612346") == (format != "prometheus"), "\(revealed.output)")
  }

  @Test("A declaration that cannot be is told before anything is judged: 78")
  func invalid() async throws {
    let one = try OwnFactsCase(rules: OwnFactsCase.rules.replacing("type: boolean", with: "type: bool"))
    let run = try await one.check()
    #expect(run.code == 78 && run.errors.contains("rules.yaml:5:"), "\(run)")
    #expect(run.errors.contains("boolean"), "\(run)")
  }

  @Test("A name that is a plugin's as well: 78, wherever the plugin is")
  func plugin() async throws {
    let describe =
      "#!/bin/sh\necho '\(PluginCase.manifest.replacing("erp", with: "lot").replacing("\n", with: " "))'\n"
    let places = [
      ("cps-preflight-lot", "", ["--plugin-dir", "."]), ("lot-program", "plugins: [./lot-program]\n", []),
      (".local/share/cps-preflight/plugins/cps-preflight-lot", "", []),
    ]
    for (path, listed, arguments) in places {
      let one = try OwnFactsCase(rules: OwnFactsCase.rules + listed)
      try one.folder.writeProgram(describe, to: path)
      let run = try await one.run(["check", "--facts", "card.json", "--facts", "lot.json"] + arguments)
      #expect(run.code == 78 && run.errors.contains("[taken-prefix]"), "\(path): \(run)")
    }
  }

  @Test("The facts of a plugin are compared with one's own")
  func plugins() async throws {
    let rules = """
      version: 1
      facts: { lot/account: { type: string } }
      plugins: [plugin/erp]
      sources: [erp/account]
      stages:
        - id: s
          rules: [{ id: a, check: fact, with: { fact: lot/account, equals: { fact: erp/identifier } }, exit: 33 }]

      """
    let plugin = try PluginCase(rules: rules)
    for (account, code) in [("692612344", 0), ("751612346", 33)] as [(String, Int32)] {
      try plugin.folder.write(OwnFactsCase.file(["lot/account": "\"\(account)\""]), to: "lot.json")
      let run = try await plugin.check("--facts", "lot.json")
      #expect(run.code == code, "\(run)")
      // Shown beside a masked personal fact, the other fact would reveal it.
      #expect(!run.output.contains(account), "\(run.output)")
    }
  }

  @Test("evaluate judges lines that give them")
  func evaluated() async throws {
    let one = try OwnFactsCase()
    var lines: [String] = []
    for (lot, card) in [("692612344", "2800001017"), ("751612346", "2800001017")] {
      let facts = OwnFactsCase.lot.merging(["lot/identifier": "\"\(lot)\""]) { $1 }
      let members = facts.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", ")
      lines.append(
        Sample().with("card.test", "false").with("card.number", "\"\(card)\"").json.replacing(
          "\"facts\": {", with: "\"facts\": {\(members), "))
    }
    let run = try await one.run(["evaluate", "--rules", "rules.yaml"], input: lines.joined(separator: "\n"))
    let codes = try run.output.split(separator: "\n").map { try JSONTree($0)["exitCode"] }
    #expect(codes == [.number(0), .number(21)], "\(run)")
    #expect(!run.output.contains("751612346"))
  }

  @Test("rules test gives them, and says what is none")
  func tests() async throws {
    let one = try OwnFactsCase()
    let tests = """
      version: 1
      rules: rules.yaml
      on: 2026-03-15
      tests:
        - { name: a, facts: { lot/oldest: 2026-03-06 }, expect: { rules: { oldest: fail, card: unknown } } }
        - { name: b, unavailable: { lot/oldest: service }, expect: { rules: { oldest: unknown } } }
        - { name: c, absent: [lot/oldest], expect: { rules: { oldest: { outcome: unknown, message: there is none } } } }

      """
    try one.folder.write(tests, to: "t.yaml")
    let run = try await BuiltProgram.run(["rules", "test", "t.yaml"], in: one.folder.path)
    #expect(run.code == 0, "\(run)")
    try one.folder.write(tests.replacing("lot/oldest: 2026", with: "lot/odlest: 2026"), to: "t.yaml")
    let wrong = try await BuiltProgram.run(["rules", "test", "t.yaml", "--lang", "en"], in: one.folder.path)
    #expect(wrong.code == 65 && wrong.errors.contains("write “lot/oldest”"), "\(wrong)")
  }

  @Test("explain, rules docs and facts know them")
  func explained() async throws {
    let one = try OwnFactsCase()
    func run(_ arguments: String...) async throws -> String {
      try await BuiltProgram.run(arguments + ["--lang", "en"], in: one.folder.path).output
    }
    let explained = try await run("explain", "lot/identifier")
    #expect(explained.contains("number of the lot, a string, personal: masked"), "\(explained)")
    #expect(explained.contains("Rules that use it: number"), "\(explained)")
    #expect(try await run("explain", "fact").contains("or { fact: NAME }"))
    #expect(try await run("explain", "test").contains("equals: { fact: lot/test }"))
    #expect(try await run("rules", "docs").contains("lot/identifier (number of the lot)"))
    let facts = try await run("facts", "--facts", "lot.json", "--offline")
    #expect(
      facts.contains("lot/identifier = ••• (lot.json)\n") && facts.contains("lot/test = no"), "\(facts)")
  }

  @Test("Verdicts and facts that hold them are as their schemas say")
  func documents() async throws {
    let one = try OwnFactsCase()
    let verdict = try await one.check("--format", "json").output
    #expect(verdict.contains("lot/identifier") || verdict.contains("lot\\/identifier"))
    let facts = try await one.run(["facts", "--facts", "lot.json", "--offline", "--format", "json"]).output
    #expect(try await SchemaValidator.refused(by: "verdict-1", ["verdict": verdict]) == [])
    #expect(try await SchemaValidator.refused(by: "facts-1", ["facts": facts]) == [])
  }
}
