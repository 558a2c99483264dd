import FoundationEssentials
import SeededNumbers
import Testing

@Suite("No command shows four digits in a row of a personal number, beyond those that every mask shows")
struct MaskedCommandsTests {
  /// Returns ten digits, no four of which in a row are in any other number of the test.
  private func number(_ numbers: inout SeededNumbers) -> String {
    "7" + (0..<9).map { _ in String(Int.random(in: 3...9, using: &numbers)) }.joined()
  }

  private static let report = """
    *** Identification du porteur
        Monsieur TESTARD ALBAN

    *** Identification de la carte :
    Carte de Professionnel de Santé (CPS) n° CARD

    *** Situations d'exercice et de facturation

      * Exercice Libéral

       Facturation
       Identifiant : AM
       Autorisations de signature
         - autorisé à signer les FSE
         - non autorisé à signer les lots
    """

  /// The text without what has digits of its own: digests, colours, the process number, times and durations.
  private static func plain(_ text: String) -> String {
    text.replacing(/[0-9a-f]{16,}/, with: "").replacing(/#[0-9a-f]{6}/, with: "")
      .replacing(/"pid" ?: ?\d+/, with: "").replacing(/(_seconds\{[^}]*\}) [0-9.]+/) { $0.output.1 }
      .replacing(/"durationMs" ?: ?\d+/, with: "")
  }

  /// What each command writes of facts, in every format, and of files that do not go together.
  private static let commands =
    ["text", "json", "junit", "nagios", "prometheus", "html"].map {
      ["check", "--facts", "facts.json", "--offline", "--verbose", "--format", $0, "--journal", "journal"]
    } + [
      ["check", "--report", "report.txt", "--offline", "--verbose"],
      ["check", "--facts", "facts.json", "--report", "other.txt", "--offline", "--verbose"],
      ["check", "--facts", "broken.json", "--offline"],
      ["check", "--facts", "facts.json", "--am", "AM", "--offline"],
      ["check", "--facts", "facts.json", "AM"], ["check", "--with", "card.number=CARD"],
      ["facts", "--facts", "facts.json", "--offline"],
      ["facts", "--report", "report.txt", "--offline", "--format", "json"],
      ["evaluate", "--rules", "rules.yaml"], ["explain", "AM"], ["rules", "test", "facts.test.yaml"],
      ["rules", "lint", "--rules", "rules.yaml"], ["rules", "show", "--rules", "broken.yaml"],
    ]

  @Test("Whatever the command, the format and the fault")
  func commands() async throws {
    var dice = SeededNumbers(19)
    let (am, card, expected) = (number(&dice), number(&dice), number(&dice))
    func filled(_ text: String) -> String {
      text.replacing("AM", with: am).replacing("CARD", with: card).replacing("EXPECTED", with: expected)
    }
    let facts = Sample().with("card.number", "\"\(card)\"")
      .with("billing.situations", "[{\"identifier\": \"\(am)\", \"signFSE\": true, \"signLots\": false}]")
    let rules = """
      version: 1
      stages:
        - id: s
          rules:
            - { id: present, check: card.present }
            - { id: am, check: billing.identifier, with: { expected: "EXPECTED" } }
            - { id: lots, check: billing.sign_lots }
      """
    let folder = try Folder([
      "rules.yaml": filled(rules), "broken.yaml": filled(rules + "\n      - { expected: EXPECTED"),
      "facts.json": facts.json, "report.txt": filled(Self.report),
      "other.txt": filled(Self.report.replacing("CARD", with: "EXPECTED")),
      "broken.json": String(facts.json.dropLast(3)) + filled(", \"billing.identifier\": AM}"),
      "facts.test.yaml": filled(
        """
        version: 1
        rules: rules.yaml
        tests:
          - name: wrong
            facts: { card.present: true, card.number: "CARD", billing.dam: true,
              billing.situations: [{ identifier: "AM", signFSE: true, signLots: true }] }
            expect: { exit: 0, rules: { am: { outcome: pass, message: x } } }
        """),
    ])
    let hidden = [am, card, expected].flatMap { number in
      (0...(number.count - 4)).map { String(number.dropFirst($0).prefix(4)) }
    }
    var shown = 0
    for command in Self.commands {
      let run = try await BuiltProgram.run(
        command.map(filled) + ["--lang", "en"],
        input: facts.json + filled("\n{\"id\": 1, \"facts\": {\"AM\": 1}}\n"),
        in: folder.path)
      let text = Self.plain(run.output + run.errors)
      shown += text.count
      for digits in hidden { #expect(!text.contains(digits), "\(digits): \(command) \(run)") }
    }
    let journal = Self.plain(
      String(
        decoding: try #require(FileManager.default.contents(atPath: "\(folder.path)/journal")), as: UTF8.self)
    )
    for digits in hidden { #expect(!journal.contains(digits), "\(digits): \(journal)") }
    #expect(shown > 5000 && journal.count > 100)
  }
}
