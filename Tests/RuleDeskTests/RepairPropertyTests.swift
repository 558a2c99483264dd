import Preflight
import RuleStage
import SeededNumbers
import Testing

@testable import RuleDesk
@testable import RuleFile

private let sound = """
  version: 1
  stages:
    - id: poste
      title: { fr: Poste, en: Workstation }
      rules:
        - id: cryptolib
          check: cryptolib.version
          with:
            minimum: "5.10"
          exit: 40
          remedy: "Télécharger: la Cryptolib."
        - id: present
          check: card.present
          for: [signature, adri]
          needs: [cryptolib]
          timeout: 3s
        - { id: reelle, check: fact, with: { fact: card.test, equals: false }, exit: 12 }
  waivers:
    - { rule: reelle, reason: Essais, until: 2026-12-31 }

  """

private let signs = [
  "\u{1}", "\u{B}", "\u{7F}", "\u{9B}", "\t", " ", "  ", ":", "-", "\"", "'", "[", "]", "{", "}", ",", "x",
  "é", "\n",
  "#", "&", "*", "!", "\u{A0}", "\u{FEFF}", "\u{2028}",
]

private func errors(_ text: String) -> [Diagnostic] {
  RuleFile(Array(text.utf8), name: "rules.yaml", registry: .forTests, searchesRepairs: true).diagnostics
}

private func applying(_ edit: TextEdit, to text: String) -> String {
  edit.applied(to: YAMLDocument.lines(of: Array(text.utf8))).joined(separator: "\n")
}

@Suite("A proposal never makes a file worse")
struct RepairPropertyTests {
  @Test("After the edit there is no more wrong than before", arguments: 0..<24)
  func fuzzed(seed: Int) {
    var numbers = SeededNumbers(UInt64(seed))
    var scalars = Array(sound.unicodeScalars)
    for _ in 0..<Int.random(in: 1...4, using: &numbers) {
      let place = Int.random(in: 0..<scalars.count, using: &numbers)
      let sign = Array(signs[Int.random(in: signs.indices, using: &numbers)].unicodeScalars)
      switch Int.random(in: 0...2, using: &numbers) {
      case 0: scalars.insert(contentsOf: sign, at: place)
      case 1: scalars.replaceSubrange(place...place, with: sign)
      default: scalars.remove(at: place)
      }
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    let text = String(view)
    let before = errors(text)
    for edit in before.compactMap({ $0.proposal?.edit }) {
      let after = errors(applying(edit, to: text))
      #expect(
        after.count <= before.count,
        "\(text)\n\(edit)\n\(before.map(\.id)) → \(after.map { "\($0.span.start) \($0.id)" })")
    }
  }

  @Test("What a control character hides is told with it, where it stands in the file")
  func hidden() {
    let text = sound.replacing("check: card.present", with: "check: card\u{1}.presnt").replacing(
      "exit: 12", with: "Exit: 12")
    #expect(
      errors(text).map { "\($0.span.start.line):\($0.span.start.column) \($0.id.rawValue)" } == [
        "13:16 unknown-check", "13:20 syntax", "17:78 unknown-key",
      ])
  }

  @Test("Places are those in the file, however many characters were left out before them")
  func places() {
    let text = "version: 1\nst\u{1}\u{2}ages:\n\u{1}  - id: s\u{1}\n    rls: []\n"
    #expect(
      errors(text).filter { $0.id == .syntax }.map { "\($0.span.start.line):\($0.span.start.column)" } == [
        "2:3", "2:4", "3:1", "3:11",
      ])
    #expect(errors(text).contains { $0.id == .unknownKey && $0.span.start == Place(line: 4, column: 5) })
  }
}
