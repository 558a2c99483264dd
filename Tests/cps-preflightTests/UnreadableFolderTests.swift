import FoundationEssentials
import Testing

@Suite("A folder that cannot be read to its end is no shorter folder")
struct UnreadableFolderTests {
  @Test("A folder of plugins: it is named, and what needs all plugins does not go on")
  func plugins() async throws {
    let plugin = try PluginCase()
    for name in ["a", "b"] {
      try plugin.write(
        "#!/bin/sh\nprintf '%s' '\(PluginCase.manifest.replacing("\"erp\"", with: "\"\(name)\""))'\n",
        to: "more/cps-preflight-\(name)")
    }
    let folder = "\(plugin.folder.path)/more"
    let whole = try await plugin.run("plugins", "list", "--plugin-dir", folder)
    #expect(whole.code == 0 && whole.output.contains("a 1.2") && whole.output.contains("b 1.2"), "\(whole)")
    let faulty = FaultySystem.environment(["FAULTY_READDIR": folder])
    let list = try await plugin.run("plugins", "list", "--plugin-dir", folder, environment: faulty)
    #expect(list.code == 69, "\(list)")
    #expect(list.output.contains("? \(folder): cannot be looked at: Input/output error"), "\(list)")
    let schema = try await plugin.run("rules", "schema", "--plugin-dir", folder, environment: faulty)
    #expect(schema.code == 69 && schema.output.isEmpty, "\(schema)")
    #expect(schema.errors.contains("\(folder): error: cannot be looked at: Input/output error"), "\(schema)")
  }

  @Test("A folder of the Cryptolib: it is said that it could not be read")
  func cryptolib() async throws {
    let folder = try Folder(["root/usr/local/sesam/etc/SESAM.INI": "[REPERTOIRES]\n"])
    try folder.write(
      """
      version: 1
      sources: [cryptolib: { root: \(folder.path)/root }]
      stages: [{ id: s, rules: [{ id: r, check: fact, with: { fact: cryptolib.version, at_least: "5.0" }, exit: 40 }] }]
      """, to: "rules.yaml")
    let run = try await BuiltProgram.run(
      ["check", "--rules", "rules.yaml", "--lang", "en"], in: folder.path,
      environment: FaultySystem.environment(["FAULTY_READDIR": "\(folder.path)/root/usr/local/sesam/etc"]))
    #expect(run.code == 69, "\(run)")
    #expect(run.output.contains("/usr/local/sesam/etc cannot be read: Input/output error"), "\(run)")
  }
}
