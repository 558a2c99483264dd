import Preflight
import Testing

@testable import RuleDesk
@testable import RuleFile

/// Returns a file with one stage of these rules.
private func rules(_ lines: String) -> String {
  "version: 1\nstages:\n  - id: s\n    rules:\n"
    + lines.split(separator: "\n", omittingEmptySubsequences: false)
    .map { $0.isEmpty ? "" : "      \($0)" }.joined(separator: "\n") + "\n"
}

@Suite("Rules that are wrong are told where")
struct RuleDiagnosticsTests {
  @Test("A sound rule has no diagnostics")
  func soundRule() {
    expectDiagnostics(rules("- { id: a, check: card.present, exit: 10 }"))
  }

  @Test("Names that are not known")
  func unknownNames() {
    expectDiagnostics(rules("- { id: a, check: card.present, 1️⃣exitt: 10 }"), .unknownKey)
    expectDiagnostics(rules("- { id: a, check: 1️⃣card.presnt }"), .unknownCheck)
    expectDiagnostics(rules("- { id: a, check: card.validity, with: { 1️⃣year: 3 } }"), .unknownParameter)
    expectDiagnostics(rules("- { id: a, check: card.present, severity: 1️⃣block }"), .unknownValue)
    expectDiagnostics(rules("- { id: a, check: card.present, for: [1️⃣telétransmission] }"), .unknownValue)
    expectDiagnostics(rules("- { id: a, check: card.present, title: { 1️⃣de: x } }"), .unknownKey)
    expectDiagnostics("version: 1\nsources: [1️⃣cryptolb]\nstages: []", .unknownSource)
  }

