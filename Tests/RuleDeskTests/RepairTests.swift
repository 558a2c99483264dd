import Preflight
import RuleStage
import Testing

@testable import RuleDesk
@testable import RuleFile

/// A valid rule file as integrators write them.
private let sound = """
  version: 1
  sources:
    - cryptolib: { root: /srv }
  stages:
    - id: poste
      title: { fr: Poste, en: Workstation }
      rules:
        - id: cryptolib
          check: cryptolib.version
          with:
            minimum: "5.10"
            issued_from:
              2025-07-01: "5.2.2"
          exit: 40
          remedy:
            fr: Télécharger la Cryptolib.
            en: Download the Cryptolib.
        - id: present
          check: card.present
          severity: blocking
          for: [signature, adri]
          needs:
            - cryptolib
          timeout: 3s
    - id: carte
      rules:
        - id: reelle
          check: fact
          with: { fact: card.test, equals: false }
          exit: 12
  waivers:
    - rule: reelle
      reason: { fr: Essais, en: Tests }
      until: 2026-12-31

  """

/// A slip of the pen: the right text, and the wrong text written instead.
private struct Slip: Sendable, CustomTestStringConvertible {
  let right: String
  let wrong: String

  init(_ right: String, _ wrong: String) {
    self.right = right
    self.wrong = wrong
  }

  var testDescription: String { wrong.replacing("\n", with: "⏎").replacing("\t", with: "⇥") }

  /// The file with the slip in it.
  var text: String { sound.replacing(right, with: wrong, maxReplacements: 1) }

  /// The first line that differs from the original.
  var line: Int {
    let pairs = zip(
      sound.split(separator: "\n", omittingEmptySubsequences: false),
      text.split(separator: "\n", omittingEmptySubsequences: false))
    return (pairs.enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? -1) + 1
  }
}

private func read(_ text: String) -> RuleFile {
  RuleFile(Array(text.utf8), name: "rules.yaml", registry: .forTests, searchesRepairs: true)
}

/// Returns the text with all the edits that its diagnostics propose.
private func repaired(_ text: String) -> String {
  let edits = read(text).diagnostics.compactMap { $0.proposal?.edit }
  var lines = YAMLDocument.lines(of: Array(text.utf8))
  // From the end, with a replacement before an insertion at the same place.
  for edit in edits.sorted(by: { ($0.span.start, $0.span.end) > ($1.span.start, $1.span.end) }) {
    lines = edit.applied(to: lines)
  }
  return lines.joined(separator: "\n")
}

@Suite("A slip is told in its own line, with the edit that repairs it")
struct RepairTests {
  @Test("The file is sound without a slip")
  func soundFile() {
    #expect(read(sound).diagnostics.isEmpty)
  }

