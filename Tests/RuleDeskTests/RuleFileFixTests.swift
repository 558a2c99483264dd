import Preflight
import RuleStage
import Testing

@testable import RuleDesk
@testable import RuleFile

/// A valid rule file as integrators write them, with comments and its own layout.
private let sound = """
  # Rules of the practice   (do not reorder)
  version: 1

  sources:
    - cryptolib: { root: /srv }   # « /srv » is mounted
  stages:
    - id: poste
      title: { fr: Poste, en: Workstation }
      rules:
        - id: cryptolib     # first
          check:   cryptolib.version
          with:
            minimum: "5.10"
          exit: 40
          remedy: "Télécharger: la Cryptolib."

        - id: present
          check: card.present
          severity: blocking  # stays so
          for: [signature, adri]
          needs:
            - cryptolib
          timeout: 3s
        - { id: reelle, check: fact,   with: { fact: card.test, equals: false }, exit: 12 }
  waivers:
    - rule: reelle
      reason: { fr: Essais, en: Tests }
      until: 2026-12-31
  # the end

  """

/// The files besides the named one, by name.
private struct Files: RuleFileAccess {
  var texts: [String: String] = [:]
  func contents(of path: String) throws(FileFault) -> [UInt8] {
    guard let text = texts[path] else { throw .missing }
    return Array(text.utf8)
  }
  func shippedRules() throws(FileFault) -> ReadFile {
    ReadFile(name: "default", bytes: try contents(of: "default"))
  }
}

private func fix(_ text: String, besides files: [String: String] = [:]) -> RuleFileFix {
  RuleFileFix(
    of: RuleComposition(Array(text.utf8), name: "rules.yaml", access: Files(texts: files)),
    registry: .forTests)
}

extension RuleFileFix {
  fileprivate var written: String { String(decoding: bytes, as: UTF8.self) }
  fileprivate var obstacles: [Obstacle] { withheld.map(\.obstacle) }
  fileprivate var remaining: Int { result.diagnostics.count { $0.severity == .error } }
}

/// A slip of the pen: the right text, and the wrong text written instead.
private struct Slip: Sendable, CustomTestStringConvertible {
  let right: String
  let wrong: String
  init(_ right: String, _ wrong: String) { (self.right, self.wrong) = (right, wrong) }
  var testDescription: String { wrong.replacing("\n", with: "⏎").replacing("\t", with: "⇥") }
  /// The file with the slip in it.
  var text: String { sound.replacing(right, with: wrong, maxReplacements: 1) }
}

@Suite("rules lint --fix writes what the diagnostics propose")
struct RuleFileFixTests {
  @Test("A sound file stays as it is")
  func soundFile() {
    let fix = fix(sound)
    #expect(fix.changes.isEmpty && fix.withheld.isEmpty)
    #expect(fix.written == sound)
  }

  @Test(
    "The slip is undone and nothing else: comments, blanks and lines stay",
    arguments: [
      Slip("version: 1\n", "verson: 1\n"), Slip("stages:", "étapes:"), Slip("check: card", "chek: card"),
      Slip("card.present", "card.presnt"), Slip("minimum:", "minimal:"), Slip("\"5.10\"", "5.10"),
      Slip("exit: 40", "exit 40"), Slip("exit: 40", "exit: \"40\""), Slip("exit: 40", "exit:40"),
      Slip("[signature, adri]", "signature, adri"), Slip("timeout: 3s", "timeout: 3"),
      Slip("equals: false", "equals: non"), Slip("card.test", "card.tset"),
      Slip("  - cryptolib\n", "  - cryptolb\n"),
      Slip("exit: 40", "\u{1}exit: 40"), Slip("    exit: 40", "     exit: 40"),
      Slip("- id: present", "-id: present"),
      Slip("  rules:\n", "  rules\n"), Slip("        check:   c", "\t\tcheck:   c"),
    ])
  fileprivate func undone(slip: Slip) {
    for (text, expected) in [
      (slip.text, sound),
      (slip.text.replacing("\n", with: "\r\n"), sound.replacing("\n", with: "\r\n")),
      ("\u{FEFF}" + slip.text, "\u{FEFF}" + sound),
    ] {
      #expect(text != expected, "the slip is made")
      let fix = fix(text)
      #expect(fix.remaining == 0, "\(fix.result.diagnostics.map(\.id)) \(fix.withheld)")
      #expect(Array(fix.written.utf8) == Array(expected.utf8), "\(fix.written)")
      #expect(fix.changes.count == 1)
    }
  }

