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
}
