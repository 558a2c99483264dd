import FoundationEssentials
import Testing

/// The part of a JSON verdict that these tests need.
private struct Verdict: Decodable {
  struct Program: Decodable, Equatable {
    let name: String?
    let path: String
    let sha256: String?
  }

  let plugins: [Program]?
  let module: Program?

  init(_ text: String) throws { self = try JSONDecoder().decode(Self.self, from: Data(text.utf8)) }
}

/// Returns the digest of a file according to `sha256sum`.
private func digest(_ path: String) async throws -> String {
  let run = try await BuiltProgram.shell("sha256sum < '\(path)'")
  return String(run.output.prefix(64))
}

@Suite("A verdict says which programs of others took part, and holds only while they are the same")
struct ProgramDigestTests {
  @Test("Plugins: name, path and SHA-256, in the lines of evaluate as well")
  func plugins() async throws {
    let plugin = try PluginCase()
    let run = try await plugin.check("--format", "json")
    let expected = Verdict.Program(name: "erp", path: "./plugin/erp", sha256: try await digest(plugin.path))
    let found = try #require(try Verdict(run.output).plugins)
    #expect(found.map(\.name) == ["erp"] && found.map(\.sha256) == [expected.sha256], "\(run)")
    #expect(found.allSatisfy { $0.path.hasSuffix("plugin/erp") })

    try plugin.folder.write("{\"facts\": {\"erp/lots\": 3}}\n", to: "lines")
    let lines = try await BuiltProgram.shell(
      "\(BuiltProgram.path) evaluate --rules rules.yaml < lines", in: plugin.folder.path)
    #expect(try Verdict(lines.output).plugins == found, "\(lines)")
  }

  @Test("A plugin that is replaced after it answered leaves no verdict (69), in whatever way it is replaced")
  func replacedMeanwhile() async throws {
    let manifest = #"""
      printf '%s' '{"protocol": 1, "name": "slow", "version": "1",
        "sources": [{"name": "s", "summary": "…", "needs": ["erp/lots"], "facts": [{"name": "a", "type": "boolean"}]}]}'
      """#
    for change in [
      "mv \"$erp.new\" \"$erp\"", "cat \"$erp.new\" > \"$erp\"",
      "mv \"$erp\" \"$erp.old\"; mv \"$erp.old\" \"$erp\"",
    ] {
      let rules = PluginCase.rules
        .replacing("[plugin/erp]", with: "[plugin/erp, plugin/slow]")
        .replacing("[erp/account]", with: "[erp/account, slow/s]")
        .replacing(
          ", check: erp/open, exit: 33", with: ", check: fact, with: { fact: slow/a, present: true }")
      let plugin = try PluginCase(rules: rules)
      try plugin.write(
        "#!/bin/sh\ncase $1 in describe) \(manifest) ;; gather) erp=\"${0%slow}erp\"; \(change)\n"
          + "cat > /dev/null; echo '{\"facts\": {\"a\": true}}' ;; esac\n", to: "plugin/slow")
      try plugin.write("#!/bin/sh\n# another program\n", to: "plugin/erp.new")
      let run = try await plugin.check("--format", "json", "--output", "v.json")
      #expect(run.code == 69 && run.errors.contains("was replaced during the check"), "\(change): \(run)")
      #expect(!FileManager.default.fileExists(atPath: "\(plugin.folder.path)/v.json"))
    }
  }

  @Test("A verdict without plugins says nothing of any")
  func none() async throws {
    let run = try await GateCase().shell("$P check $READY --format json")
    let verdict = try Verdict(run.output)
    #expect(verdict.plugins == nil && verdict.module == nil)
  }

  @Test(
    "A plugin that was changed, or is not in the verdict: 1",
    arguments: [
      ("", 0), ("echo '# x' >> plugin/erp", 1),
      ("sed -i '/\"plugins\"/,/\\]/s/\"sha256\" : \"..../\"sha256\" : \"0000/' v.json", 1),
      ("sed -i '/\"plugins\" : \\[/,/\\],/d' v.json", 1),
      ("sed -i 's/\"name\" : \"erp\"/\"name\" : \"other\"/' v.json", 1),
      ("sed -i '/\"plugins\"/,/\\]/s/\"sha256\" : \"[0-9a-f]*\"/\"x\" : \"\"/' v.json", 1),
    ])
  func changedPlugin(change: String, code: Int32) async throws {
    let plugin = try PluginCase()
    let made = try await plugin.check("--format", "json", "--output", "v.json")
    #expect(made.code == 0, "\(made)")
    _ = try await BuiltProgram.shell(change.isEmpty ? "true" : change, in: plugin.folder.path)
    let run = try await plugin.run("verdict", "verify", "v.json", "--rules", "rules.yaml", "--any-card")
    #expect(run.code == code, "\(run)")
    if code == 1 { #expect(run.errors.contains("plugin “"), "\(run)") }
  }

  @Test("The PKCS#11 module that read the card: links resolved, and compared")
  func module() async throws {
    let module = try ModuleCase("healthy")
    let made = try await module.check("--format", "json", "--output", "\(module.codeFile).json")
    #expect(made.code == 0, "\(made)")
    let text = try String(contentsOf: URL(filePath: "\(module.codeFile).json"), encoding: .utf8)
    let mark = try #require(try Verdict(text).module)
    #expect(mark.path.hasSuffix("/healthy.so"))
    #expect(mark.sha256 == (try await digest(mark.path)))

    let rules = module.arguments[2]
    let verify = [
      "verdict", "verify", "\(module.codeFile).json", "--rules", rules, "--any-card", "--lang", "en",
    ]
    #expect(try await BuiltProgram.run(verify).code == 0)
    _ = try await BuiltProgram.shell("printf x >> '\(mark.path)'")
    let run = try await BuiltProgram.run(verify)
    #expect(run.code == 1, "\(run)")
    #expect(run.errors.contains("the PKCS#11 module \(mark.path) is no longer the one"), "\(run)")
  }
}