  @Test("Many slips at once, some of which hide others, are all undone and listed where they are then")
  func many() {
    let text = sound.replacing("version: 1\n", with: "").replacing("exit: 40", with: "exit 40")
      .replacing("card.present", with: "card.presnt").replacing("stages:", with: "stags:")
      .replacing("{ fact: card.test, equals: false }", with: "{ fact: card.tset, equals: non }")
    let fix = fix(text)
    #expect(fix.remaining == 0, "\(fix.written) \(fix.withheld)")
    #expect(
      fix.changes.map { "\($0.place.line):\($0.place.column)" } == [
        "3:1", "6:1", "14:13", "18:16", "24:52", "24:71",
      ], "\(fix.written)")
  }

  @Test("The line that is missing ends as the others do; a last line without an end stays so")
  func ends() {
    let text = "# mine\r\nextends: default\r\nsources: [cryptolb]"
    #expect(
      fix(
        text,
        besides: ["default": "version: 1\nstages: [{ id: s, rules: [{ id: r, check: card.present }] }]\n"]
      )
      .written == "# mine\r\nversion: 1\r\nextends: default\r\nsources: [cryptolib]")
  }

  // MARK: - What stays for a person to decide

  private static let others = [
    "default":
      "version: 1\nstages: [{ id: s, rules: [{ id: r, check: card.present }, { id: t, check: card.validity }] }]\n",
    "lenient.yaml": "version: 1\nwaivers: [{ rule: r, reason: x, until: 2026-12-31 }]\n",
    "unsound.yaml": "version: 1\nstages: [{ id: u, rules: [{ id: u, chek: card.present }] }]\n",
  ]

  @Test(
    "No edit lowers a rule: it touches neither severity, disable nor waivers, and makes nothing less strict",
    arguments: [
      sound.replacing("severity: blocking", with: "severity: bloquant"),
      sound.replacing("severity: blocking", with: "severity: warn"),
      sound.replacing("severity: blocking", with: "gravité: warning"),
      sound.replacing("severity: blocking", with: "severity warning"),
      sound.replacing("  severity: blocking", with: "   severity: warning"),
      sound.replacing("waivers:", with: "dérogations:"), sound.replacing("waivers:", with: "waivrs:"),
      sound.replacing("rule: reelle", with: "rule: réelle"),
      sound.replacing("2026-12-31", with: "31/12/2026"),
      sound.replacing("until:", with: "unitl:"),
      "version: 1\nextends: default\ndisable: t\n", "version: 1\nextends: default\ndisable: [tt]\n",
      "version: 1\nextends: default\ndésactiver: [t]\n",
      "version: 1\nextends: default\noverride: { rr: { severity: warning } }\n",
      "version: 1\nextends: default\ninclde: [lenient.yaml]\n",
      "version: 1\nextends: default\noverride: { r: { severity: warnng } }\n",
      "version: 1\nextends: default\noverride: { r: { sever\u{1}ity: warning } }\n",
    ])
  func lowering(text: String) {
    let fix = fix(text, besides: Self.others)
    #expect(fix.changes.isEmpty)
    #expect(fix.written == text)
    #expect(fix.remaining > 0)
    #expect(fix.obstacles.contains(.lowersRules), "\(fix.result.diagnostics) \(fix.withheld)")
  }

  @Test("What stands beside them in a warning or a waiver is corrected all the same")
  func beside() {
    let text = sound.replacing("severity: blocking  # stays so", with: "severity: warning")
      .replacing("card.present", with: "card.presnt").replacing("timeout: 3s", with: "timeout 3s")
    #expect(fix(text).remaining == 0, "\(fix(text).withheld)")
    let flow = """
      version: 1
      stages:
        - id: s
          rules:
            - { id: a, check: card.presnt, severity: warning, exit: "12" }
            - { id: b, check: card.present }
      """
    #expect(fix(flow).written.contains("{ id: a, check: card.present, severity: warning, exit: 12 }"))
  }

  @Test("Words that the file has already may be read on: what it disables or waives comes from its author")
  func ownWords() {
    let text = "version: 1\nextend: default\ndisable: [t]\noverride: { r: { severity: blocking } }\n"
    let fix = fix(text, besides: Self.others)
    #expect(fix.written == text.replacing("extend:", with: "extends:"), "\(fix.withheld)")
  }

  @Test(
    "What is not the only possibility is left to a person",
    arguments: [
      sound.replacing("exit: 12", with: "exit: 40"), sound.replacing("id: present", with: "id: cryptolib"),
      sound.replacing("version: 1\n", with: "version: 2\n"),
      // Two names are equally near.
      sound.replacing("exit: 12 }", with: "exit: 12, needs: [presenx] }").replacing(
        "  - id: present", with: "  - { id: presenk, check: card.present }\n      - id: present"),
    ])
  func choices(text: String) {
    let fix = fix(text)
    #expect(fix.written == text, "\(fix.written)")
    #expect(fix.obstacles == [.severalWouldDo], "\(fix.result.diagnostics) \(fix.withheld)")
  }

  @Test("Of what is merely suspicious, the name of a variable is corrected, and nothing that rules decide by")
  func warnings() {
    let text = sound.replacing(
      "id: cryptolib     # first", with: "id: cryptolib\n        title: \"Cryptolib {minimm}\"")
    #expect(fix(text).written == text.replacing("{minimm}", with: "{minimum}"))
    let swallowed = sound.replacing(
      "remedy: \"Télécharger: la Cryptolib.\"",
      with: "remedy: >-\n          Télécharger\n          timeout: 3s")
    #expect(fix(swallowed).written == swallowed)
    #expect(fix(swallowed).obstacles == [.changesValidRules], "\(fix(swallowed).withheld)")
  }

  @Test("Other files are told of and left alone")
  func otherFiles() {
    let text = "version: 1\ninclude: [unsound.yaml]\nstags: []\n"
    let fix = fix(text, besides: Self.others)
    #expect(fix.written == text.replacing("stags", with: "stages"))
    #expect(fix.obstacles == [.otherFile])
    #expect(fix.withheld.first?.diagnostic.file == "unsound.yaml")
  }

  @Test("What is not applied is told where it is, in the file as it was and in the file as it is then")
  func places() throws {
    let text = sound.replacing("version: 1\n", with: "").replacing(
      "severity: blocking", with: "severity: warn")
    let withheld = try #require(fix(text).withheld.first)
    #expect(withheld.originalPlace == Place(line: 18, column: 19))
    #expect(withheld.diagnostic.span.start == Place(line: 19, column: 19))
  }

  // MARK: - Bounds

  @Test(
    "Whatever is written has no more errors, is as strict, and stays as it is the next time",
    arguments: 0..<24)
  func fuzzed(seed: Int) {
    var state = UInt64(seed + 1)
    func number(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    let signs = ["", " ", "\t", ":", "-", "\"", "'", "[", "}", ",", "x", "\n", "#", "\u{1}", "é", "\u{A0}"]
    var scalars = Array(sound.unicodeScalars)
    for _ in 0...number(4) {
      let place = number(scalars.count)
      scalars.replaceSubrange(
        place..<place + number(2), with: Array(signs[number(signs.count)].unicodeScalars))
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    let text = String(view)
    let first = fix(text)
    let before = first.original.diagnostics.count { $0.severity == .error }
    #expect(first.changes.isEmpty || first.remaining < before, "\(text)\n\(first.written)")
    #expect(!first.result.diagnostics.contains { $0.id == .tooMany })
    let second = fix(first.written)
    #expect(second.changes.isEmpty && second.bytes == first.bytes, "\(text)\n\(first.written)")
    // Lines without an edit keep the same bytes.
    let lines = Set(first.changes.map(\.place.line))
    let (old, new) = (SourceLines(Array(text.utf8)), SourceLines(first.bytes))
    if old.ranges.count == new.ranges.count {
      for index in new.ranges.indices where !lines.contains(index + 1) {
        #expect(old.text(index) == new.text(index))
      }
    }
  }

  @Test(
    "The work is bounded, whatever the file",
    arguments: [
      (1...1000).map { "key\($0): 1\n" }.joined(), (1...120).map { "stags\($0): 1\n" }.joined(),
      String(repeating: "\u{1}", count: 1200), String(repeating: "\t- id: s\n", count: 500),
      "stages:\n  - id: s\n    rules:\n"
        + (1...400).map { "      - id: r\($0)\n        chek: card.presnt\n        exit \($0)\n" }.joined(),
      "stages:\n  - id: s\n    rules:\n"
        + (1...120).map { "      - { id: r\($0), check: card.presnt, timeout: \($0) }\n" }.joined(),
      "stages: [" + String(repeating: "{ id: s, rules: [] }, ", count: 3000),
    ])
  func bounded(rest: String) {
    var read = 0
    var readings = 0
    let bytes = Array(("version: 1\n" + rest).utf8)
    _ = RuleFileFix(
      of: RuleComposition(bytes, name: "rules.yaml", access: NoOtherFiles()), registry: .forTests
    ) {
      read += $0
      readings += 1
    }
    // One search may be under way when the limit is reached.
    let search = 3 * Repair.workLimit / 2 + 2 * bytes.count
    #expect(read <= (1 << 24) + search, "\(readings) readings of \(bytes.count) bytes")
  }
}
