import Preflight
import Testing

@Suite("French words of the program")
struct FrenchPrintTests {
  @Test(
    "have curly apostrophes, and no line breaks at their signs",
    arguments: [
      ("l'envoi n'est pas possible aujourd'hui", "l’envoi n’est pas possible aujourd’hui"),
      ("d'« ADRI »", "d’«\u{A0}ADRI\u{A0}»"), ("l'été", "l’été"),
      ("a : b ; c ! d ?", "a\u{A0}: b\u{A0}; c\u{A0}! d\u{A0}?"),
      ("(insérée à l'envers ?)", "(insérée à l’envers\u{A0}?)"),
      ("déclarée :\nici", "déclarée\u{A0}:\nici"), ("« : »", "«\u{A0}:\u{A0}»"),
    ] as [(Text, String)])
  func typeset(text: Text, printed: String) { #expect(text.rendered(in: .french, .masked) == printed) }

  @Test(
    "leave what is no prose",
    arguments: [
      "https://esante.gouv.fr/a?b", "key: value", "--rules a.yaml; ls", "écrire 'key'", "listen :8080",
      "a != b",
      "${a :-b}", "include !text", "10/09/2028", "",
    ])
  func code(words: String) { #expect(Text(stringLiteral: words).rendered(in: .french, .masked) == words) }

  @Test("are set beside values, which stay as they were given, in any depth")
  func values() {
    let name = "l'index : a"
    let inner: Text = "« \(name) » n'y est pas"
    let text: Text = "l'\(name) : d'\(name) ; \(inner)\(" !" as Text)"
    #expect(
      text.rendered(in: .french, .masked)
        == "l’l'index : a\u{A0}: d’l'index : a\u{A0}; «\u{A0}l'index : a\u{A0}» n’y est pas\u{A0}!")
  }

  @Test("are compared as a keyboard writes them")
  func typed() {
    let text: Text = "l'envoi : « possible » ?"
    #expect(FrenchPrint.typed(text.rendered(in: .french, .masked)) == "l'envoi : « possible » ?")
    #expect(FrenchPrint.typed("12\u{202F}%") == "12 %")
  }

  @Test("are those of French alone, and of no rule file")
  func others() {
    let text: Text = "the card's : « x »"
    #expect(text.rendered(in: .english, .masked) == "the card's : « x »")
    #expect(Template("l'envoi : {x}").filled { _ in nil }.rendered(in: .french, .masked) == "l'envoi : {x}")
  }

  @Test(
    "count", arguments: [(0, "0 jour", "0 days"), (1, "1 jour", "1 day"), (2, "2 jours", "2 days")])
  func counting(count: Int, french: String, english: String) {
    let text = LocalizedText(counting: count, fr: "jour", en: "day")
    #expect(text.rendered(in: .french) == french && text.rendered(in: .english) == english)
  }
}

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

  @Test("Numbers are hidden in one pass, however many there are")
  func numbers() {
    #expect(TypedCode.withoutNumbers("né en 1970, 3 ans, 0123") == "né en ••••, 3 ans, ••••")
    let many = String(repeating: "123456789 ", count: 50_000)
    #expect(TypedCode.withoutNumbers(many) == String(repeating: "•••• ", count: 50_000))
  }
}
