import Preflight
import RuleStage
import Testing

@testable import RuleFile

/// Other rule files in memory; `link/x` is another name of `x`.
private struct Files: RuleFileAccess {
  var files: [String: String] = [:]

  func contents(of path: String) throws(FileFault) -> [UInt8] {
    guard let text = files[path] else { throw .missing }
    return Array(text.utf8)
  }

  func shippedRules() throws(FileFault) -> ReadFile { throw .missing }

  func identity(of path: String) -> String {
    let path = RelativePath.normalized(path)
    return path.hasPrefix("link/") ? String(path.dropFirst(5)) : path
  }
}

@Suite("Plugins that a rule file lists")
struct ListedPluginsTests {
  private static let stages =
    "stages: [{ id: s, rules: [{ id: a, check: card.present }] }]\n"

  @Test(
    "One file listed twice with other rights is an error where it is listed again, whatever its path",
    arguments: [
      ("erp, erp", nil), ("erp, ./erp, x/../erp, link/erp", nil), ("{ path: erp, writes: [a, b] }, erp", 42),
      ("erp, { path: erp, writes: [] }", 24), ("erp, { path: ./link/erp, writes: [a] }", 24),
      ("{ path: erp, writes: [a, b] }, { path: erp, writes: [b, ./a, a] }", nil),
      ("{ path: erp, writes: [a] }, { path: link/erp, writes: [link/a] }", nil),
      ("{ path: erp, writes: [a] }, { path: erp, writes: [a, b] }", 47),
      ("{ path: erp, environment: [A, B] }, { path: erp, environment: [B, A] }", nil),
      ("{ path: erp, environment: [A] }, { path: erp, environment: [B] }", 52),
      ("{ path: erp, environment: [A] }, ././erp", 44), ("{ path: erp, environment: [] }, erp", nil),
      ("{ path: erp, writes: [a] }, crm", nil),
    ] as [(String, Int?)])
  func listedTwice(entries: String, column: Int?) {
    let file = RuleFile(
      Array("version: 1\nplugins: [\(entries)]\n\(Self.stages)".utf8), name: "rules.yaml",
      registry: .forTests, access: Files())
    let found = file.diagnostics.map { "\($0.id) \($0.span.start.line):\($0.span.start.column)" }
    #expect(found == (column.map { ["contradictoryPlugin 2:\($0)"] } ?? []))
    #expect((file.ruleSet == nil) == (column != nil))
  }

  @Test("Neither does a file that includes another one, or that another one includes, win")
  func included() {
    let included = "version: 1\nplugins: [{ path: ../erp, writes: [w] }]\n\(Self.stages)"
    let file = RuleFile(
      Array("version: 1\ninclude: [a/a.yaml]\nplugins:\n  - erp\n".utf8), name: "rules.yaml",
      registry: .forTests, access: Files(files: ["a/a.yaml": included]))
    let found = file.diagnostics.map { "\($0.file) \($0.id) \($0.span.start.line):\($0.span.start.column)" }
    #expect(found == ["rules.yaml contradictoryPlugin 4:5"])
  }

  @Test(
    "A name that no plugin can have is unknown, and no plugin is looked for",
    arguments: ["/c", "T/c", "é/c", "-t/c", "t t/c", "t/", "t/é", "t/c/d", "1t/c"])
  func impossible(name: String) {
    for rule in ["check: \"\(name)\"", "check: fact, with: { fact: \"\(name)\", present: true }"] {
      let text = "version: 1\nstages: [{ id: s, rules: [{ id: a, \(rule) }] }]\n"
      let composition = RuleComposition(Array(text.utf8), name: "rules.yaml", access: Files())
      #expect(composition.neededPlugins == [])
      let file = RuleFile(Array(text.utf8), name: "rules.yaml", registry: .forTests)
      #expect(file.ruleSet == nil && file.diagnostics.count == 1, "\(file.diagnostics)")
    }
    let text = "version: 1\nsources: [\"\(name)\"]\n\(Self.stages)"
    #expect(RuleComposition(Array(text.utf8), name: "rules.yaml", access: Files()).neededPlugins == [])
  }
}
