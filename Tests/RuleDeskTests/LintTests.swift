import Preflight
import RuleStage
import Testing

@testable import RuleDesk
@testable import RuleFile

/// Reads the marked rules and expects exactly these warnings, each at its marker, and no error.
private func expectWarnings(
  _ marked: String, _ expected: DiagnosticID..., on today: String? = "2026-03-15",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let rules = MarkedRules(marked)
  let file = RuleFile(Array(rules.text.utf8), name: "rules.yaml", registry: .forTests)
  let warnings = file.warnings(on: today.flatMap { CivilDate($0) })
  let found = warnings.map { "\($0.span.start.line):\($0.span.start.column) \($0.id.rawValue)" }
  let wanted = zip(rules.places, expected).map { "\($0.line):\($0.column) \($1.rawValue)" }
  #expect(file.diagnostics.isEmpty, "it is legal", sourceLocation: sourceLocation)
  #expect(found == wanted, sourceLocation: sourceLocation)
  #expect(rules.places.count == expected.count, sourceLocation: sourceLocation)
  #expect(warnings.allSatisfy { $0.severity == .warning }, sourceLocation: sourceLocation)
}

/// Returns a file with one stage of these rules, and the text that follows.
private func rules(_ lines: String..., then rest: String = "") -> String {
  "version: 1\nstages:\n  - id: s\n    rules:\n" + lines.map { "      - \($0)\n" }.joined() + rest
}

@Suite("What is legal but suspicious is warned of")
struct LintTests {
  @Test("A stage without rules")
  func emptyStage() {
    expectWarnings(rules("{ id: a, check: card.present }", then: "  - id: 1️⃣t\n    rules: []\n"), .emptyStage)
  }

  @Test("A warning with an exit code, which is never seen")
  func unusedExit() {
    expectWarnings(
      rules(
        "{ id: a, check: card.present }", "{ id: b, check: card.validity, severity: warning, 1️⃣exit: 30 }"),
      .unusedExit)
  }

  @Test("A remedy or a title that is missing in one language")
  func oneLanguage() {
    expectWarnings(
      rules("{ id: a, check: card.present, 1️⃣title: { fr: Carte }, 2️⃣remedy: { en: Insert it } }"),
      .oneLanguage,
      .oneLanguage)
    expectWarnings(rules("{ id: a, check: card.present, remedy: Insérer la carte }"))
  }

  @Test(
    "A pattern that says something else than before",
    arguments: [
      "[a[bc]]", "[a-z&&[^aeiou]]", "[a-z--[aeiou]]", "[ab~~bc]", "x[[:word:]]", "[[:^punct:]a]",
      "(?x)a[b c]",
      "(?ix:a[b c])", "a{,3}", "a{ 1, 2 }", "\\\\bA.*", "a\\\\B", "e\u{301}", "[e\u{301}]",
      "\\\\Q[\\\\E[a[b]]", "(?x)a # [\\n\\\\b",
    ])
  func changedPattern(pattern: String) {
    expectWarnings(
      rules("{ id: a, check: fact, with: { fact: card.reader, matches: 1️⃣\"\(pattern)\" } }"), .changedPattern)
  }

  @Test(
    "A pattern that says the same, or said nothing before",
    arguments: [
      "Ingenico.*", "(?i)ingenico.*", "[A-Za-z0-9_.-]+", "[[:alpha:]]+", "a{1,3}", "a{2,}", "\\\\w+\\\\d",
      "[\\\\b]",
      "[\\\\[]", "\\\\[a\\\\[", "\\\\Q[a[b]\\\\bé\\\\E", "é+", "a{", "a{x}", "(?x)a # [b[c]]", "[^]a]", "[[]",
      "(?<=a+?|b)c",
      "(?xx)a[b c]", "a-b--c&&d",
    ])
  func samePattern(pattern: String) {
    let file = RuleFile(
      Array(rules("{ id: a, check: fact, with: { fact: card.reader, matches: \"\(pattern)\" } }").utf8),
      name: "rules.yaml", registry: .forTests)
    #expect(!file.warnings(on: nil).contains { $0.id == .changedPattern })
  }

