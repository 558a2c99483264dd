import Reports
import Testing

@Suite("Text is broken into lines at spaces alone, and goes on indented")
struct WrappingTests {
  private func lines(_ words: String, _ width: Int, after lead: String = "", indent: Int = 2) -> [String] {
    Wrapping(width: width).lines(of: words, after: lead, indent: indent)
  }

  @Test(
    "Where lines break",
    arguments: [
      ("", [""]), ("one", ["one"]),
      // Just as wide as the line, and one more.
      ("123456789 123456789 123456789x", ["123456789 123456789 123456789x"]),
      ("abcdefghi abcdefghi abcdefghixy", ["abcdefghi abcdefghi", "  abcdefghixy"]),
      // A word that is wider than the line stands alone, whole.
      (
        "see https://esante.gouv.fr/services/espace-cps now",
        ["see", "  https://esante.gouv.fr/services/espace-cps", "  now"]
      ),
      // A telephone number, a number, a date with its time.
      (
        "appeler le support de l'ANS au 0 809 40 00 82.",
        ["appeler le support de l'ANS au", "  0 809 40 00 82."]
      ),
      (
        "le montant total est bien de 1 234 567 euros", ["le montant total est bien de", "  1 234 567 euros"]
      ),
      (
        "il a été lu par un poste le 15/03/2026 07:00", ["il a été lu par un poste le", "  15/03/2026 07:00"]
      ),
      // No-break spaces hold, and so do the spaces that French punctuation has before it.
      ("un texte d'une certaine long\u{A0}mot", ["un texte d'une certaine", "  long\u{A0}mot"]),
      ("abcdefghi abcdefghi abcdefgh : suite", ["abcdefghi abcdefghi abcdefgh :", "  suite"]),
      ("abcdefghi abcdefghi abcdefghi : suite", ["abcdefghi abcdefghi", "  abcdefghi : suite"]),
      ("abcdefghi abcdefghi abcdefg « cité »", ["abcdefghi abcdefghi abcdefg", "  « cité »"]),
      ("abcdefghi abcdefghi la situation n° 2", ["abcdefghi abcdefghi la", "  situation n° 2"]),
    ])
  func breaks(words: String, expected: [String]) { #expect(lines(words, 30) == expected) }

  @Test("The first line begins with its sign, and the others below its words")
  func lead() {
    #expect(
      lines("abcdefghi abcdefghi abcdefghi", 30, after: "  ✗ ", indent: 4)
        == ["  ✗ abcdefghi abcdefghi", "    abcdefghi"])
  }

  @Test("What is held together and wider than a line breaks at its spaces all the same")
  func tooLong() {
    let number = String(repeating: "123 ", count: 20).dropLast()
    let broken = lines(String(number), 30)
    #expect(broken.count == 3 && broken.allSatisfy { $0.count <= 30 }, "\(broken)")
    #expect(broken.map { $0.split(separator: " ").joined(separator: " ") }.joined(separator: " ") == number)
  }

  @Test("Wide letters take two columns, and marks on a letter none")
  func columns() {
    #expect(lines("漢字漢字漢字漢 漢字漢字漢字", 30) == ["漢字漢字漢字漢 漢字漢字漢字"])
    #expect(lines("漢字漢字漢字漢字 漢字漢字漢字漢", 30) == ["漢字漢字漢字漢字", "  漢字漢字漢字漢"])
    let marked = String(repeating: "e\u{301}", count: 15)
    #expect(lines("\(marked) \(marked.dropLast())", 30).count == 1)
  }

  @Test(
    "A width that is none is taken for the nearest", arguments: [(0, 30), (-5, 30), (1 << 40, 500), (80, 80)])
  func nearest(asked: Int, width: Int) { #expect(Wrapping(width: asked).width == width) }

  @Test("No word is lost, cut or moved, whatever the width")
  func words() {
    let text = "« a » 1 2 3 : b ; c d  e https://x.y/z 0 806 800 213 f ? " + String(repeating: "g", count: 90)
    let words = text.split(separator: " ")
    for width in 30...100 {
      let found = lines(text, width).flatMap { $0.split(separator: " ") }
      #expect(found == words, "\(width)")
    }
  }

  @Test("Its work grows with the text alone: a mebibyte of each kind", .timeLimit(.minutes(1)))
  func work() {
    for piece in ["a ", "1 ", "a", " ", "« ", ": ", "e\u{301}"] {
      let text = String(repeating: piece, count: (1 << 20) / piece.utf8.count)
      #expect(!lines(text, 80).isEmpty)
    }
  }
}
