import FoundationEssentials
import Testing

@Suite("Where plugins are found")
struct PluginSearchTests {
  private static let unlisted = PluginCase.rules.replacing("plugins: [plugin/erp]\n", with: "")

  /// Returns a case with a lying plugin of that name in a folder of plugins.
  private func lying(in folder: String) throws -> PluginCase {
    let plugin = try PluginCase(rules: Self.unlisted)
    let text = try String(contentsOf: URL(filePath: plugin.path), encoding: .utf8)
    try plugin.write(text, to: "\(folder)/cps-preflight-erp")
    return plugin
  }

  @Test("In a folder of the command line, and in the user's own")
  func folders() async throws {
    let named = try lying(in: "more")
    #expect(try await named.check("--plugin-dir", "more").code == 0)
    #expect(try await named.check("--plugin-dir=more", "--plugin-dir", ".").code == 0)
    #expect(try await named.check("--plugin-dir", "none").code == 66)
    #expect(try await named.check().code == 69)
    let own = try lying(in: "home/.local/share/cps-preflight/plugins")
    #expect(try await own.check().code == 0)
    let elsewhere = try lying(in: "data/cps-preflight/plugins")
    let run = try await elsewhere.run(
      "check", environment: ["XDG_DATA_HOME": "\(elsewhere.folder.path)/data"])
    #expect(run.code == 0, "\(run)")
  }

  @Test("Those in folders describe themselves all at once, however long each of them takes")
  func together() async throws {
    let names = ["a", "b", "c"]
    let plugin = try PluginCase(
      rules: """
        version: 1
        stages: [{ id: s, rules: [\(names.map { "{ id: \($0), check: \($0)/open }" }.joined(separator: ", "))] }]
        """)
    for name in names {
      // Each waits until all of them have begun.
      try plugin.write(
        """
        #!/bin/sh
        if test "$1" = check; then cat > /dev/null; \(PluginCase.passed); exit; fi
        touch begun-\(name); until [ -e begun-a ] && [ -e begun-b ] && [ -e begun-c ]; do sleep 0.02; done
        echo '{"protocol": 1, "name": "\(name)", "version": "1",
          "checks": [{"name": "open", "summary": "…", "facts": []}]}'
        """, to: "more/cps-preflight-\(name)")
    }
    let run = try await plugin.check("--plugin-dir", "more", timeout: "2m")
    #expect(run.code == 0, "\(run)")
  }

  @Test("Two of one name: an error that names both")
  func ambiguous() async throws {
    let plugin = try lying(in: "more")
    try plugin.folder.write(PluginCase.rules, to: "rules.yaml")
    let run = try await plugin.check("--plugin-dir", "more")
    #expect(run.code == 78)
    #expect(run.errors.contains("plugin/erp, more/cps-preflight-erp [ambiguous-plugin]"), "\(run.errors)")
    let list = try await plugin.run("plugins", "list", "--plugin-dir", "more")
    #expect(list.code == 78 && list.output.contains("several plugins are called “erp”"))
    // The same file under two names is one plugin.
    try FileManager.default.removeItem(atPath: "\(plugin.folder.path)/more/cps-preflight-erp")
    try FileManager.default.createSymbolicLink(
      atPath: "\(plugin.folder.path)/more/cps-preflight-erp", withDestinationPath: plugin.path)
    #expect(try await plugin.check("--plugin-dir", "more").code == 0)
  }

  @Test(
    "One file listed twice with other rights ends every command that reads the rules, with the place (78)")
  func listedTwice() async throws {
    let plugin = try PluginCase()
    try FileManager.default.createSymbolicLink(
      atPath: "\(plugin.folder.path)/other", withDestinationPath: plugin.path)
    try plugin.folder.write(
      PluginCase.rules.replacing("[plugin/erp]", with: "[{ path: plugin/erp, writes: [] }, other]"),
      to: "rules.yaml")
    for run in [try await plugin.check(), try await plugin.run("rules", "lint", "rules.yaml")] {
      #expect(run.code == 78, "\(run)")
      #expect((run.output + run.errors).contains("rules.yaml:2:45: "), "\(run)")
    }
  }

  @Test("A name that no plugin can have is a mistake of the rule file (78), and not a plugin that is missing")
  func impossible() async throws {
    let plugin = try PluginCase(
      rules: """
        version: 1
        stages: [{ id: s, rules: [{ id: r, check: "T/c" }] }]
        """)
    let run = try await plugin.check()
    #expect(run.code == 78 && run.errors.contains("rules.yaml:2:43: error: unknown check “T/c”"), "\(run)")
  }

