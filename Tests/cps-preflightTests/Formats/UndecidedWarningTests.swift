import Testing

/// A name that takes a check long to compare.
private let reader = String(repeating: "R", count: 40)

/// A card that may be used, with one warning that fails and two that cannot be decided.
private func report(_ format: String, language: String) async throws -> BuiltProgram.Run {
  let folder = try Folder([
    "rules.yaml": """
    version: 1
    stages:
      - id: s
        rules:
          - { id: card, check: card.present }
          - { id: failed, check: fact, severity: warning, with: { fact: card.test, equals: true } }
          - { id: nobody, check: fact, severity: warning, with: { fact: card.contactless, equals: false } }
          - { id: endless, check: fact, severity: warning, with: { fact: card.reader, matches: '(R+)+[xy]' } }
    """,
    "facts.json": """
    {"schema": "cps-preflight/facts/1", "facts": {"card.present": true, "card.test": false,
     "card.reader": "\(reader)"}}
    """,
  ])
  return try await BuiltProgram.run(
    [
      "check", "--rules", "rules.yaml", "--facts", "facts.json", "--offline", "--format", format, "--lang",
      language,
    ], in: folder.path)
}

@Suite("A warning that could not be decided keeps nothing back, and every report counts it")
struct UndecidedWarningTests {
  @Test(
    "In every format and language",
    arguments: [
      (
        "text", "fr",
        ["PRÊT : l’envoi est possible, avec 1 avertissement, 2 avertissements indécis (code 0)."]
      ),
      ("text", "en", ["READY: it may be sent, with 1 warning, 2 warnings undecided (code 0)."]),
      ("json", "en", ["\"reserves\" : {\n    \"fail\" : 1,\n    \"unknown\" : 2"]),
      ("junit", "en", ["WARNING, undecided: ", "2 warnings undecided"]),
      ("nagios", "en", ["CPS WARNING - ", "2 warnings undecided", "nobody: ", "endless: "]),
      (
        "prometheus", "en",
        [
          "cps_preflight_warnings{use=\"all\",reader=\"\(reader)\",outcome=\"fail\"} 1",
          "{use=\"all\",reader=\"\(reader)\",outcome=\"unknown\"} 2",
        ]
      ),
      ("html", "fr", ["Avec 1 avertissement, 2 avertissements indécis"]),
      ("html", "en", ["With 1 warning, 2 warnings undecided"]),
    ])
  func formats(format: String, language: String, words: [String]) async throws {
    let run = try await report(format, language: language)
    #expect(run.code == 0, "\(run)")
    for words in words { #expect(run.output.contains(words), "\(run.output)") }
    #expect(!run.output.contains("rien à faire") && !run.output.contains("nothing to do"))
  }
}
