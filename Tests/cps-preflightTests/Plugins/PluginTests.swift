import FoundationEssentials
import Glibc
import Testing

@Suite("What plugins from outside bring is like what is built in")
struct PluginTests {
  @Test("Facts and checks are judged, and personal facts are masked, also in the plugin's own words")
  func judged() async throws {
    let plugin = try PluginCase(
      check:
        #"cat > /dev/null; echo '{"outcome": "fail", "message": "692612344 is closed", "remedy": "Call the desk."}'"#
    )
    let run = try await plugin.check("--verbose")
    #expect(run.code == 33)
    #expect(run.output.contains("✗ open: ••• is closed"), "\(run.output)")
    #expect(run.output.contains("→ Call the desk."))
    #expect(run.output.contains("erp/identifier = ••• (erp/account)"))
    #expect(run.output.contains("✓ lots"))
    #expect(!run.output.contains("692612344"))
    let revealed = try await plugin.check("--verbose", "--reveal")
    #expect(revealed.output.contains("692612344 is closed"))
    let json = try await plugin.check("--format", "json")
    #expect(
      json.output.contains("\"name\" : \"erp/lots\"") && json.output.contains("\"value\" : 3"),
      "\(json.output)")
    #expect(!json.output.contains("692612344") && !json.output.contains("erp/open?"))
  }

  @Test("What a plugin was handed is masked in every word of it: why it knows nothing, and standard error")
  func handedOn() async throws {
    let manifest = PluginCase.manifest.replacing(
      "\"facts\": [{\"name\": \"identifier\"",
      with: "\"needs\": [\"card.number\"], \"facts\": [{\"name\": \"identifier\"")
    let rules = PluginCase.rules.replacing("[erp/account]", with: "[pcsc, erp/account]")
    let facts = "\(BuiltProgram.root)/docs/samples/card.json"
    for (gather, words) in [
      (
        "cat >&2; exit 4",
        "ended with status 4 (“{\"protocol\": 1, \"options\": {}, \"facts\": {\"card.number\": \"•••\"}"
      ),
      (
        #"echo '{"unavailable": {"reason": "other", "message": "2800001017 is not known"}}'"#,
        "••• is not known"
      ),
      (
        "cat >&2; \(PluginCase.gathered)",
        #"plugin/erp: {"protocol": 1, "options": {}, "facts": {"card.number": "•••"}"#
      ),
    ] {
      let plugin = try PluginCase(describe: "printf '%s' '\(manifest)'", gather: gather, rules: rules)
      let run = try await plugin.check("--facts", facts, "--on", "2026-03-15", "--verbose")
      #expect((run.output + run.errors).contains(words), "\(run)")
      #expect(!(run.output + run.errors).contains("2800001017"), "\(run)")
    }
  }

  @Test(
    "A number that a plugin was handed is masked however it says it: cut, marked, grouped, as a name or as a key",
    arguments: [
      (#"printf '{"outcome": "fail", "message": "%0991d692612344"}' 0"#, "•••"),
      (#"printf '{"outcome": "fail", "message": "%0995d692612344"}' 0"#, "•••"),
      (#"printf '{"outcome": "fail", "message": "692612344\314\201 closed"}'"#, "••• closed"),
      (
        #"printf '{"outcome": "fail", "message": "no", "remedy": "692\342\200\213612 344 closed"}'"#,
        "→ ••• closed"
      ),
      (#"echo '{"692612344": 1, "692612344": 2}'"#, "the key “•••” is given twice"),
      (
        #"echo '{"outcome": "pass", "message": "a", "x": {"a692612344": 1, "a692612344": 2}}'"#,
        "the key “•••” is given twice"
      ),
      (#"echo '692612344́ is closed' >&2; exit 1"#, "“••• is closed”"),
      (#"printf '%016379d692612344' 0 >&2; exit 1"#, "ended with status 1"),
    ])
  func handedOnWords(check: String, words: String) async throws {
    let plugin = try PluginCase(check: "cat > /dev/null; " + check)
    let run = try await plugin.check("--verbose")
    #expect(run.code != 0)
    #expect((run.output + run.errors).contains(words), "\(run)")
    for part in ["692612", "612344", "92612"] { #expect(!(run.output + run.errors).contains(part), "\(run)") }
  }

  @Test(
    "The name of a fact that a plugin did not declare is shown only where it is a plain name",
    arguments: [
      ("692612344", "facts.•••"), ("692612344\\u0301", "facts.•••"), ("no-692612344", "facts.•••"),
      ("Jean Dupont", "facts.•••"),
      ("extra", "facts.extra"),
    ])
  func undeclaredNames(name: String, shown: String) async throws {
    let plugin = try PluginCase(gather: #"cat <<'END'\#n{"facts": {"\#(name)": 1}}\#nEND"#)
    let run = try await plugin.check()
    #expect(run.code == 69)
    #expect(run.output.contains("\(shown): this fact is not declared"), "\(run)")
  }

  @Test("A request holds the parameters with their defaults, the declared facts that are known, and no other")
  func request() async throws {
    let rules = PluginCase.rules.replacing(
      "check: erp/open,", with: "check: erp/open, with: { note: \"a \\\"b\\\"\" },")
    let plugin = try PluginCase(
      check: #"cat > request; echo '{"outcome": "pass", "message": "ok"}'"#, rules: rules)
    #expect(try await plugin.check("--on", "2026-03-15").code == 0)
    let request = try String(contentsOf: URL(filePath: "\(plugin.folder.path)/request"), encoding: .utf8)
    #expect(
      request == """
        {"protocol": 1, "parameters": {"note": "a \\"b\\""}, \
        "facts": {"erp/identifier": "692612344", "today": "2026-03-15"}, "deadlineMs": 30000, "language": "en"}

        """)
  }

  @Test("Its environment is a short list, and what it asks for only where the rule file lets it")
  func environment() async throws {
    let manifest = PluginCase.manifest.replacing(
      "\"version\": \"1.2\",", with: "\"version\": \"1.2\", \"environment\": [\"ERP_HOME\", \"SECRET\"],")
    let rules = PluginCase.rules.replacing(
      "[plugin/erp]", with: "[{ path: plugin/erp, environment: [ERP_HOME, OTHER] }]")
    let plugin = try PluginCase(
      describe: "printf '%s' '\(manifest)'", gather: "env | sort > variables; \(PluginCase.gathered)",
      rules: rules)
    let run = try await plugin.run(
      "check", environment: ["ERP_HOME": "/erp", "SECRET": "s", "OTHER": "o", "LD_PRELOAD": ""])
    #expect(run.code == 0, "\(run)")
    let names = try String(contentsOf: URL(filePath: "\(plugin.folder.path)/variables"), encoding: .utf8)
      .split(separator: "\n").compactMap { $0.split(separator: "=").first.map(String.init) }
    // The shell adds PWD, and some add more of their own.
    #expect(
      Set(names).subtracting(["PWD", "OLDPWD", "SHLVL", "_"]) == ["ERP_HOME", "LANG", "PATH", "TMPDIR"])
  }

  @Test(
    "A plugin is described once, until its file changes, and then run once for its facts and once for its check"
  )
  func spawns() async throws {
    let count = "echo run >> \"$0.runs\""
    let plugin = try PluginCase(
      describe: "\(count); \(PluginCase.described)", gather: "\(count); \(PluginCase.gathered)",
      check: "\(count); \(PluginCase.passed)")
    func runs() throws -> Int {
      let text = try String(contentsOf: URL(filePath: plugin.path + ".runs"), encoding: .utf8)
      try plugin.folder.write("", to: "plugin/erp.runs")
      return text.split(separator: "\n").count
    }
    #expect(try await plugin.check().code == 0)
    #expect(try runs() == 3)
    #expect(try await plugin.check().code == 0)
    #expect(try runs() == 2)
    // Anyone who can write the cache could forge answers.
    let cache = "\(plugin.folder.path)/home/.cache/cps-preflight/plugins"
    let file = try #require(try FileManager.default.contentsOfDirectory(atPath: cache).first)
    chmod("\(cache)/\(file)", 0o666)
    #expect(try await plugin.check().code == 0)
    #expect(try runs() == 3)
    try plugin.write(String(contentsOf: URL(filePath: plugin.path), encoding: .utf8) + "\n")
    #expect(try await plugin.check().code == 0)
    #expect(try runs() == 3)
  }

  @Test("Rules that use nothing of a plugin run none")
  func unused() async throws {
    let plugin = try PluginCase(
      describe: "touch ran; \(PluginCase.described)",
      rules: """
        version: 1
        plugins: [plugin/erp]
        stages: [{ id: s, rules: [{ id: r, check: fact, with: { fact: today, after: 2020-01-01 } }] }]
        """)
    #expect(try await plugin.check().code == 0)
    #expect(!FileManager.default.fileExists(atPath: "\(plugin.folder.path)/ran"))
  }

  @Test("Checks of one plugin are asked in one process where it takes that")
  func batch() async throws {
    let manifest = PluginCase.manifest.replacing(
      "\"version\": \"1.2\",", with: "\"version\": \"1.2\", \"batch\": true,")
    let rules =
      PluginCase.rules + """

              - { id: again, check: erp/open, with: { note: x }, exit: 35 }
              - { id: closed, check: erp/open, exit: 36, severity: blocking }
        """
    let check = #"""
      echo run >> "$0.runs"
      while read -r line; do
        id=${line##*\"id\": }; id=${id%\}}
        case $id in 2) outcome=fail ;; *) outcome=pass ;; esac
        echo "{\"id\": $id, \"outcome\": \"$outcome\", \"message\": \"number $id\"}"
      done
      """#
    let plugin = try PluginCase(describe: "printf '%s' '\(manifest)'", check: check, rules: rules)
    let run = try await plugin.check()
    #expect(run.code == 36, "\(run)")
    #expect(run.output.contains("✓ open: number 0") && run.output.contains("✓ again: number 1"))
    let runs = try String(contentsOf: URL(filePath: plugin.path + ".runs"), encoding: .utf8)
    #expect(runs == "run\n")
    let disordered = try PluginCase(
      describe: "printf '%s' '\(manifest)'",
      check: check.replacing("\\\"id\\\": $id,", with: "\\\"id\\\": 7,"),
      rules: rules)
    #expect(try await disordered.check().code == 69)
  }

  @Test("A facts file may say its facts, and what it answers")
  func given() async throws {
    let plugin = try PluginCase(describe: PluginCase.described, gather: "exit 1", check: "exit 1")
    try plugin.folder.write(
      """
      {"schema": "cps-preflight/facts/1",
       "facts": {"erp/identifier": "1", "erp/lots": 2, "erp/open?open": "pass", "crm/customer": "nobody asks"}}
      """, to: "f.json")
    #expect(try await plugin.check("--facts", "f.json", "--offline").code == 0)
    try plugin.folder.write(
      #"{"schema": "cps-preflight/facts/1", "facts": {"erp/lots": "2"}}"#, to: "f.json")
    let wrong = try await plugin.check("--facts", "f.json")
    #expect(wrong.code == 65 && wrong.errors.contains("erp/lots takes an integer"), "\(wrong)")
    try plugin.folder.write(
      """
      version: 1
      rules: rules.yaml
      tests:
        - name: closed
          facts: { erp/lots: 3, "erp/open?open": fail }
          expect: { exit: 33, rules: { open: fail, lots: pass } }
      """, to: "t.yaml")
    let tests = try await plugin.run("rules", "test", "t.yaml")
    #expect(tests.code == 0, "\(tests)")
  }

  @Test("Mistakes in rules are told with the nearest name, and types are checked")
  func lint() async throws {
    for (wrong, words) in [
      ("check: erp/opn", "write “erp/open”"), ("fact: erp/lot", "write “erp/lots”"),
      ("[erp/acount]", "write “erp/account”"), ("at_least: two", "cannot be compared with this fact"),
      ("check: erp/open, with: { strict: true }", "unknown parameter “strict”"),
      ("check: erp/open, with: { note: [] }", "note takes a string"),
      ("plugins: [{ path: plugin/erp, environment: [\"A B\"] }]", "is not the name of a variable"),
    ] {
      var rules = PluginCase.rules
      switch wrong.prefix(6) {
      case "check:": rules = rules.replacing("check: erp/open", with: wrong)
      case "fact: ": rules = rules.replacing("fact: erp/lots", with: wrong)
      case "at_lea": rules = rules.replacing("at_least: \"2\"", with: wrong)
      case "plugin": rules = rules.replacing("plugins: [plugin/erp]", with: wrong)
      default: rules = rules.replacing("[erp/account]", with: wrong)
      }
      let run = try await PluginCase(rules: rules).run("rules", "lint")
      #expect(run.code == 78 && run.errors.contains(words), "\(wrong): \(run)")
    }
    let missing = try PluginCase(rules: PluginCase.rules.replacing("plugin/erp]", with: "plugin/none]"))
    let warned = try await missing.run("rules", "lint")
    #expect(warned.code == 0 && warned.errors.contains("[unusable-plugin]"), "\(warned)")
    #expect(try await missing.run("rules", "lint", "--strict").code == 78)
  }

  @Test("They are in the schema, the page for the help desk, explanations and the facts")
  func documented() async throws {
    let plugin = try PluginCase()
    #expect(try await plugin.run("rules", "schema").output.contains("\"erp/open\""))
    #expect(try await plugin.run("rules", "docs").output.contains("erp/open"))
    #expect(try await plugin.run("explain", "erp/identifier").output.contains("erp/identifier"))
    #expect(try await plugin.run("rules", "show").output.contains("- plugin/erp"))
    let facts = try await plugin.run("facts", "--format", "json")
    #expect(
      facts.output.contains("\"erp/lots\" : 3") && facts.output.contains("\"erp/identifier\" : \"•••\""))
  }

  @Test("What it says on standard error is shown where that is asked for")
  func verbose() async throws {
    let plugin = try PluginCase(gather: "echo asking the ERP >&2; \(PluginCase.gathered)")
    #expect(try await plugin.check("--verbose").errors.contains("plugin/erp: asking the ERP"))
    #expect(try await plugin.check().errors == "")
  }
}
