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
        - { id: a, check: card.present }

  """

/// Returns the diagnostics of these bytes, as `line:column id`.
private func diagnostics(_ bytes: [UInt8]) -> [String] {
  RuleFile(bytes, name: "rules.yaml", registry: .forTests).diagnostics
    .map { "\($0.span.start.line):\($0.span.start.column) \($0.id.rawValue)" }
}

@Suite("Files that are not the YAML they should be")
struct YAMLDiagnosticsTests {
  @Test("Line ends and a byte order mark do not matter")
  func lineEnds() {
    #expect(diagnostics(Array(sound.utf8)) == [])
    #expect(diagnostics(Array(sound.replacing("\n", with: "\r\n").utf8)) == [])
    #expect(diagnostics([0xEF, 0xBB, 0xBF] + Array(sound.utf8)) == [])
  }

  @Test("Other encodings are refused where they show")
  func encodings() {
    #expect(
      diagnostics([0xFF, 0xFE] + sound.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }) == [
        "1:1 not-utf8"
      ])
    #expect(diagnostics(Array("version: 1\n# société ".utf8) + [0xE9]) == ["2:11 not-utf8"])
    #expect(diagnostics(Array("version: 1\ntitle: ".utf8) + [0xC3]) == ["2:8 not-utf8"])
  }

  @Test("A control character is found at every place among others, and nothing is taken for one")
  func controls() {
    for place in 4..<28 {
      for code in (0x00..<0xA0 as Range<UInt32>) where ![0x09, 0x0A, 0x0D, 0x85].contains(code) {
        let filling = Array("abcdefgéà’«»\u{A0}ijklmnopqrst\u{AD}uvwxyz".unicodeScalars)
        let isControl = code < 0x20 || code >= 0x7F
        guard let scalar = Unicode.Scalar(code) else { continue }
        let scalars = filling[..<place] + [scalar] + filling[place...]
        let found = EncodingFindings(Array(String(String.UnicodeScalarView(scalars)).utf8)).findings
        #expect(found.map(\.span.start.column) == (isControl ? [place + 1] : []), "\(code) at \(place)")
      }
    }
  }

  @Test(
    "A key that is given twice, or is no text, is told, among few keys and among many",
    arguments: [3, 23, 24, 25, 60])
  func keys(count: Int) {
    let keys = (0..<count).map { "k\($0): 1\n" }.joined()
    let (root, findings, _) = YAMLComposer.compose(Array((keys + "k1: 2\n[a]: 3\nlast: 4\n").utf8))
    #expect(findings.map(\.id) == [.duplicateKey, .wrongType])
    #expect(findings.map(\.span.start.line) == [count + 1, count + 2])
    #expect(root?.entries.count == count + 1 && root?["k1"]?.text == "1" && root?["last"]?.text == "4")
  }

  @Test("An empty file, or one of comments, is refused", arguments: ["", "\n", "# rien\n", "---\n", "~"])
  func empty(text: String) {
    #expect(diagnostics(Array(text.utf8)) == ["1:1 empty-file"])
  }

  @Test("Tabs")
  func tabs() {
    expectDiagnostics(
      "version: 1\nstages:\n1️⃣\t- id: s\n2️⃣\t  rules: [{ id: a, check: card.present }]\n", .tab, .tab)
  }

  @Test(
    "A rule that became part of a text, by its indentation or by a missing quotation mark, is an error: it would not be judged",
    arguments: [
      "|\n            Call.\n            - id: b\n              check: billing.dam\n",
      ">-\n            Call.\n            - { id: b, check: billing.dam }\n",
      "\"Call\n        - id: b\n          check: billing.dam\n          exit: 20\"\n",
      "'Call\n        - { id: b, check: billing.dam }'\n",
      "Call\n            - id: b, check: billing.dam\n",
    ])
  func swallowedRules(text: String) {
    let rules = """
      version: 1
      stages:
        - id: s
          rules:
            - id: a
              check: card.present
              remedy: \(text)
      """
    let found = diagnostics(Array(rules.utf8))
    #expect(found == ["7:17 swallowed-key"] || found.contains { $0.hasSuffix(" syntax") }, "\(found)")
  }

  @Test("A text of several lines that speaks of checks is no rule")
  func longTexts() {
    let rules = """
      version: 1
      stages:
        - id: s
          rules:
            - id: a
              check: card.present
              title: >-
                The id: check it, valid: yes,
                recheck: later
      """
    #expect(diagnostics(Array(rules.utf8)) == [])
  }

  @Test("Several documents")
  func documents() {
    expectDiagnostics(sound + "1️⃣---\nversion: 1\n", .severalDocuments)
  }

  @Test("Syntax errors are told with what was found before and after them")
  func syntax() {
    expectDiagnostics(
      """
      1️⃣verson: 1
      stages:
        - id: s
          title: 2️⃣s: t
          rules:
            - { id: a, check: 3️⃣card.presnt }

      """, .unknownKey, .syntax, .unknownCheck)
  }

  @Test(
    "What is not YAML at all is an error, never a crash",
    arguments: [
      "[", "{", "\"open", "- - -\n -", "&a *a", "%YAML 9.9\n---\n", ": : :", "\u{0}", "!!str 1", "@x", "`",
    ])
  func notYAML(text: String) {
    #expect(!diagnostics(Array(text.utf8)).isEmpty)
  }

  @Test("Aliases that multiply are stopped, and so is deep nesting")
  func bombs() {
    var bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
    for level in 1...9 {
      bomb +=
        "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ",")
        + "]\n"
    }
    #expect(diagnostics(Array(bomb.utf8)).contains { $0.hasSuffix("too-large") })
    let deep = String(repeating: "[", count: 5000)
    #expect(diagnostics(Array(deep.utf8)).contains { $0.hasSuffix("too-deep") })
  }

  @Test(
    "A mebibyte of rules is accepted, as ordinary or as terse as they may be; aliases for more than 20 000 values are not",
    arguments: [
      ("\n      - { id: %, check: card.present }", "", false),
      (
        """

              - id: %
                title: { fr: La carte est dans le lecteur, en: The card is in the reader }
                check: card.present
                remedy: { fr: Insérer la carte., en: Insert the card. }
        """, "", false
      ),
      (
        "\n      - { id: %, check: card.present, uses: *u }",
        "x-uses: &u [\(String(repeating: "a,", count: 20_000))]\n", true
      ),
    ])
  func large(rule: String, head: String, isRefused: Bool) {
    var text = "version: 1\n\(head)sources: []\nstages:\n  - id: s\n    title: S\n    rules:"
    var number = 0
    while true {
      let next = rule.replacing("%", with: "r\(number)")
      guard text.utf8.count + next.utf8.count < 1 << 20 else { break }
      text += next
      number += 1
    }
    #expect(number > 4000)
    #expect(diagnostics(Array(text.utf8)).contains { $0.hasSuffix("too-large") } == isRefused)
  }

  @Test("No part of the default rules can be cut off and leave a crash")
  func prefixes() {
    let bytes = Array(sound.utf8)
    for length in bytes.indices {
      _ = diagnostics(Array(bytes[..<length]))
    }
  }

  @Test("A diagnostic shows its line, with a caret under the place")
  func caret() throws {
    let text = sound.replacing("card.present", with: "card.presnt")
    let file = RuleFile(Array(text.utf8), name: "rules.yaml", registry: .forTests)
    let shown = file.text(of: file.diagnostics, in: .english)
    #expect(
      shown == """
        rules.yaml:5:25: error: unknown check “card.presnt” [unknown-check]
                  - { id: a, check: card.presnt }
                                    ^~~~~~~~~~~
            = proposal: write “card.present”

        """)
  }
}