  @Test("A name in braces that stands for nothing, in a title, a remedy or a link")
  func variables() {
    expectWarnings(
      rules(
        "{ id: a, check: card.validity, title: '1️⃣{last_day}, {days_left}, {days_needed}', remedy: '{last_day} 2️⃣{lastday}' }"
      ),
      .unknownVariable, .unknownVariable)
    expectWarnings(
      rules("{ id: a, check: card.present, links: ['https://example.org/1️⃣{card}'] }"), .unknownVariable)
    // The variable has no value in one of the remedy's cases.
    expectWarnings(rules("{ id: a, check: card.validity, remedy: '1️⃣{days_past}' }"), .unknownVariable)
    expectWarnings(
      rules("{ id: a, check: card.validity, remedy: '{days_past}', remedies: { expires_soon: Soon } }"))
  }

  @Test("A text that is the name of a fact, where what the fact says was meant")
  func factName() {
    expectWarnings(
      rules("{ id: a, check: fact, with: { fact: card.reader, equals: 1️⃣card.atr } }"), .factName)
    expectWarnings(rules("{ id: a, check: fact, with: { fact: card.reader, equals: { fact: card.atr } } }"))
    expectWarnings(rules("{ id: a, check: fact, with: { fact: card.reader, equals: card.atrium } }"))
    expectWarnings(rules("{ id: a, check: fact, with: { fact: card.reader, matches: card.atr } }"))
    let file = RuleFile(
      Array(rules("{ id: a, check: fact, with: { fact: card.reader, equals: card.atr } }").utf8), name: "r",
      registry: .forTests)
    #expect(file.warnings(on: nil).first?.proposal?.edit?.replacement == "{ fact: card.atr }")
  }

  @Test("Two rules that ask the same")
  func sameQuestion() {
    expectWarnings(rules("{ id: a, check: card.present }", "{ id: 1️⃣b, check: card.present }"), .sameQuestion)
    expectWarnings(
      rules("{ id: a, check: card.validity }", "{ id: b, check: card.validity, with: { days_left: 60 } }"))
    // For other uses, it is a different question.
    expectWarnings(
      rules(
        "{ id: a, check: card.present, for: [adri, signature] }",
        "{ id: b, check: card.present, for: [teletransmission] }"))
  }

  @Test("Thousands of rules are compared with those that may be meant alone")
  func linear() {
    let many = (0..<800).map { number in
      let needs = number == 0 ? "" : ", needs: [r\(number - 1)]"
      return "{ id: r\(number), check: fact, with: { fact: card.reader, equals: R\(number / 2) }\(needs) }"
    }
    let text = "version: 1\nstages:\n  - id: s\n    rules:\n" + many.map { "      - \($0)\n" }.joined()
    let file = RuleFile(Array(text.utf8), name: "rules.yaml", registry: .forTests)
    let warnings = file.warnings(on: nil)
    #expect(file.diagnostics.isEmpty, "\(file.diagnostics.prefix(3))")
    #expect(warnings.count { $0.id == .sameQuestion } == 400)
    #expect(warnings.contains { $0.id == .neverJudged }, "\(Set(warnings.map(\.id)))")
  }

  @Test("A rule that can never be judged because of what it needs")
  func neverJudged() {
    let need = "{ id: %, check: fact, with: { fact: card.kind, equals: % } }"
    expectWarnings(
      rules(
        need.replacing("%", with: "cps"), need.replacing("%", with: "cpe"),
        "{ id: c, check: card.present, 1️⃣needs: [cps, cpe] }"), .neverJudged)
    // Also if one of the two is only needed indirectly.
    expectWarnings(
      rules(
        need.replacing("%", with: "cps"), "{ id: b, check: card.validity, needs: [cps] }",
        need.replacing("%", with: "cpe"), "{ id: c, check: card.present, 1️⃣needs: [b, cpe] }"), .neverJudged)
    expectWarnings(
      rules(
        need.replacing("%", with: "cps"), "{ id: b, check: fact, with: { fact: card.kind, in: [cps, cpe] } }",
        "{ id: c, check: card.present, needs: [cps, b] }"))
  }

