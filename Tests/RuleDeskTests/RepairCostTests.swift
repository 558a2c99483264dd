import Preflight
import RuleStage
import Testing

@testable import RuleDesk
@testable import RuleFile

/// Returns a file with one rule, and the text that follows.
private func rules(then rest: String) -> String {
  "version: 1\nstages:\n  - id: s\n    rules:\n      - { id: a, check: card.present }\n" + rest
}

/// Files that attack the search, by description.
private let attacks: [String: String] = [
  "unknown keys": rules(then: (1...1000).map { "key\($0): 1\n" }.joined()),
  "near keys": rules(then: (1...1000).map { "message\($0 % 10)\($0): 1\n" }.joined()),
  "misindented": "version: 1\nstages:\n  - id: s\n    rules:\n"
    + (1...4000).map { "      - id: r\($0)\n       check: card.present\n" }.joined(),
  "misspelled": "version: 1\nstages:\n  - id: s\n    rules:\n"
    + (1...2000).map { "      - id: r\($0)\n        chek: card.present\n" }.joined(),
  "swallowed": "version: 1\nstages:\n  - id: s\n    rules:\n"
    + (1...1000).map {
      "      - id: r\($0)\n        remedy: >-\n          x\n          check: card.present\n"
    }
    .joined(),
  "one long line": String(repeating: "a: ", count: 100_000),
  "tabs": "version: 1\nstages:\n" + String(repeating: "\t- id: s\n", count: 3000),
  "controls": rules(then: String(repeating: "\u{1}", count: 5000)),
  "ids given twice": "version: 1\nstages:\n  - id: s\n    rules:\n"
    + String(repeating: "      - { id: r, check: card.present }\n", count: 1000),
]

@Suite("Searching for repairs costs little, whatever the file")
struct RepairCostTests {
  @Test("What is read again is bounded in all", arguments: attacks.keys.sorted())
  func bounded(attack: String) throws {
    let bytes = Array(try #require(attacks[attack]).utf8)
    var readings = 0
    let composition = RuleComposition(bytes, name: "rules.yaml", access: NoOtherFiles())
    _ = RuleFile(composition, registry: .forTests, searchesRepairs: true) { _ in readings += 1 }
    // The work of the search and of its verification; each may exceed its limit by one reading.
    #expect(readings * bytes.count <= 3 * Repair.workLimit / 2 + 2 * bytes.count, "\(readings) readings")
    #expect(readings <= 3 * Repair.workLimit / 2 / 2000 + 2)
  }

  @Test("Without the search, nothing is read again")
  func withoutSearch() {
    var readings = 0
    let text = rules(then: "foo: 1\nbar\n")
    let composition = RuleComposition(Array(text.utf8), name: "rules.yaml", access: NoOtherFiles())
    let file = RuleFile(composition, registry: .forTests, searchesRepairs: false) { _ in readings += 1 }
    #expect(readings == 0)
    #expect(file.ruleSet == nil && !file.diagnostics.isEmpty)
  }

  /// Files that count how often each is read.
  private final class CountedFiles: RuleFileAccess {
    var readings: [String: Int] = [:]
    func contents(of path: String) throws(FileFault) -> [UInt8] {
      readings[path, default: 0] += 1
      return Array("version: 1\nstages: []\nfoo: 1\n".utf8)
    }
    func shippedRules() throws(FileFault) -> ReadFile { throw .missing }
  }

  @Test("Included files are read once")
  func includes() {
    let access = CountedFiles()
    let text = "include: [a.yaml, b.yaml]\nverson: 1\nstags: []\nexit 12\n"
    _ = RuleFile(
      Array(text.utf8), name: "rules.yaml", registry: .forTests, access: access, searchesRepairs: true)
    #expect(access.readings == ["a.yaml": 1, "b.yaml": 1])
  }

  @Test("What was not searched for is said", arguments: ["misindented", "one long line", "unknown keys"])
  func said(attack: String) throws {
    let file = RuleFile(
      Array(try #require(attacks[attack]).utf8), name: "rules.yaml", registry: .forTests,
      searchesRepairs: true)
    #expect(file.diagnostics.count { $0.id == .searchEnded } == 1)
  }

  @Test("A file that a repair brings in is told of by its name")
  func broughtIn() {
    let access = CountedFiles()
    let file = RuleFile(
      Array("version: 1\ninclde: [b.yaml]\n".utf8), name: "rules.yaml", registry: .forTests, access: access,
      searchesRepairs: true)
    #expect(file.files.map(\.name) == ["rules.yaml"])
    #expect(file.diagnostics.contains { $0.file == "b.yaml" && $0.id == .unknownKey })
    #expect(file.text(of: file.diagnostics, in: .english).contains("b.yaml:3:1: error"))
  }

  @Test("More errors than anybody reads are counted")
  func tooMany() {
    let text = rules(then: (1...2500).map { "key\($0): 1\n" }.joined())
    let file = RuleFile(Array(text.utf8), name: "rules.yaml", registry: .forTests)
    #expect(file.diagnostics.count == 2001)
    #expect(file.diagnostics.last?.id == .tooMany)
    #expect(file.diagnostics.last?.message.rendered(in: .english) == "and 500 more errors from here on")
  }
}