  @Test("One that is listed and cannot be used is not replaced by another of its name")
  func notReplaced() async throws {
    let plugin = try lying(in: "more")
    try plugin.write("#!/bin/sh\nexit 1\n", to: "own/cps-preflight-erp")
    try plugin.folder.write(
      PluginCase.rules.replacing("plugin/erp", with: "own/cps-preflight-erp"), to: "rules.yaml")
    #expect(try await plugin.check().code == 69)
    let run = try await plugin.check("--plugin-dir", "more")
    #expect(run.code == 78 && run.errors.contains("own/cps-preflight-erp, more/cps-preflight-erp"), "\(run)")
  }

  @Test("A symbolic link is only as good as what it leads to")
  func link() async throws {
    let plugin = try lying(in: "loose")
    try plugin.setMode(0o777, of: "loose")
    try plugin.folder.write("", to: "more/.keep")
    try FileManager.default.createSymbolicLink(
      atPath: "\(plugin.folder.path)/more/cps-preflight-erp",
      withDestinationPath: "\(plugin.folder.path)/loose/cps-preflight-erp")
    #expect(try await plugin.check("--plugin-dir", "more").code == 77)
  }

  @Test("A file that says another name than its manifest is not used")
  func otherName() async throws {
    let plugin = try lying(in: "more")
    let text = try String(contentsOf: URL(filePath: plugin.path), encoding: .utf8)
    try plugin.write(text, to: "more/cps-preflight-crm")
    try plugin.folder.write(Self.unlisted.replacing("erp/", with: "crm/"), to: "rules.yaml")
    let run = try await plugin.check("--plugin-dir", "more")
    #expect(run.code == 69 && run.output.contains("its manifest says “erp”"), "\(run)")
  }

  @Test("Paths are relative to the file that lists them, also to one that is included")
  func included() async throws {
    let plugin = try PluginCase(rules: "version: 1\ninclude: [sub/more.yaml]\n")
    try plugin.folder.write(
      PluginCase.rules.replacing("plugin/erp]", with: "../plugin/erp]"), to: "sub/more.yaml")
    #expect(try await plugin.check().code == 0)
    try plugin.folder.write("version: 1\nextends: default\ninclude: [sub/more.yaml]\n", to: "rules.yaml")
    let run = try await plugin.run("rules", "lint")
    #expect(run.code == 0, "\(run)")
  }

