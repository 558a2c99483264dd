import FoundationEssentials
import Testing

/// A plugin with two facts of each kind, and a rule about them; what it is asked, and what it answers.
private struct PairCase {
  let plugin: PluginCase

  /// - Parameters:
  ///   - facts: the members of the plugin's answer.
  ///   - rule: what the rule demands.
  init(_ facts: String, type: String = "string", rule: String) throws {
    let needs = #""needs": ["erp/a"]"#
    plugin = try PluginCase(
      describe: """
        printf '%s' '{"protocol": 1, "name": "erp", "version": "1",
          "sources": [{"name": "account", "summary": "…", "facts": [
            {"name": "a", "type": "\(type)", "personal": true}, {"name": "b", "type": "\(type)", "personal": true},
            {"name": "open", "type": "string"}, {"name": "shut", "type": "string"}]},
           {"name": "next", "summary": "…", \(needs), "facts": [{"name": "c", "type": "boolean"}]}]}'
        """,
      gather: """
        if test "$2" = next; then cat > request; echo '{"facts": {"c": true}}'; exit 0; fi
        cat > /dev/null; printf '%s' '{"facts": {\(facts)}}'
        """,
      rules: """
        version: 1
        plugins: [plugin/erp]
        sources: [erp/account, erp/next]
        stages:
          - id: s
            rules:
              - { id: r, check: fact, with: { \(rule) } }
              - { id: c, check: fact, with: { fact: erp/c, equals: true }, severity: warning }
        """)
  }

