import Preflight
import RuleStage
import Testing

@testable import RuleDesk
@testable import RuleFile

/// Returns a file that declares these facts, with one stage of these rules.
private func rules(_ facts: String, _ lines: String...) -> String {
  "version: 1\nfacts:\n  \(facts)\nstages:\n  - id: s\n    rules:\n"
    + (lines.isEmpty ? ["{ id: a, check: card.present }"] : lines).map { "      - \($0)\n" }.joined()
}

/// Other rule files in memory.
private struct Files: RuleFileAccess {
  let files: [String: String]

  func contents(of path: String) throws(FileFault) -> [UInt8] {
    guard let text = files[path] else { throw .missing }
    return Array(text.utf8)
  }

  func shippedRules() throws(FileFault) -> ReadFile { throw .missing }
}

private func read(_ text: String, _ files: [String: String] = [:], registry: Registry = .forTests) -> RuleFile
{
  RuleFile(Array(text.utf8), name: "rules.yaml", registry: registry, access: Files(files: files))
}

@Suite("Facts of one's own are declared in the rule file")
struct OwnFactsTests {
  @Test(
    "Each has a type, and may be personal",
    arguments: [
      ("boolean", FactType.boolean), ("integer", .integer), ("string", .text), ("date", .date),
      ("version", .version), ("duration", .duration), ("list", .list), ("map", .map),
    ])
  func types(word: String, type: FactType) throws {
    let file = read(rules("{ lot/open: { type: \(word) }, lot/secret: { type: \(word), personal: true } }"))
    #expect(file.registry.facts[FactName("lot/open")]?.type == type)
    #expect(file.registry.facts[FactName("lot/secret")]?.type == .concealed(type))
    #expect(file.registry.facts[FactName("lot/secret")]?.visibility == .personal)
  }

  @Test("Its title is what messages call it; without one, its name")
  func titles() throws {
    let file = read(
      rules("{ lot/a: { type: string, title: { fr: Le lot, en: The lot } }, lot/b: { type: string } }"))
    #expect(file.registry.facts[FactName("lot/a")]?.summary.rendered(in: .english) == "The lot")
    #expect(file.registry.facts[FactName("lot/b")]?.summary.rendered(in: .english) == "lot/b")
  }

  @Test("What is wrong with a declaration is told there, and nowhere else")
  func wrong() {
    let use = "{ id: a, check: fact, with: { fact: lot/test, at_most: 3, } }"
    expectDiagnostics(rules("lot/test: { 1️⃣typ: integer }", use), .unknownKey)
    expectDiagnostics(rules("lot/test: { type: 1️⃣number }", use), .unknownValue)
    expectDiagnostics(rules("lot/test: { 1️⃣personal: true }", use), .missingKey)
    expectDiagnostics(rules("lot/test: { type: integer, personal: 1️⃣yes }", use), .wrongType)
    expectDiagnostics(rules("lot/test: 1️⃣integer", use), .wrongType)
    for name in [
      "lot", "card.test", "Lot/test", "lot/", "/test", "lot/é", "lot/1", "1lot/test", "a/b/c", "lot/a?b",
    ] {
      expectDiagnostics(rules("1️⃣\(name): { type: integer }"), .badFact)
    }
    expectDiagnostics(
      "version: 1\nfacts: 1️⃣[lot/test]\nstages: [{ id: s, rules: [{ id: a, check: card.present }] }]",
      .wrongType)
  }

