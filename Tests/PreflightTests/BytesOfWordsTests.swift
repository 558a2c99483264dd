import Preflight
import SeededNumbers
import Testing

@Suite("What is read by bytes is read as by characters")
struct BytesOfWordsTests {
  @Test(
    "Variables of a text, with where they stand",
    arguments: [
      ("", []), ("sans accolade, où que ce soit", []),
      ("{a}", ["{a} a 0"]), ("été : {seen} {x-1.y_2}", ["{seen} seen 6", "{x-1.y_2} x-1.y_2 13"]),
      ("{days}\u{A0}jours, {b}é", ["{days} days 0", "{b} b 14"]),
      // What is written in any other way is a mention too, which is not replaced.
      ("{ a }", ["{ a } a 0"]), ("{é}", ["{é} é 0"]), ("{a", ["{a a 0"]), ("{a b}", []), ("{}", []),
      ("{{a}}", ["{a} a 1"]), ("« { a: 64 } » {b}", ["{b} b 14"]),
      ("“{a}” {b}…{c}\u{200D}", ["{a} a 1", "{b} b 6", "{c c 10"]),
      ("{\ta }é{ }{b}", ["{\ta } a 0", "{b} b 9"]),
      ("{a\n} {b}", ["{a a 0", "{b} b 5"]), ("{a\u{B}}", ["{a a 0"]),
      ("{\(String(repeating: "x", count: 65))} {b}", ["{b} b 68"]),
      // A mark makes another character of the brace.
      ("{a}\u{301} {b}", ["{a a 0", "{b} b 5"]),
    ] as [(String, [String])])
  func mentions(text: String, expected: [String]) {
    let template = Template(text)
    #expect(template.mentions.map { "\($0.written) \($0.name) \($0.offset)" } == expected)
    #expect(template.filled { _ in nil }.rendered(in: .english, .masked) == text)
    #expect(template.allMentions(\.isExact) == template.mentions.allSatisfy(\.isExact))
  }

  @Test("Whether bytes are UTF-8, and the first that are not", arguments: 0..<40 as Range<UInt64>)
  func utf8(seed: UInt64) {
    var numbers = SeededNumbers(seed)
    let pieces: [[UInt8]] =
      ["a", "plain words", "é", "’", "\u{FFFF}", "😀", "\u{7FF}", "\u{800}", "\u{10FFFF}"].map {
        Array($0.utf8)
      }
      + [
        [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xF0, 0x8F, 0xBF, 0xBF],
        [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x80], [0xC3], [0xFF],
      ]
    for count in 0..<40 {
      // In half of the texts, all is well.
      let known = count.isMultiple(of: 2) ? pieces.prefix(9) : pieces[...]
      let bytes = (0..<count).flatMap { _ in known.randomElement(using: &numbers) ?? [] }
      let expected = (0...bytes.count).last { String(validating: bytes[..<$0], as: UTF8.self) != nil }
      #expect(firstInvalidUTF8(in: bytes) == (expected == bytes.count ? nil : expected))
    }
  }

  @Test(
    "Folded words, typed words, words to be shown",
    arguments: [
      ("ÉTÉ à l’Œuvre", "ete a l'oeuvre", "ÉTÉ à l’Œuvre"),
      ("12\u{202F}% «\u{A0}x\u{A0}»", "12 % « x »", "12\u{202F}% «\u{A0}x\u{A0}»"),
      ("a\u{1B}[0m", "a\u{1B}[0m", "a?[0m"), ("e\u{301}\u{200B}", "e\u{200B}", "e\u{301}?"),
      ("…\u{E2}", "…a", "…â"),
    ])
  func words(written: String, folded: String, shown: String) {
    #expect(Folding.folded(FrenchPrint.typed(written)) == folded)
    #expect(Folding.folded(written) == Folding.folded(written.unicodeScalars))
    #expect(printable(written) == shown && printable(written) == printable(written[...]))
  }

  @Test("Joined texts", arguments: [[], ["a"], ["é", "", "b"]] as [[String]])
  func joined(texts: [String]) {
    #expect(texts.joined(separator: ", ") == texts.lazy.map(\.self).joined(separator: ", "))
    #expect(texts.joined() == texts.reduce("", +))
  }
}
