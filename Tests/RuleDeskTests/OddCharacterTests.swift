import Preflight
import RuleStage
import Testing

@testable import RuleDesk
@testable import RuleFile

private let sound = """
  version: 1
  stages:
    - id: s
      rules:
        - id: a
          title: Carte
          check: card.present
          exit: 12

  """

@Suite("Characters that look like blanks, ends of lines or nothing")
struct OddCharacterTests {
  /// Returns the diagnostics of the file, without and with the search for repairs.
  private func diagnostics(_ right: String, _ wrong: String) -> [[Diagnostic]] {
    let text = sound.replacing(right, with: wrong)
    #expect(text != sound, "it is in the file")
    return [false, true].map { searches in
      RuleFile(Array(text.utf8), name: "r.yaml", registry: .forTests, searchesRepairs: searches).diagnostics
    }
  }

  @Test(
    "They are named where they are in the way",
    arguments: [
      ("exit: 12", "exit:\u{A0}12", "column 14: U+00A0 (no-break space)"),
      ("exit: 12", "exit:\u{3000}12", "column 14: U+3000 (ideographic space)"),
      ("exit: 12", "exit:\u{2003}12", "column 14: U+2003 (typographic space)"),
      ("exit: 12", "exit: 12\u{A0}", "column 17: U+00A0 (no-break space)"),
      ("exit: 12", "exit: 1\u{200B}2", "column 16: U+200B (zero-width space)"),
      ("check:", "check\u{202F}:", "column 14: U+202F (narrow no-break space)"),
      ("check:", "\u{FEFF}check:", "column 9: U+FEFF (byte order mark)"),
      ("        check", "\u{A0}\u{A0}      check", "column 1: U+00A0 (no-break space)"),
      ("id: a", "id: a\u{A0}b", "column 14: U+00A0 (no-break space)"),
      ("card.present", "card.pre\u{AD}sent", "column 24: U+00AD (soft hyphen)"),
      ("card.present", "card.present\u{202E}", "column 28: U+202E (mark of direction)"),
      ("card.present", "card.\u{2028}present", "U+2028 (line separator): YAML ends the line here"),
      ("Carte", "Carte\u{2028}de la personne", "U+2028 (line separator): YAML ends the line here"),
      ("Carte", "Carte\u{2029}exit: 3", "U+2029 (paragraph separator): YAML ends the line here"),
      ("Carte", "Carte\u{85}de la personne", "U+0085 (next line, NEL): YAML ends the line here"),
      ("exit: 12", "exit: 12 # le code\u{2028}de sortie", "U+2028 (line separator): YAML ends the line here"),
      ("Carte", "Car\u{92}te", "an invisible control character (U+0092)"),
    ])
  func named(right: String, wrong: String, words: String) {
    for found in diagnostics(right, wrong) {
      let messages = found.map { $0.words(in: .english) }
      #expect(messages.contains { $0.contains(words) }, "\(messages)")
    }
  }

  @Test("They are named in French, each once at a place")
  func french() {
    let found = diagnostics("exit: 12", "exit: «\u{A0}1.5\u{A0}»")[0]
    #expect(
      found.map { $0.words(in: .french) } == [
        "exit attend un entier, pas «\u{A0}1.5\u{A0}» ; colonne 16 : U+00A0 (espace insécable)"
      ])
  }

  @Test(
    "Where they are in nobody's way nothing is said of them",
    arguments: [
      ("Carte", "Carte\u{A0}: oui"), ("Carte", "« Carte »\u{202F}!"), ("Carte", "\"Carte\u{2028}d'ici\""),
      ("exit: 12", "exit: 12 # «\u{A0}ici\u{A0}»"), ("\n", "\u{85}"), ("\n", "\u{2028}"),
    ])
  func innocent(right: String, wrong: String) {
    for found in diagnostics(right, wrong.replacing(": oui", with: "oui")) {
      #expect(found.isEmpty, "\(found.map { $0.words(in: .english) })")
    }
    // Nor if something else is wrong further on.
    for found in diagnostics("Carte", "\"Carte\u{A0}\u{2028}d'ici\"\n        exi: 13") {
      #expect(!found.isEmpty)
      #expect(!found.contains { $0.words(in: .english).contains("U+") })
    }
  }

  @Test("What comes of an end of line that nobody sees is not mended by the line")
  func lineEnds() {
    for found in diagnostics("exit: 12", "exit: 12 # le code\u{2028}de sortie") {
      #expect(found.first?.id == .syntax)
      #expect(found.first?.span.start == Place(line: 8, column: 27))
      #expect(
        found.first?.proposalWords(in: .english)
          == "replace it with a space, or with an ordinary end of line")
      #expect(found.allSatisfy { $0.proposal?.edit == nil })
    }
  }

  @Test(
    "One that ends a comment is told, even if all the rest can be read: what an editor shows as comment would count",
    arguments: ["\u{85}", "\u{2028}", "\u{2029}", "\r"])
  func comment(end: String) {
    for comment in [
      "# exemple :\(end)disable: [a]", "   #\(end)  disable: []", "# exemple\(end)\(end)  \(end)disable: [a]",
      "# exemple\(end)# ou\(end)disable: [a]",
    ] {
      for found in diagnostics("version: 1", "version: 1\n\(comment)") {
        let places = found.filter { $0.words(in: .english).contains("YAML ends the line here") }.map(
          \.span.start)
        #expect(!places.isEmpty && Set(places).count == places.count, "\(found)")
      }
    }
    for comment in ["# exemple\(end)", "# exemple\(end)# disable: [a]", "# exemple\(end)   "] {
      for found in diagnostics("version: 1", "version: 1\n\(comment)") { #expect(found.isEmpty, "\(found)") }
    }
  }

  @Test("The null character, which only an escape writes, is refused: a path would end there")
  func null() {
    for found in diagnostics("Carte", "\"Carte\\0\"") {
      #expect(found.map { $0.words(in: .english) } == ["a text may not hold the null character (\\0)"])
    }
  }

  @Test(
    "A number in quotes that are none, or between blanks that are none, is proposed",
    arguments: [
      "“12”", "‘12’", "„12“", "« 12 »", "«\u{A0}12\u{A0}»", "‹12›", "12\u{A0}", "\u{200B}12", "“012”",
      "'“12”'", "\"«12»\"",
    ])
  func numbers(written: String) {
    for found in diagnostics("12", written) {
      #expect(found.map { $0.proposalWords(in: .english) } == ["write 12"], "\(written)")
    }
  }

  @Test(
    "So is any other value of one word",
    arguments: [
      (
        "check: card.present", "check: fact\n        with: { fact: card.test, equals: «\u{A0}non\u{A0}» }",
        "false"
      ),
      ("exit: 12", "timeout: “3s”", "3s"), ("exit: 12", "timeout: « 3 s »", "3s"),
      (
        "check: card.present", "check: cryptolib.version\n        with: { minimum: «\u{A0}5.2.2\u{A0}» }",
        "\"5.2.2\""
      ),
      ("stages:", "waivers: [{ rule: a, reason: x, until: “2026-12-31” }]\nstages:", "2026-12-31"),
    ])
  func others(right: String, wrong: String, meant: String) {
    for found in diagnostics(right, wrong) {
      #expect(found.map { $0.proposalWords(in: .english) } == ["write \(meant)"])
    }
  }
}
