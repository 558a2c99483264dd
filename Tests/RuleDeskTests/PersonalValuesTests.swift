import Billing
import Card
import AnyFact
import Preflight
import RuleStage
import Testing

@testable import RuleDesk
@testable import RuleFile

/// Facts that the rule file declares, beside those of the program.
private let registry = Registry(
  checks: [
    CheckDeclaration(CardPresentCheck.self), CheckDeclaration(BillingIdentifierCheck.self),
    CheckDeclaration(FactCheck.self),
  ], sources: [], facts: .forTests)

/// Returns everything reported about one rule, in both languages: lines, messages and proposals.
private func told(_ rule: String, _ rest: String = "") -> String {
  let text = "version: 1\nstages:\n  - id: s\n    rules:\n      - \(rule)\n\(rest)"
  let file = RuleFile(Array(text.utf8), name: "r.yaml", registry: registry, searchesRepairs: true)
  #expect(!file.diagnostics.isEmpty || !file.warnings(on: nil).isEmpty, "\(text)")
  let all = file.diagnostics + file.warnings(on: nil)
  return Language.allCases.map { language in
    file.text(of: all, in: language)
      + all.map { "\($0.words(in: language)) \($0.proposalWords(in: language) ?? "")\n" }.joined()
  }.joined()
}

@Suite("Diagnostics of rule files show no personal value")
struct PersonalValuesTests {
  @Test(
    "A billing identifier is hidden, however it is written and whatever is wrong",
    arguments: [
      #""692612344F""#, "'692 612 344'", "[692612344]", "[\"692612344\", '69.26.12.344']", "6926123441234",
      "692612344", "{ nombre: 692612344 }", "{ 692612344: x }", "\"692612344", "69261\u{301}2344",
      "6926 12344 X",
      "６９２６１２３４４", "\"692\u{200B}612344\"",
    ])
  func identifiers(value: String) {
    for rule in [
      "{ id: a, check: billing.identifier, with: { expected: \(value) }, zz: 1 }",
      "{ id: a, check: billing.identifier, with: { expectd: \(value) } }",
      "{ id: a, check: billing.identifer, with: { expected: \(value) } }",
      "{ id: a, check: card.present, with: { expected: \(value) } }",
      "{ id: a, check: card.present, title: \(value), zz: 1 }",
      "{ id: a, check: billing.identifier, with: { expected: \(value) }",
      "id: a\n        check: billing.identifier\n        with:\n         expected: \(value)\n        zz: 1",
    ] {
      let words = told(rule)
      let digits = words.unicodeScalars.filter { $0.properties.numericType == .decimal }.map {
        String(Int($0.properties.numericValue ?? 0))
      }.joined()
      #expect(!digits.contains("2612344") && !digits.contains("69261"), "\(rule): \(words)")
    }
  }

  @Test("What is compared with a personal fact is hidden, or with one that is not known; its name is not")
  func facts() {
    for rule in [
      "{ id: a, check: fact, with: { fact: holder.name, equals: MARTIN }, zz: 1 }",
      "{ id: a, check: fact, with: { fact: holder.name, equals: { nom: MARTIN } } }",
      "{ id: a, check: fact, with: { fact: holder.name, at_least: MARTIN } }",
      "{ id: a, check: fact, with: { fact: holder.nme, in: [MARTIN] } }",
      "{ id: a, check: fact, with: { fact: holder.name, equal: MARTIN } }",
      "{ id: a, check: fact, with: { fact: lot/x, equals: MARTIN } }",
    ] {
      let words = told(rule, "facts: { lot/x: { type: integer, personal: true } }\n")
      #expect(!words.contains("MARTIN"), "\(rule): \(words)")
    }
    let public_ = told("{ id: a, check: fact, with: { fact: card.reader, equals: INGENICO }, zz: 1 }")
    #expect(public_.contains("INGENICO"))
    let named = told(
      "{ id: a, check: fact, with: { fact: holder.name, equals: { fact: card.number } }, zz: 1 }")
    #expect(named.contains("{ fact: card.number }"))
  }

  @Test("Where a line holds very many personal values, its words repeat nothing")
  func many() {
    let names = (0..<80).map {
      "NOM\(String(UnicodeScalar(65 + $0 % 26) ?? "A"))\(String(repeating: "A", count: $0))"
    }
    let words = told(
      "{ id: a, check: fact, with: { fact: holder.name, in: { MARTIN: 1, \(names.map { "\($0): 1" }.joined(separator: ", ")) } } }"
    )
    #expect(!words.contains("MARTIN") && !words.contains("NOMA"), "\(words)")
  }

  @Test("A personal value in a file that cannot be read to its end is hidden as well")
  func partial() {
    let words = told(
      "{ id: a, check: billing.identifier, with: { expected: 692 61 Z344 } }", "  - [\n x: }\n")
    #expect(!words.contains("61 Z"), "\(words)")
  }

  @Test(
    "A number of eight digits or more is hidden wherever it stands; dates, versions and short numbers are not",
    arguments: [
      ("12345678", "••••••••"), ("a 692 612 344 b", "a ••• ••• ••• b"), ("1234567", "1234567"),
      ("2026-03-15", "2026-03-15"), ("15/03/2026 12", "15/03/2026 12"),
      ("5.2.2, 5.10, 5.2.4", "5.2.2, 5.10, 5.2.4"),
      ("69-26-1234", "••-••-••••"), ("2026-03-151", "••••-••-•••"),
      ("12 2026-03-15 3456", "12 2026-03-15 3456"),
      ("srv/20260301/rules.yaml is", "srv/20260301/rules.yaml is"), ("692/612/344", "•••/•••/•••"),
      ("[10, 20, 30, 40]", "[10, 20, 30, 40]"), ("", ""), ("x1", "x1"),
    ])
  func numbers(words: String, shown: String) { #expect(LongNumbers.masked(words) == shown) }

  @Test("The caret stays under what it points at")
  func caret() {
    let rule = "{ id: a, check: billing.identifier, with: { expected: '692 612 344' }, exit: 99 }"
    let text = "version: 1\nstages: [{ id: s, rules: [\(rule)] }]\n"
    let file = RuleFile(Array(text.utf8), name: "r.yaml", registry: registry)
    let words = file.text(of: file.diagnostics, in: .english)
    let lines = words.split(separator: "\n").map(String.init)
    let index = lines.lastIndex { $0.contains("exit: 99 }") } ?? 0
    let line = Array(lines[index].unicodeScalars)
    let column = Array(lines[index + 1].unicodeScalars).firstIndex(of: "^") ?? 0
    #expect(line[column] == "9" && lines[index].contains("'••• ••• •••'"))
  }
}