  @Test("A plugin may be told the facts of another one, which is then looked for as well")
  func others() async throws {
    let plugin = try lying(in: "more")
    let manifest = #"""
      {"protocol": 1, "name": "crm", "version": "1",
       "sources": [{"name": "s", "summary": "s", "needs": ["erp/lots"], "facts": [{"name": "lots", "type": "integer"}]}]}
      """#
    try plugin.write(
      """
      #!/bin/sh
      case "$1" in
      describe) printf '%s' '\(manifest)' ;;
      gather) read -r line; n=${line##*'"erp/lots": '}; echo "{\\"facts\\": {\\"lots\\": ${n%%[!0-9]*}}}" ;;
      esac
      """, to: "more/cps-preflight-crm")
    try plugin.folder.write(
      """
      version: 1
      stages: [{ id: s, rules: [{ id: r, check: fact, with: { fact: crm/lots, equals: "3" }, exit: 40 }] }]
      """, to: "rules.yaml")
    let run = try await plugin.check("--plugin-dir", "more", "--verbose")
    #expect(run.code == 0, "\(run)")
  }
}

@Suite("Plugins that wait for each other")
struct PluginCircleTests {
  /// Writes a plugin with one fact, which depends on a fact of another plugin.
  private func write(_ name: String, needing other: String, to plugin: PluginCase) throws {
    try plugin.write(
      """
      #!/bin/sh
      case "$1" in
      describe) printf '%s' '{"protocol": 1, "name": "\(name)", "version": "1", "sources":
        [{"name": "s", "summary": "s", "needs": ["\(other)/f"], "facts": [{"name": "f", "type": "integer"}]}]}' ;;
      gather) : > "$0.asked"; echo '{"facts": {"f": 1}}' ;;
      esac
      """, to: "more/cps-preflight-\(name)")
  }

  private static let rules = """
    version: 1
    stages:
      - id: s
        rules:
          - { id: free, check: fact, with: { fact: today, at_least: "2020-01-01" }, severity: warning }
          - { id: r, check: fact, with: { fact: a/f, equals: "1" }, exit: 40 }

    """

  @Test("None of them is asked, the rule is undecided, and the message names the circle")
  func undecided() async throws {
    let plugin = try PluginCase(rules: Self.rules)
    try write("a", needing: "b", to: plugin)
    try write("b", needing: "a", to: plugin)
    let run = try await plugin.check("--plugin-dir", "more")
    #expect(run.code == 75, "\(run)")
    #expect(run.output.contains("in a circle: a/s → b/s → a/s; none can be asked"), "\(run)")
    #expect(run.output.contains("✓ free"), "\(run)")
    for name in ["a", "b"] {
      #expect(
        !FileManager.default.fileExists(atPath: "\(plugin.folder.path)/more/cps-preflight-\(name).asked"))
    }
  }

  @Test(
    "rules lint warns of it, where the sources are named or else of the file",
    arguments: ["", "sources: [pcsc, b/s, a/s]\n", "sources: [pcsc, a/s]\n"])
  func lint(sources: String) async throws {
    let plugin = try PluginCase(rules: Self.rules + sources)
    try write("a", needing: "b", to: plugin)
    try write("b", needing: "a", to: plugin)
    let run = try await plugin.run("rules", "lint", "--plugin-dir", "more")
    let place = sources.isEmpty ? "rules.yaml:2:1" : "rules.yaml:7:17"
    let isCircle = sources != "sources: [pcsc, a/s]\n"
    #expect(run.code == 0)
    #expect(run.errors.contains("\(place): warning: each of these sources waits") == isCircle, "\(run)")
    #expect(run.errors.contains("[source-circle]") == isCircle, "\(run)")
  }
}

@Suite("The commands about plugins")
struct PluginsCommandTests {
  @Test("The list has what is built in and what is not, and says what is wrong")
  func list() async throws {
    let plugin = try PluginCase()
    let run = try await plugin.run("plugins", "list")
    #expect(run.code == 0, "\(run)")
    #expect(run.output.contains("erp 1.2  (\(plugin.path))\n    sources: erp/account\n    checks: erp/open"))
    #expect(run.output.contains("built in"))
    let json = try await plugin.run("plugins", "list", "--format", "json")
    #expect(json.output.contains("\"schema\" : \"cps-preflight/plugins/1\""))
    try plugin.setMode(0o644, of: "plugin/erp")
    let bad = try await plugin.run("plugins", "list")
    #expect(bad.code == 69 && bad.output.contains("? plugin/erp: is not executable"), "\(bad)")
  }

  @Test("A description says what each source and check takes and gives")
  func describe() async throws {
    let plugin = try PluginCase()
    for name in ["erp", "plugin/erp"] {
      let run = try await plugin.run("plugins", "describe", name)
      #expect(run.code == 0)
      #expect(run.output.contains("fact erp/identifier (a string, personal) – identifier"), "\(run.output)")
      #expect(run.output.contains("judges erp/identifier, today"))
    }
    #expect(
      try await plugin.run("plugins", "describe", "cryptolib").output.contains("fact cryptolib.version"))
    #expect(try await plugin.run("plugins", "describe", "nothing").code == 64)
    #expect(try await plugin.run("plugins").code == 64)
  }

  @Test("A good plugin passes every trial; each fault is told")
  func verify() async throws {
    let strict = #"case "$2" in account|open) ;; *) exit 64 ;; esac; "#
    let unknown = #"*) exit 64 ;;"#
    let good = try PluginCase(
      gather: strict + PluginCase.gathered, check: strict + PluginCase.passed + "\n;;\n\(unknown.dropLast(3))"
    )
    let run = try await good.run("plugins", "verify", "plugin/erp")
    #expect(run.code == 0, "\(run.output)")
    #expect(!run.output.contains("not ok"))
    for (bad, words) in [
      (try PluginCase(), "not ok  no-such-command: refused: ended with status 0"),
      (
        try PluginCase(describe: #"echo '{"protocol": 1, "name": "E", "checks": [{}]}'"#),
        "version: is missing"
      ),
      (
        try PluginCase(describe: #"echo '{"protocol": 1, "name": "E", "checks": [{}]}'"#),
        "checks[0].name: is missing"
      ),
      (try PluginCase(gather: "echo 1"), "not ok  gather account: an answer: an object { … } is expected"),
      (try PluginCase(check: "date +%s%N"), "not ok  check open: the same answer"),
    ] {
      let run = try await bad.run("plugins", "verify", "plugin/erp")
      #expect(run.code == 1 && run.output.contains(words), "\(words): \(run.output)")
    }
    // Two answers with the same content are equal, however they are written.
    let order = #"if [ -e once ]; then rm once; "#
    let shuffled = try PluginCase(
      check: strict + order
        + #"echo '{"message": "open", "outcome": "pass"}'; else touch once; "#
        + #"echo '{"outcome": "pass",  "message": "open"}'; fi"# + "\n;;\n\(unknown.dropLast(3))")
    let free = try await shuffled.run("plugins", "verify", "plugin/erp")
    #expect(free.output.contains("ok      check open: the same answer"), "\(free.output)")
    try good.setMode(0o777, of: "plugin/erp")
    #expect(try await good.run("plugins", "verify", "plugin/erp").code == 77)
    #expect(try await good.run("plugins", "verify", "none").code == 1)
  }
}