  /// The same as a facts file.
  func givenInFile(_ facts: String) async throws -> BuiltProgram.Run {
    let members = facts.replacing(#/"(?<name>a|b|open|shut)":/#) { "\"erp/\($0.name)\":" }
    try plugin.folder.write(
      #"{"schema": "cps-preflight/facts/1", "facts": {\#(members)}}"#, to: "given.json")
    try plugin.folder.write(
      String(contentsOf: URL(filePath: "\(plugin.folder.path)/rules.yaml"), encoding: .utf8)
        .replacing("sources: [erp/account, erp/next]", with: "sources: []"), to: "file.yaml")
    return try await plugin.check("--facts", "given.json", "--rules", "file.yaml")
  }
}

@Suite("What a plugin or a file gives in the place of a value")
struct GivenValueTests {
  private static let mask = "•••••••017"

  @Test(
    "A mask is not compared, whatever gives it and whatever its type",
    arguments: [
      (#""a": "\#(mask)", "b": "\#(mask)""#, "string", "fact: erp/a, equals: { fact: erp/b }"),
      (#""open": "\#(mask)", "b": "\#(mask)""#, "string", "fact: erp/open, equals: { fact: erp/b }"),
      (#""a": "•••", "b": "•••""#, "date", "fact: erp/a, equals: { fact: erp/b }"),
      (#""a": "no •••", "b": "no •••""#, "string", "fact: erp/a, matches: no.*"),
    ])
  func masks(facts: String, type: String, rule: String) async throws {
    let one = try PairCase(facts, type: type, rule: rule)
    for run in [try await one.plugin.check(), try await one.givenInFile(facts)] {
      #expect(run.code == 75 && run.output.contains("the value is masked"), "\(run)")
    }
  }

  @Test("A mask that a plugin gives counts as present, and is handed on to no other")
  func maskHandedOn() async throws {
    let one = try PairCase(#""a": "\#(Self.mask)""#, rule: "fact: erp/a, present: true")
    let run = try await one.plugin.check()
    #expect(run.code == 0, "\(run)")
    let request = try String(
      contentsOf: URL(filePath: "\(one.plugin.folder.path)/request"), encoding: .utf8)
    #expect(request.contains(#""facts": {}"#), "\(request)")
  }

  @Test(
    "A blank text is no value: undecided, with its name, whatever gives it",
    arguments: [
      (#""open": """#, "fact: erp/open, present: true", "erp/open"),
      (#""open": " \t\n""#, "fact: erp/open, matches: \".*\"", "erp/open"),
      (#""open": "\u00a0", "shut": "\u00a0""#, "fact: erp/open, equals: { fact: erp/shut }", "erp/open"),
      (#""open": "x", "shut": """#, "fact: erp/open, equals: { fact: erp/shut }", "erp/shut"),
      (#""a": "", "b": """#, "fact: erp/a, equals: { fact: erp/b }", "erp/a"),
      (#""a": "\u200b""#, "fact: erp/a, present: true", "erp/a"),
      (#""open": """#, "fact: erp/open, present: false", "erp/open"),
    ])
  func blanks(facts: String, rule: String, name: String) async throws {
    let one = try PairCase(facts, rule: rule)
    for run in [try await one.plugin.check(), try await one.givenInFile(facts)] {
      #expect(run.code == 75 && run.output.contains("\(name): "), "\(run)")
      #expect(run.output.contains("gives a blank text, which is not a value"), "\(run)")
    }
  }

  @Test("A blank text on the command line is none either")
  func blankArgument() async throws {
    let one = try PairCase(#""open": "x""#, rule: "fact: erp/open, present: true")
    #expect(try await one.plugin.check("--with", "erp/shut=").code == 0)
    let run = try await one.plugin.check("--with", "erp/open= ")
    #expect(run.code == 75 && run.output.contains("--with gives a blank text"), "\(run)")
  }

  @Test(
    "An empty list or map is a value, also a personal one",
    arguments: [(#""a": []"#, "list"), (#""a": {}"#, "map"), (#""a": [""]"#, "list")])
  func empty(facts: String, type: String) async throws {
    let one = try PairCase(facts, type: type, rule: "fact: erp/a, present: true")
    for run in [try await one.plugin.check(), try await one.givenInFile(facts)] {
      #expect(run.code == 0, "\(run)")
    }
  }

  @Test(
    "A plugin is not asked for an answer that a file gives, but for the others", arguments: [false, true])
  func answers(batch: Bool) async throws {
    let rules = PluginCase.rules + "\n      - { id: again, check: erp/open, exit: 35 }\n"
    let manifest = PluginCase.manifest.replacing(
      #""version": "1.2","#, with: #""version": "1.2", "batch": \#(batch),"#)
    let plugin = try PluginCase(
      describe: "printf '%s' '\(manifest)'",
      check: #"cat > /dev/null; echo asked >> asked; echo '{"outcome": "pass", "message": "another text"}'"#,
      rules: rules)
    for (given, asked) in [(["open"], 1), (["open", "again"], 0)] {
      try? FileManager.default.removeItem(atPath: "\(plugin.folder.path)/asked")
      let members = given.map { #""erp/open?\#($0)": "pass""# }.joined(separator: ", ")
      try plugin.folder.write(
        #"{"schema": "cps-preflight/facts/1", "facts": {\#(members)}}"#, to: "answers.json")
      let run = try await plugin.check("--facts", "answers.json")
      #expect(run.code == 0, "\(run)")
      let calls =
        (try? String(contentsOf: URL(filePath: "\(plugin.folder.path)/asked"), encoding: .utf8)) ?? ""
      #expect(calls == String(repeating: "asked\n", count: asked), "\(given)")
    }
  }
}

@Suite("What a source was asked for in vain is not to be typed instead")
struct AskedInVainTests {
  private static let manifest = """
    {"protocol": 1, "name": "erp", "version": "1", "sources": [
      {"name": "one", "summary": "…", NEEDS "facts": [{"name": "b", "type": "boolean"}]},
      {"name": "two", "summary": "…", "needs": ["erp/b"], "facts": [{"name": "c", "type": "boolean"}]}]}
    """

  private static let rules = """
    version: 1
    plugins: [plugin/erp]
    facts: { lot/open: { type: boolean } }
    sources: [erp/one, erp/two]
    stages:
      - { id: s, rules: [{ id: r, check: fact, with: { fact: erp/b, equals: true } }] }
      - { id: t, rules: [{ id: own, check: fact, with: { fact: lot/open, equals: true } }] }
    """

  @Test(
    "Whatever the reason; a fact that nothing was asked for is still named with its option",
    arguments: [
      ("exit 3", "", "ended with status 3"),
      (#"echo '{"facts": {}}'"#, "", "is not known to the plugin"),
      (#"echo '{"facts": {"b": null}}'"#, "", "is not known to the plugin"),
      (#"echo '{"unavailable": {"reason": "service", "message": "no server"}}'"#, "", "no server"),
      (#"echo '{"unavailable": {"reason": "input", "message": "no input"}}'"#, "", "no input"),
      (#"echo '{"unavailable": {"reason": "other", "message": "no luck"}}'"#, "", "no luck"),
      (#"echo '{"facts": {"b": 1}}'"#, "", "facts.b: is not a boolean"),
      (#"echo '{"facts": {"b": true}}'"#, #""needs": ["erp/c"],"#, "in a circle"),
    ])
  func asked(gather: String, needs: String, words: String) async throws {
    let plugin = try PluginCase(
      describe: "printf '%s' '\(Self.manifest.replacing("NEEDS", with: needs))'",
      gather: "cat > /dev/null; \(gather)", rules: Self.rules)
    try plugin.folder.write(
      #"{"schema": "cps-preflight/facts/1", "facts": {"card.present": true}}"#, to: "card.json")
    let run = try await plugin.check("--facts", "card.json")
    #expect([69, 75].contains(run.code) && run.output.contains(words), "\(run)")
    #expect(!run.output.contains("--with erp/b"), "\(run)")
    #expect(run.output.contains("--with lot/open=true/false"), "\(run)")
  }
}

@Suite("What a plugin tells again of what it was told is masked")
struct ToldAgainTests {
  @Test(
    "Parts of a name, names in a map, short values, in its words and in its last words",
    arguments: [
      ("string", #""TESTARD ALBAN""#, "of ALBAN, testard", "of •••, •••"),
      ("string", #""LI""#, "of Li", "of •••"),
      ("map", #"{"TESTARD": {"Médecine générale": 1}}"#, "Testard, medecine generale", "•••, •••"),
      ("list", #"[["Me\u0301decine"], 692612344]"#, "MÉDECINE 692 612 344", "••• •••"),
    ])
  func parts(type: String, value: String, said: String, shown: String) async throws {
    let manifest = PluginCase.manifest.replacing(
      #""name": "identifier", "type": "string""#, with: #""name": "identifier", "type": "\#(type)""#)
    for check in [
      #"printf '%s' '{"outcome": "fail", "message": "\#(said)"}'"#, "echo '\(said)' >&2; exit 1",
    ] {
      let plugin = try PluginCase(
        describe: "printf '%s' '\(manifest)'",
        gather: #"printf '%s' '{"facts": {"identifier": \#(value), "lots": 3}}'"#,
        check: "cat > /dev/null; \(check)")
      let run = try await plugin.check("--verbose")
      #expect(run.code == 33 || run.code == 69, "\(run)")
      #expect((run.output + run.errors).contains(shown), "\(run)")
      #expect(!(run.output + run.errors).contains(said), "\(run)")
    }
  }
}
