import Preflight
import RuleStage
import SeededNumbers
import Testing

@testable import RuleFile

/// A shipped file and another one in memory.
private struct Files: RuleFileAccess {
  let shipped: String
  let included: String

  func contents(of path: String) throws(FileFault) -> [UInt8] {
    guard RelativePath.normalized(path).hasSuffix("included.yaml") else { throw .missing }
    return Array(included.utf8)
  }

  func shippedRules() throws(FileFault) -> ReadFile { ReadFile(name: "default", bytes: Array(shipped.utf8)) }
}

@Suite("Rules that build on others are those, but for what is said")
struct CompositionPropertyTests {
  /// Returns that many stages of rules as text, with the rules' ids.
  private func shipped(_ numbers: inout SeededNumbers) -> (text: String, ids: [String]) {
    var (text, ids) = ("version: 1\nstages:\n", [String]())
    for stage in 0..<Int.random(in: 1...3, using: &numbers) {
      text += "  - id: s\(stage)\n    rules:\n"
      for rule in 0..<Int.random(in: 1...4, using: &numbers) {
        ids.append("r\(stage)-\(rule)")
        text += "      - { id: r\(stage)-\(rule), check: card.present, exit: \(10 + ids.count) }\n"
      }
    }
    return (text, ids)
  }

  private func read(_ text: String, shipped: String, included: String = "") -> RuleFile {
    RuleFile(
      Array(text.utf8), name: "rules.yaml", registry: .forTests,
      access: Files(shipped: shipped, included: included))
  }

  /// Returns a description of a rule.
  private func account(_ rule: Rule) -> String {
    "\(rule.id) \(rule.severity.rawValue) \(rule.exit?.rawValue ?? 0)"
  }

  @Test("Disabled, they are gone; overridden, changed", arguments: 0..<12 as Range<UInt64>)
  func changes(seed: UInt64) throws {
    var numbers = SeededNumbers(seed)
    for _ in 0..<10 {
      let (shipped, ids) = shipped(&numbers)
      // The first rule stays unchanged, as a file without a blocking rule is a separate case.
      let disabled = Set(ids.dropFirst().filter { _ in Int.random(in: 0..<4, using: &numbers) == 0 })
      let changed = Set(
        ids.dropFirst().filter { !disabled.contains($0) && Int.random(in: 0..<3, using: &numbers) == 0 })
      var changes = ""
      if !disabled.isEmpty { changes += "disable: [\(disabled.sorted().joined(separator: ", "))]\n" }
      if !changed.isEmpty {
        changes +=
          "override: { "
          + changed.sorted().map { "\($0): { severity: warning }" }.joined(separator: ", ")
          + " }\n"
      }
      let before = try #require(read(shipped, shipped: "").ruleSet).rules
      let expected = before.filter { !disabled.contains($0.id) }.map {
        changed.contains($0.id) ? account($0).replacing("blocking", with: "warning") : account($0)
      }
      let extending = read("version: 1\nextends: default\n" + changes, shipped: shipped)
      let including = read(
        "version: 1\ninclude: [included.yaml]\n" + changes, shipped: "", included: shipped)
      for file in [extending, including] {
        let rules = try #require(file.ruleSet, "\(changes)\(shipped)\(file.diagnostics)").rules
        #expect(rules.map(account) == expected, "\(changes)\(shipped)")
      }
    }
  }

  @Test("A list of included files may be grouped in any way", arguments: 0..<8 as Range<UInt64>)
  func grouped(seed: UInt64) throws {
    var numbers = SeededNumbers(seed)
    for _ in 0..<8 {
      var texts: [String: String] = [:]
      var ids: [String] = []
      // Each has rules of its own, in stages that they share, and changes some of them itself.
      for name in ["a", "b", "c"] {
        var text = "version: 1\nstages:\n"
        for stage in ["s", "t", name].shuffled(using: &numbers).prefix(2) {
          text += "  - id: \(stage)\n    rules:\n"
          for _ in 0..<Int.random(in: 1...2, using: &numbers) {
            ids.append("\(name)\(ids.count)")
            text += "      - { id: \(name)\(ids.count - 1), check: card.present, exit: \(10 + ids.count) }\n"
          }
        }
        texts["\(name).yaml"] = text
      }
      let changed = ids.dropFirst().filter { _ in Int.random(in: 0..<4, using: &numbers) == 0 }
      let changes =
        changed.isEmpty
        ? ""
        : "override: { " + changed.map { "\($0): { severity: warning }" }.joined(separator: ", ") + " }\n"
      texts["ab.yaml"] = "version: 1\ninclude: [a.yaml, b.yaml]\n"
      texts["bc.yaml"] = "version: 1\ninclude: [b.yaml, c.yaml]\n"
      let all = try [["a", "b", "c"], ["ab", "c"], ["a", "bc"], ["ab", "bc"]].map { list in
        let names = list.map { "\($0).yaml" }.joined(separator: ", ")
        let file = RuleFile(
          Array("version: 1\ninclude: [\(names)]\n\(changes)".utf8), name: "rules.yaml", registry: .forTests,
          access: NamedFiles(texts: texts))
        let stages = try #require(file.ruleSet, "\(file.diagnostics)").stages
        return stages.map { "\($0.id): \($0.rules.map(account))" }
      }
      #expect(Set(all).count == 1, "\(texts) \(changes) \(all)")
    }
  }
}

/// Files in memory, by name.
private struct NamedFiles: RuleFileAccess {
  let texts: [String: String]

  func contents(of path: String) throws(FileFault) -> [UInt8] {
    guard let text = texts[RelativePath.normalized(path)] else { throw .missing }
    return Array(text.utf8)
  }

  func shippedRules() throws(FileFault) -> ReadFile { throw .missing }
}