  @Test("Dates that do not ascend")
  func descendingDates() {
    expectWarnings(
      rules(
        "{ id: a, check: cryptolib.version, with: { minimum: 5.0.0, issued_from: { 2026-01-01: 5.3.0, 1️⃣2025-07-01: 5.2.2 } } }"
      ), .descendingDates)
  }

  @Test(
    "A lower version for a later date",
    arguments: [
      "{ 2025-07-01: 5.2.2, 2025-08-01: 1️⃣5.0.0 }",
      "{ 2025-07-01: 5.2.2, 2025-08-01: 5.2.4, 2026-01-01: 1️⃣5.2.2 }",
      "{ 2025-07-01: 5.10.0, 2025-08-01: 1️⃣5.9.0 }", "{ 2025-07-01: 5.2.2, 2025-08-01: 5.2.2 }",
      "{ 2025-07-01: 5.9.0, 2025-08-01: 5.10.0 }",
    ])
  func descendingVersions(map: String) {
    let file = rules("{ id: a, check: cryptolib.version, with: { minimum: 5.0.0, issued_from: \(map) } }")
    if map.unicodeScalars.contains("\u{20E3}") {
      expectWarnings(file, .descendingVersions)
    } else {
      expectWarnings(file)
    }
  }

  @Test("A use that no blocking rule is for")
  func useWithoutRule() {
    expectWarnings(
      "version: 1\n1️⃣stages: [{ id: s, rules: [{ id: a, check: card.present, for: [signature, adri] }] }]",
      .useWithoutRule)
    // Only a warning is for télétransmission, so no blocking rule would be judged.
    expectWarnings(
      """
      version: 1
      1️⃣stages:
        - id: s
          rules:
            - { id: a, check: card.present, for: [signature, adri] }
            - { id: b, check: card.validity, severity: warning }
      """, .useWithoutRule)
  }

  @Test(
    "A waiver that has expired, is too long, or has no end in sight",
    arguments: [
      ("1️⃣2026-03-14", DiagnosticID.expiredWaiver), ("2026-03-15", nil), ("2026-06-13", nil),
      ("1️⃣2026-06-14", .unboundedWaiver), ("2026-06-14, max_days: 91", nil),
      ("2027-03-01, max_days: 366", nil),
      ("1️⃣2026-12-31, max_days: 400", .unboundedWaiver), ("1️⃣2099-12-31, max_days: 3650", .unboundedWaiver),
    ] as [(String, DiagnosticID?)])
  func waivers(until: String, expected: DiagnosticID?) {
    let text = rules(
      "{ id: a, check: card.present }", then: "waivers:\n  - { rule: a, reason: essais, until: \(until) }\n")
    if let expected { expectWarnings(text, expected) } else { expectWarnings(text) }
  }

  @Test("Where the day is not known, nothing is said of waivers")
  func undated() {
    expectWarnings(
      rules("{ id: a, check: card.present }", then: "waivers: [{ rule: a, reason: e, until: 2020-01-01 }]"),
      on: nil)
  }

  @Test("A key that is swallowed by the text above it")
  func swallowedKey() {
    expectWarnings(
      """
      version: 1
      stages:
        - id: s
          rules:
            - id: a
              check: card.present
              remedy: >-
                Insérer la carte.
                1️⃣exit: 10

      """, .swallowedKey)
  }

  @Test(
    "A plugin that may write the rules, or itself, gains nothing by naming folders",
    arguments: [
      ("[1️⃣/]", 1), ("[1️⃣.]", 1), ("[cache, 1️⃣./plugins]", 1), ("[1️⃣/, 2️⃣plugins/erp]", 2), ("[/opt]", 0),
      ("[]", 0),
      ("[plugins/erp/cache, /var/cache/erp]", 0),
    ])
  func wideWrites(folders: String, count: Int) {
    let text =
      "version: 1\nplugins: [{ path: plugins/erp/run, writes: \(folders) }]\nstages:\n  - id: s\n    rules:\n"
      + "      - { id: a, check: card.present }\n"
    switch count {
    case 0: expectWarnings(text)
    case 1: expectWarnings(text, .wideWrites)
    default: expectWarnings(text, .wideWrites, .wideWrites)
    }
  }
}