  @Test(
    "The edit proposed repairs the file",
    arguments: [
      // Names
      Slip("version: 1", "verson: 1"), Slip("stages:", "stage:"), Slip("stages:", "étapes:"),
      Slip("check: card.present", "chek: card.present"), Slip("exit: 12", "Exit: 12"),
      Slip("exit: 12", "sortie: 12"),
      Slip("check: card.present", "check: card.presnt"), Slip("check: card.present", "check: card_present"),
      Slip("check: card.present", "check: present"), Slip("check: card.present", "check: card.present:"),
      Slip("severity: blocking", "severity: bloquant"), Slip("severity: blocking", "severity: error"),
      Slip("for: [signature", "use: [signature"), Slip("adri]", "ADRI]"), Slip("- cryptolib:", "- cryptolb:"),
      Slip("minimum:", "minimal:"), Slip("fact: card.test", "fact: card.tset"),
      Slip("- rule: reelle", "- rule: réelle"),
      Slip("- rule: reelle", "- id: reelle"), Slip("      - cryptolib\n", "      - cryptolb\n"),
      // Values
      Slip("\"5.10\"", "5.10"), Slip("\"5.10\"", "5,10"), Slip("\"5.10\"", "v5.10"),
      Slip("\"5.10\"", "“5.10”"),
      Slip("equals: false", "equals: no"), Slip("equals: false", "equals: off"),
      Slip("equals: false", "equals: non"),
      Slip("2025-07-01:", "01/07/2025:"), Slip("2026-12-31", "31/12/2026"), Slip("2026-12-31", "31.12.2026"),
      Slip("2026-12-31", "2026/12/31"), Slip("2026-12-31", "31 décembre 2026"),
      Slip("2026-12-31", "2026-31-12"),
      Slip("exit: 12", "exit: \"12\""), Slip("exit: 12", "exit: 012"), Slip("exit: 12", "exit: [12]"),
      Slip("exit: 12", "exit: 40"), Slip("timeout: 3s", "timeout: 3"), Slip("timeout: 3s", "timeout: 3 s"),
      Slip("timeout: 3s", "timeout: 3sec"), Slip("- id: present", "- id: cryptolib"),
      Slip("version: 1", "version: 1.0"),
      Slip("version: 1\n", "\n"),
      // Lists and maps
      Slip("[signature, adri]", "signature"), Slip("[signature, adri]", "signature, adri"),
      Slip("[signature, adri]", "[signature adri]"), Slip("[signature, adri]", "[signature; adri]"),
      Slip("[signature, adri]", "(signature, adri)"), Slip("[signature, adri]", "{signature, adri}"),
      Slip("[signature, adri]", "[signature, adri"), Slip("[signature, adri]", "signature, adri]"),
      Slip("[signature, adri]", "all"), Slip("{ root: /srv }", "[root: /srv]"),
      Slip("with: { fact: card.test, equals: false }", "with: fact: card.test, equals: false"),
      Slip("with: { fact: card.test, equals: false }", "with: { fact: card.test equals: false }"),
      Slip("with: { fact: card.test, equals: false }", "with: { fact: card.test; equals: false }"),
      Slip("with: { fact: card.test, equals: false }", "with: { fact = card.test, equals = false }"),
      Slip("with: { fact: card.test, equals: false }", "with: { fact: card.test, equals: false"),
      Slip("with: { fact: card.test, equals: false }", "with: [fact: card.test, equals: false]"),
      Slip("{ fr: Poste, en: Workstation }", "{ fr: Poste en: Workstation }"),
      // Colons and dashes
      Slip("exit: 12", "exit:12"), Slip("exit: 12", "exit 12"), Slip("exit: 12", "exit = 12"),
      Slip("exit: 12", "exit：12"),
      Slip("    rules:\n", "    rules\n"), Slip("fr: Télécharger", "fr:Télécharger"),
      Slip("fr: Télécharger", "fr Télécharger"),
      Slip("- id: present", "-id: present"), Slip("- id: present", "-\tid: present"),
      Slip("- id: present", "id: present"),
      Slip("- id: present", "  id: present"), Slip("- id: present", "- present:"),
      Slip("      - cryptolib\n", "      cryptolib\n"), Slip("      - cryptolib\n", "      -cryptolib\n"),
      Slip("- rule: reelle", "rule: reelle"),
      // Quotes and signs
      Slip("\"5.10\"", "\"5.10"), Slip("\"5.2.2\"", "5.2.2\""),
      Slip("fr: Télécharger la Cryptolib.", "fr: \"Télécharger la Cryptolib."),
      Slip("fr: Télécharger la Cryptolib.", "fr: 'Télécharger l'outil.'"),
      Slip("fr: Télécharger", "fr: Attention : télécharger"),
      Slip("fr: Télécharger", "fr: Télécharger: vite"), Slip("fr: Télécharger", "fr: @Télécharger"),
      Slip("exit: 12", "exit: 12,"),
      Slip("exit: 12", "exit:\u{A0}12"),
      // Indentation
      Slip("      exit: 40", "       exit: 40"), Slip("      exit: 40", "     exit: 40"),
      Slip("      exit: 40", "    exit: 40"),
      Slip("        fr: Télé", "         fr: Télé"), Slip("        fr: Télé", "      fr: Télé"),
      Slip("        fr: Télé", "\t\tfr: Télé"),
      Slip("        en: Down", "       en: Down"), Slip("        en: Down", "      en: Down"),
      Slip("    - id: present", "   - id: present"), Slip("    - id: present", "     - id: present"),
    ])
  fileprivate func slips(slip: Slip) {
    let text = slip.text
    #expect(text != sound, "the slip is made")
    let errors = read(text).diagnostics
    #expect(read(text).ruleSet == nil, "it is not taken for what was meant")
    let isMissingVersion = slip.wrong == "\n"
    #expect(errors.map(\.span.start.line) == [isMissingVersion ? 2 : slip.line], "\(errors.map(\.id))")
    #expect(read(repaired(text)).diagnostics.isEmpty, "\(repaired(text))")
  }

  @Test("However many control characters there are, slips are repaired")
  func controlsAndSlip() {
    let controls = "# \(String(repeating: "\u{1}", count: 40))\n"
    let slip = Slip("exit: 12", "exit 12")
    let plain = read(slip.text).diagnostics
    let found = read(controls + slip.text).diagnostics
    #expect(found.count == 40 + plain.count)
    #expect(
      found.suffix(plain.count).map(\.proposal?.edit?.replacement) == plain.map(\.proposal?.edit?.replacement)
    )
    #expect(plain.first?.proposal?.edit != nil)
  }

  @Test("Line ends and a byte order mark change neither place nor edit")
  func lineEnds() {
    let slip = Slip("exit: 12", "exit: \"12\"")
    let plain = read(slip.text).diagnostics[0]
    for text in [slip.text.replacing("\n", with: "\r\n"), "\u{FEFF}" + slip.text] {
      let found = read(text).diagnostics
      #expect(found.map(\.span) == [plain.span])
      #expect(found.map(\.proposal?.edit) == [plain.proposal?.edit])
    }
  }

  @Test("Several slips are told at once, each with its edit, also in one line")
  func severalSlips() {
    let text = sound.replacing("exit: 40", with: "exit \"40\"").replacing("card.present", with: "card.presnt")
      .replacing("timeout: 3s", with: "timeout:3").replacing(
        "{ fact: card.test, equals: false }", with: "{ fact: card.tset, equals: non }"
      )
      .replacing("31", with: "32")
    let lines = Set(read(text).diagnostics.map(\.span.start.line))
    #expect(lines == [14, 19, 24, 29, 34])
    let mended = repaired(text).replacing("32", with: "31")
    #expect(read(mended).diagnostics.isEmpty, "\(mended)")
  }

  @Test("What opens a text is not closed by a slip further on")
  func openQuotes() {
    let text = sound.replacing("{ fr: Poste, en: Workstation }", with: "{ fr: Poste, en: Workstation")
      .replacing("exit: 12", with: "exit 12")
    #expect(read(text).diagnostics.map(\.span.start.line) == [6, 30])
    #expect(read(repaired(text)).diagnostics.isEmpty)
  }
}