  @Test("A fact that is not declared is told where it is named, with the one that was meant")
  func undeclared() {
    let facts = "{ lot/count: { type: integer }, lot/limit: { type: integer }, lot/name: { type: string } }"
    func rule(_ with: String) -> String { rules(facts, "{ id: a, check: fact, with: { \(with) } }") }
    expectDiagnostics(rule("fact: 1️⃣lot/cuont, at_most: 3"), .badParameter)
    expectDiagnostics(rule("fact: lot/count, at_most: { fact: 1️⃣lot/limt }"), .badParameter)
    expectDiagnostics(rule("fact: lot/count, at_most: { fact: 1️⃣nothing/of-this }"), .badParameter)
    expectDiagnostics(rule("fact: lot/count, at_most: { 1️⃣facts: lot/limit }"), .unknownKey)
    expectDiagnostics(rule("fact: lot/count, in: [1️⃣{ fact: lot/limit }]"), .wrongType)
    #expect(proposal(for: rule("fact: lot/count, at_most: { fact: lot/limt }")) == "write “lot/limit”")
    #expect(
      proposal(for: rule("fact: lot/count, at_most: { fact: nothing/of-this }"))
        == "declare it at the top of the file: facts: { nothing/of-this: { type: … } }")
    #expect(proposal(for: rule("fact: lot/count, at_most: lot/limit")) == "write { fact: lot/limit }")
    #expect(proposal(for: rule("fact: lot/cuont, at_most: 3")) == "write “lot/count”")
  }

  @Test("Facts of other types than what they are compared with, and times that are none")
  func incomparable() {
    let facts = "{ lot/day: { type: date }, lot/count: { type: integer } }"
    func rule(_ with: String) -> String { rules(facts, "{ id: a, check: fact, with: { \(with) } }") }
    expectDiagnostics(rule("fact: lot/day, before: { fact: 1️⃣lot/count }"), .badParameter)
    expectDiagnostics(rule("fact: lot/day, before: { fact: 1️⃣lot/day }"), .badParameter)
    expectDiagnostics(rule("fact: lot/count, not_older_than: 1️⃣8d"), .badParameter)
    expectDiagnostics(rule("fact: lot/day, not_older_than: 1️⃣8"), .badDuration)
    expectDiagnostics(rule("fact: lot/day, not_older_than: 1️⃣12h"), .badParameter)
    expectDiagnostics(rule("fact: lot/day, not_older_than: 8d"))
    expectDiagnostics(rule("fact: lot/day, before: { fact: today }"))
  }

  @Test("A name that begins as a plugin does: that plugin says itself which facts there are")
  func taken() {
    let named = read(
      rules("lot/a: { type: date }"), registry: Registry.forTests.adding(facts: [], pluginNames: ["lot"]))
    #expect(named.diagnostics.map(\.id) == [.takenPrefix] && named.ruleSet == nil)
    // Reported once for all facts with that prefix; other prefixes remain free.
    let several = read(
      rules("{ lot/a: { type: date }, lot/b: { type: date }, lots/c: { type: date } }"),
      registry: Registry.forTests.adding(facts: [], pluginNames: ["lot"]))
    #expect(several.diagnostics.map(\.id) == [.takenPrefix])
    #expect(
      read(rules("lot/a: { type: date }", "{ id: a, check: lot/open }")).diagnostics.map(\.id)
        == [.takenPrefix, .unknownCheck])
  }

  @Test("Files that build on each other put their declarations together")
  func together() throws {
    let other =
      "version: 1\nfacts: { lot/a: { type: date, title: One }, lot/b: { type: string } }\n"
      + "stages: [{ id: t, rules: [{ id: b, check: fact, with: { fact: lot/c, at_most: 3 } }] }]\n"
    let file = read(
      "version: 1\ninclude: [a.yaml]\nfacts: { lot/a: { type: date, title: Two }, lot/c: { type: integer } }\n",
      ["a.yaml": other])
    #expect(file.ruleSet != nil, "\(file.diagnostics)")
    #expect(file.registry.facts.declarations.suffix(3).map(\.name.rawValue) == ["lot/a", "lot/b", "lot/c"])
    #expect(file.registry.facts[FactName("lot/a")]?.summary.rendered(in: .english) == "Two")
    let effective = file.effectiveYAML
    #expect(
      effective.contains("lot/a: { type: date, title: Two }") && !effective.contains("One"), "\(effective)")
    #expect(read(effective).ruleSet?.rules.map(\.id) == ["b"])
  }

  @Test(
    "Declarations that contradict each other are an error where the later one stands",
    arguments: [
      ("{ type: string }", [DiagnosticID.contradictoryFact]),
      ("{ type: date, personal: true }", [.contradictoryFact]),
      ("{ type: date, personal: false }", []),
    ])
  func contradictions(declaration: String, expected: [DiagnosticID]) {
    let file = read(
      "version: 1\ninclude: [a.yaml]\nfacts: { lot/a: \(declaration) }\n",
      ["a.yaml": rules("lot/a: { type: date }")])
    #expect(file.diagnostics.map(\.id) == expected)
    #expect(file.diagnostics.allSatisfy { $0.file == "rules.yaml" && $0.span.start.line == 3 })
  }

  @Test("An override may compare with another fact, or with a value again")
  func overrides() throws {
    let base = rules(
      "{ lot/a: { type: integer }, lot/b: { type: integer }, lot/c: { type: integer } }",
      "{ id: a, check: fact, with: { fact: lot/a, at_most: { fact: lot/b } } }")
    func parameter(_ value: String) -> ParameterValue? {
      read(
        "version: 1\ninclude: [a.yaml]\noverride: { a: { with: { at_most: \(value) } } }\n", ["a.yaml": base]
      )
      .ruleSet?.rules.first?.parameters["at_most"]
    }
    #expect(parameter("{ fact: lot/c }") == .fact(FactName("lot/c")))
    #expect(parameter("3") == .string("3"))
  }

  @Test("What its name is in a text is known, and what it will say is not")
  func variables() throws {
    let file = read(
      rules(
        "{ lot/a: { type: integer, personal: true }, lot/b: { type: integer } }",
        "{ id: a, check: fact, with: { fact: lot/a, at_most: { fact: lot/b } }, title: 'At most {at_most}' }")
    )
    #expect(file.ruleSet?.rules.first?.title.rendered(in: .english) == "At most lot/b")
  }

  @Test("Rules that compare with facts are not said to exclude each other")
  func needs() {
    let file = read(
      rules(
        "{ lot/a: { type: string }, lot/b: { type: string } }",
        "{ id: a, check: fact, with: { fact: lot/a, equals: { fact: lot/b } } }",
        "{ id: b, check: fact, with: { fact: lot/a, equals: x } }",
        "{ id: c, check: card.present, needs: [a, b] }"))
    #expect(file.ruleSet != nil && file.warnings(on: nil).isEmpty, "\(file.warnings(on: nil))")
  }

  @Test("The facts that are named need no plugin where they are declared")
  func plugins() {
    func needed(_ facts: String, _ rule: String) -> Set<String> {
      RuleComposition(Array(rules(facts, rule).utf8), name: "rules.yaml", access: NoOtherFiles())
        .neededPlugins
    }
    let own = "lot/a: { type: integer }"
    #expect(needed(own, "{ id: a, check: fact, with: { fact: lot/a, at_most: { fact: lot/b } } }") == [])
    #expect(needed(own, "{ id: a, check: fact, with: { fact: lot/a, at_most: { fact: erp/b } } }") == ["erp"])
    #expect(needed(own, "{ id: a, check: lot/open }") == ["lot"])
  }
}
