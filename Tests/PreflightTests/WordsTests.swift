import Preflight
import Testing

@Suite("Words of others")
struct WordsTests {
  @Test(
    "show nothing of what they were told, however it is written",
    arguments: [
      ("991000009", "le numéro est •••"),
      ("991000009\u{301}", "le numéro est •••"),
      ("9\u{301}91000009", "le numéro est •••"),
      ("991\u{200B}000\u{AD}009", "le numéro est •••"),
      ("991 000 009", "le numéro est •••"),
      ("991.000-009", "le numéro est •••"),
      ("991\u{1B}000009", "le numéro est •••"),
      ("2991000009", "le numéro est •••"),
      ("29910000099", "le numéro est •••9"),
      ("99100000", "le numéro est •••"), ("99 10 00 00", "le numéro est •••"),
      ("9,9,1,0,0,0,0,0,9", "le numéro est •••"), ("991/000/009", "le numéro est •••"),
      ("99100\n0009", "le numéro est •••"), ("99100\r\n\t0009", "le numéro est •••"),
      ("99100\\n0009", "le numéro est •••"), ("991\\u00a0000009", "le numéro est •••"),
      ("９９１０００００９", "le numéro est •••"), ("٩٩١٠٠٠٠٠٩", "le numéro est •••"),
      ("𝟗𝟗𝟏𝟎𝟎𝟎𝟎𝟎𝟗", "le numéro est •••"), ("⁹⁹¹⁰⁰⁰⁰⁰⁹", "le numéro est •••"),
      ("9９1٠0𝟎0₀9", "le numéro est •••"),
      ("９９１－０００　００９", "le numéro est •••"), ("(991) 000 + 009", "le numéro est (•••"),
      ("991 et 000 et 009", "le numéro est 991 et 000 et 009"), ("9910000", "le numéro est 9910000"),
    ])
  func concealed(written: String, shown: String) {
    let text = Text("le numéro est " + written, concealing: ["991000009", "2991000009"])
    #expect(text.rendered(in: .french, .masked) == shown)
    #expect(text.rendered(in: .french, .revealed) == "le numéro est " + written)
  }

  @Test("show no name, whatever its case, width and blanks")
  func names() {
    for written in ["TESTARD ALBAN", "Testard Alban", "ＴＥＳＴＡＲＤ　ＡＬＢＡＮ", "TESTARD\nALBAN", "testard  alban"] {
      let text = Text("de \(written).", concealing: ["TESTARD ALBAN"])
      #expect(text.rendered(in: .french, .masked) == "de •••.")
    }
  }

  @Test("show no number that a facts file has with a zero before it")
  func padded() {
    let text = Text("991000009 99100000", concealing: ["0991000009"])
    #expect(text.rendered(in: .french, .masked) == "••• •••")
  }

  @Test(
    "that were typed in the wrong place are not repeated: numbers, and what is no plain word",
    arguments: [
      ("692612344", "'••••'"), ("--am692612344", "'--am••••'"), ("--692612344", "'--••••'"),
      ("1234", "'••••'"), ("6926", "'••••'"), ("692", "'692'"), ("２６９２", "'••••'"),
      ("Monsieur TESTARD", "'•••'"), ("TESTARD", "'•••'"), ("testard alban", "'•••'"), ("zoé", "'•••'"),
      ("--rulez", "'--rulez'"), ("text/json", "'text/json'"), ("10x", "'10x'"), ("x\ny", "'•••'"),
    ])
  func typed(word: String, shown: String) {
    let text = "Error: Unexpected argument '\(word)'. 26921234 stays."
    #expect(
      TypedCode.hiddenAll(in: text, typed: ["check", word])
        == "Error: Unexpected argument \(shown). 26921234 stays.")
  }

  @Test(
    "that are files keep their names, unless those are numbers",
    arguments: [
      ("rules-2026.yaml", "rules-2026.yaml: error"), ("692612344", "••••: error"),
      ("692 612 344", "••••: error"), ("483162", "••••: error"), ("2026-03-15", "2026-03-15: error"),
      ("69-26-12-34-4", "••••: error"), ("--x=692612344", "--x=••••: error"),
    ])
  func files(word: String, shown: String) {
    #expect(TypedCode.hidden(in: "\(word): error", typed: [word]) == shown)
  }

  @Test("leave nothing of one value beside another that overlaps it")
  func overlapping() {
    let text = Text("a 123456 b 121212 c", concealing: ["1234", "3456", "1212"])
    #expect(text.rendered(in: .english, .masked) == "a ••• b ••• c")
  }

  @Test("are cut after they were masked, at any length", arguments: 0...40)
  func cut(limit: Int) {
    let shown = Text("xxxxxxxxxx991000009yyyyyyyyyy991000009", concealing: ["991000009"], limit: limit)
      .rendered(in: .english, .masked)
    #expect(!shown.contains("9"))
    #expect(shown.hasSuffix("…") == (limit < 20))
  }

  @Test(
    "have nothing in them that nobody sees",
    arguments: [
      "\u{0}", "\u{7}", "\u{8}", "\u{9}", "\u{A}", "\u{D}", "\u{1B}", "\u{7F}", "\u{80}", "\u{85}", "\u{9B}",
      "\u{AD}",
      "\u{34F}", "\u{61C}", "\u{115F}", "\u{180E}", "\u{200B}", "\u{200D}", "\u{200E}", "\u{200F}",
      "\u{2028}", "\u{2029}",
      "\u{202A}", "\u{202E}", "\u{2060}", "\u{2066}", "\u{2069}", "\u{3164}", "\u{FEFF}", "\u{FFFE}",
      "\u{E0041}",
    ])
  func unseen(scalar: String) {
    #expect(printable("a\(scalar)b") == "a?b")
    #expect(printableLines("a\(scalar)b\n") == (scalar == "\n" ? "a\nb\n" : "a?b\n"))
  }

  @Test(
    "keep what people write", arguments: ["é à ç œ", "« ’ » – …", "a\u{A0}: b", "⚠️", "日本", "e\u{301}", "…€"])
  func seen(words: String) { #expect(printable(words) == words) }

  @Test("are escaped in JSON, which says the same")
  func json() {
    #expect(
      escapingUnseen(inJSON: "{\n\"é\u{202E}\": \"\u{9B}\u{E0041}\"}")
        == "{\n\"é\\u202e\": \"\\u009b\\udb40\\udc41\"}")
  }
}