  @Test("Rules and groups at the top of the file are told for what they are, with what to write instead")
  func looseRules() {
    expectDiagnostics("version: 1\n1️⃣rules: [{ id: a, check: card.present }]", .unknownKey)
    expectDiagnostics("version: 1\nstages: []\n1️⃣rules: [a]", .unknownKey)
    expectDiagnostics(
      "version: 1\n1️⃣groups: [{ id: s, rules: [{ id: a, check: card.present }] }]", .unknownKey)
    let top = proposal(for: "version: 1\nrules: [{ id: a, check: card.present }]")
    #expect(top?.hasPrefix("write “stages:”, under it “- id: poste”") == true, "\(top ?? "")")
    for word in ["groups", "group", "groupes"] {
      #expect(
        proposal(for: "version: 1\n\(word): [{ id: s, rules: [{ id: a, check: card.present }] }]")
          == "write “stages”")
    }
  }

  @Test("Cases and variables that are not known")
  func cases() {
    func remedies(_ text: String) -> String {
      rules("- { id: a, check: cryptolib.version, with: { minimum: 5.2.4 }, remedies: { \(text) } }")
    }
    expectDiagnostics(
      remedies("cryptolib_missing: x, cryptolib_too_old: 'From {installed} to {needed}, {minimum}'"))
    expectDiagnostics(remedies("1️⃣cryptolib_to_old: x"), .unknownCase)
    for name in ["{instaled}", "{Installed}", "{ installed }", "{cps4}", "{days_left}", "{installed"] {
      expectDiagnostics(remedies("cryptolib_too_old: 'From 1️⃣\(name) on'"), .unknownVariable)
    }
    // A variable measured in another case has no value in this one.
    expectDiagnostics(remedies("cryptolib_missing: { fr: 'A 1️⃣{installed}', en: B }"), .unknownVariable)
    expectDiagnostics(remedies("cryptolib_missing: 1️⃣null"), .missingValue)
    expectDiagnostics(rules("- { id: a, check: card.present, remedies: 1️⃣x }"), .wrongType)
    #expect(proposal(for: remedies("cryptolib_to_old: x")) == "write “cryptolib_too_old”")
    #expect(proposal(for: remedies("cryptolib_too_old: '{instaled}'")) == "write {installed}")
  }

  @Test("Exit codes")
  func exitCodes() {
    for code in ["9", "60", "0", "-1"] {
      expectDiagnostics(rules("- { id: a, check: card.present, exit: 1️⃣\(code) }"), .exitOutOfRange)
    }
    for code in ["\"23\"", "023", "2.5", "[23]", "vingt", "0x17"] {
      expectDiagnostics(rules("- { id: a, check: card.present, exit: 1️⃣\(code) }"), .wrongType)
    }
    expectDiagnostics(
      rules("- { id: a, check: card.present, exit: 10 }\n- { id: b, check: card.present, exit: 1️⃣10 }"),
      .duplicateExit)
  }

  @Test("Rules that need others")
  func needs() {
    expectDiagnostics(rules("- { id: a, check: card.present, needs: [1️⃣b] }"), .unknownNeed)
    expectDiagnostics(rules("- { id: a, check: card.present, needs: [1️⃣a] }"), .laterNeed)
    expectDiagnostics(
      rules("- { id: a, check: card.present, needs: [1️⃣b] }\n- { id: b, check: card.present }"), .laterNeed)
    expectDiagnostics(rules("- { id: a, check: card.present }\n- { id: b, check: card.present, needs: [a] }"))
    expectDiagnostics(
      rules("- { id: a, check: card.present, for: [adri] }\n- { id: b, check: card.present, needs: [1️⃣a] }"),
      .needOfOtherUse)
  }

  @Test("A blocking rule needs blocking rules alone: a warning would keep nothing back")
  func warningNeeds() {
    let warning = "- { id: w, check: card.present, severity: warning }\n"
    expectDiagnostics(
      rules(warning + "- { id: a, check: card.present, needs: [1️⃣w] }"), .warningNeed)
    expectDiagnostics(
      rules(warning + "- { id: a, check: card.present, severity: blocking, needs: [1️⃣w] }"), .warningNeed)
    // In a chain, at the place where it breaks.
    expectDiagnostics(
      rules(
        warning
          + "- { id: a, check: card.present, needs: [1️⃣w] }\n- { id: b, check: card.present, needs: [a] }"),
      .warningNeed)
    expectDiagnostics(
      rules(
        "- { id: x, check: card.present }\n"
          + "- { id: w, check: card.present, severity: warning, needs: [x] }\n"
          + "- { id: v, check: card.present, severity: warning, needs: [w, x] }\n"
          + "- { id: a, check: card.present, needs: [x, 1️⃣v] }"), .warningNeed)
    // A severity that cannot be read causes no finding.
    expectDiagnostics(
      rules(warning + "- { id: a, check: card.present, severity: 1️⃣grave, needs: [w] }"), .unknownValue)
    #expect(
      proposal(for: rules(warning + "- { id: a, check: card.present, needs: [w] }"))
        == "make “w” blocking (severity: blocking), or “a” a warning, or take “w” out of its “needs”")
  }

  @Test("A rule that is broken itself is not reported again by those that need it")
  func brokenNeed() {
    expectDiagnostics(
      rules("- { id: a, check: 1️⃣nothing.such }\n- { id: b, check: card.present, needs: [a] }"), .unknownCheck)
  }

  @Test("Parameters of the wrong type")
  func parameters() {
    expectDiagnostics(rules("- { id: a, check: card.validity, with: { years: 1️⃣three } }"), .wrongType)
    expectDiagnostics(rules("- { id: a, check: card.validity, with: { years: 1️⃣99 } }"), .wrongType)
    expectDiagnostics(rules("- { id: a, check: card.validity, with: { expiry: 1️⃣yes } }"), .wrongType)
    expectDiagnostics(rules("- { id: a, check: card.validity, with: 1️⃣[years] }"), .wrongType)
    for version in ["\"050202\"", "050202", "\"5.202\"", "\"51\""] {
      expectDiagnostics(
        rules("- { id: a, check: cryptolib.version, with: { minimum: 1️⃣\(version) } }"), .badVersion)
    }
    expectDiagnostics(rules("- { id: a, check: cryptolib.version, with: { minimum: 1️⃣5.10 } }"), .badVersion)
    expectDiagnostics(
      rules("- { id: a, check: cryptolib.version, with: { minimum: 1️⃣\"5.x\" } }"), .badVersion)
    expectDiagnostics(rules("- { id: a, check: 1️⃣cryptolib.version }"), .missingKey)
    expectDiagnostics(
      rules(
        "- { id: a, check: cryptolib.version, with: { minimum: 5.0.0, issued_from: { 1️⃣01/07/2025: 5.2.2 } } }"
      ),
      .badDate)
    expectDiagnostics(
      rules(
        "- { id: a, check: cryptolib.version, with: { minimum: 5.0.0, issued_from: { 1️⃣2025-02-30: 5.2.2 } } }"
      ),
      .badDate)
    expectDiagnostics(rules("- { id: a, check: card.present, timeout: 1️⃣3 }"), .badDuration)
    expectDiagnostics(
      rules("- { id: a, check: fact, with: { fact: 1️⃣card.kidn, present: true } }"), .badParameter)
  }

  @Test("What is missing, given twice or empty")
  func absence() {
    expectDiagnostics(rules("- { 1️⃣check: card.present }"), .missingKey)
    expectDiagnostics("version: 1\nstages:\n  - id: s\n    rules:\n      - 1️⃣id: a\n", .missingKey)
    expectDiagnostics(rules("- { id: a, check: card.present, 1️⃣check: card.present }"), .duplicateKey)
    expectDiagnostics(
      rules("- { id: a, check: card.present }\n- { id: 1️⃣a, check: card.present }"), .duplicateID)
    expectDiagnostics(rules("- { id: a, check: card.present, for: 1️⃣[] }"), .missingValue)
    expectDiagnostics(rules("- { id: a, check: card.present, for: 1️⃣adri }"), .wrongType)
    expectDiagnostics(rules("- { id: a, check: card.present, links: [1️⃣esante.gouv.fr] }"), .badLink)
    expectDiagnostics(rules("- { id: 1️⃣\"a b\", check: card.present }"), .badID)
  }

  @Test("Nothing that could block")
  func noBlockingRule() {
    expectDiagnostics("version: 1\n1️⃣stages: []", .noBlockingRule)
    expectDiagnostics(
      "version: 1\n1️⃣stages: [{ id: s, rules: [{ id: a, check: card.present, severity: warning }] }]",
      .noBlockingRule)
  }

  @Test("All the errors of a file at once, in its order")
  func allAtOnce() {
    expectDiagnostics(
      rules("- { id: a, check: 1️⃣card.presnt, exit: 2️⃣99 }\n- { id: b, check: card.present, 3️⃣wat: 1 }"),
      .unknownCheck, .exitOutOfRange, .unknownKey)
  }

  @Test(
    "The proposal repairs it",
    arguments: [
      ("exitt: 10", "write “exit”"),
      ("severity: waring", "write “warning”"), ("severity: warn", "write “warning”"),
      ("exit: \"23\"", "write 23, without quotes"),
      ("for: adri", "write [adri]"),
      ("timeout: 3", "write 3s"),
    ])
  func proposals(line: String, expected: String) {
    #expect(proposal(for: rules("- { id: a, check: card.present, \(line) }")) == expected)
  }

  @Test(
    "The proposal repairs a parameter",
    arguments: [
      ("minimum: 5.10", "write \"5.10\""),
      ("minimum: \"5.0\", issued_from: { 01/07/2025: 5.2.2 }", "write 2025-07-01"),
    ])
  func parameterProposals(parameters: String, expected: String) {
    #expect(
      proposal(for: rules("- { id: a, check: cryptolib.version, with: { \(parameters) } }")) == expected)
  }
}
