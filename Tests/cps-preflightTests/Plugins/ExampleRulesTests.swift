import FoundationEssentials
import Testing

/// The examples, where nobody else may write to them, and a rule file that uses them.
struct ExampleRules {
  private let folder: Folder

  /// - Parameters:
  ///   - sources: the rule file's, besides none of the card.
  ///   - rule: the one rule, without its id.
  init(_ plugins: [ExamplePlugin], sources: String, rule: String) async throws {
    try await self.init(
      plugins,
      rules: """
        version: 1
        plugins: [\(plugins.map { "\($0)/cps-preflight-\($0.rawValue)" }.joined(separator: ", "))]
        sources: [\(sources)]
        stages: [{ id: poste, rules: [{ id: asked, \(rule) }] }]

        """)
  }

  init(_ plugins: [ExamplePlugin], rules: String) async throws {
    folder = try Folder(["rules.yaml": rules.replacing("certificate/cps", with: "certificate/cps")])
    for plugin in plugins {
      let copied = try await BuiltProgram.shell(
        "install -D -m 755 \(plugin.executable) \(plugin)/cps-preflight-\(plugin.rawValue)", in: folder.path)
      try #require(copied.code == 0, "\(copied)")
    }
  }

  /// Judges the sample card by them.
  func check(_ arguments: String...) async throws -> BuiltProgram.Run {
    try await BuiltProgram.run(
      ["check", "--rules", "\(folder.path)/rules.yaml", "--facts", "docs/samples/card.json", "--lang", "en"]
        + arguments)
  }
}
