import SeededNumbers
import Testing

@testable import Preflight

@Suite("What a plugin was told in confidence is found in its words")
struct ConcealmentTests {
  /// Returns the words as a person is shown them, if a plugin was told those values.
  private func shown(_ words: String, telling values: String...) -> String {
    Text(words, concealing: Concealment(values + values.flatMap(Concealment.parts)))
      .rendered(in: .english, .masked)
  }

  @Test(
    "By every word of it, whatever their order, case, accents and width, and what stands between them",
    arguments: [
      ("TESTARD", "•••"), ("ALBAN TESTARD", "••• •••"), ("TESTARD\u{200B}ALBAN", "•••"),
      ("testard", "•••"), ("Testard, Alban", "•••, •••"), ("M.TESTARD_ALBAN", "M.•••_•••"),
      ("albantestard@x.fr", "•••@x.fr"), ("ＴＥＳＴＡＲＤ", "•••"), ("TE\u{AD}ST\u{301}ARD", "•••"),
      ("TÉSTÂRD", "•••"), ("T E S T A R D", "•••"), ("t.e.s.t.a.r.d", "•••"), ("T, E, S, T, A, R, D", "•••"),
      ("𝐓𝐄𝐒𝐓𝐀𝐑𝐃", "•••"), ("ⓣⓔⓢⓣⓐⓡⓓ", "•••"), ("TEST ARD", "TEST ARD"),
    ])
  func words(written: String, masked: String) {
    #expect(shown("of \(written) here", telling: "TESTARD ALBAN") == "of \(masked) here")
  }

  @Test(
    "In any normal form, however it was told",
    arguments: [
      ("Médecine générale", "medecine generale"),
      ("Me\u{301}decine ge\u{301}ne\u{301}rale", "MÉDECINE, GÉNÉRALE"),
      ("MEDECINE GENERALE", "médecine/générale"),
      ("Médecine générale", "Me\u{301}decine  ge\u{301}ne\u{301}rale"),
      ("Sœur Ægir", "SOEUR aegir"), ("Šimůnek Łodź", "simunek lodz"), ("Simunek", "S\u{30C}imu\u{30A}nek"),
      ("STRASSE", "straße"), ("Weiß", "WEISS"), ("Sofi", "soﬁ"),
      ("Offenbach", "oﬀenbach"), ("Yıldız", "YILDIZ"),
    ])
  func forms(told: String, written: String) {
    let text = shown("(\(written))", telling: told)
    #expect(!text.contains { $0.isLetter } && text.contains("•••"), "\(text)")
  }

  @Test(
    "Short values only as words of their own, longer ones inside others too",
    arguments: [
      ("LI", "M. Li, ligne 3", "M. •••, ligne 3"), ("Ott", "Ott, botté", "•••, botté"),
      ("É", "e et é", "••• et •••"),
      ("7", "7 lots, 17 FSE", "••• lots, 17 FSE"), ("Marc", "démarche", "dé•••he"), ("-", "a - b", "a - b"),
      ("C.", "c et cc", "••• et cc"), ("LE DU", "le du", "•••"), ("12 rue A", "rue 12", "••• 12"),
      (" ", "a b", "a b"), ("", "a b", "a b"), ("***", "a *** b", "a ••• b"),
    ])
  func short(told: String, written: String, masked: String) {
    #expect(shown(written, telling: told) == masked)
  }

  @Test(
    "Numbers, also within an escape that is none",
    arguments: [
      ("\\u692612344", "•••"), ("69\\u002012344", "69\\u002012344"), ("6926\\u002012344", "•••"),
      ("6926\\n12344", "•••"), ("69261\u{301}2344", "•••"),
      ("6926" + String(repeating: " ", count: 63) + "12344", "•••"),
      (
        "6926" + String(repeating: ".", count: 65) + "12344",
        "6926" + String(repeating: ".", count: 65) + "12344"
      ),
    ])
  func numbers(written: String, masked: String) {
    let found = shown("no. \(written)", telling: "692612344")
    #expect(found == "no. \(masked)" || (masked == "•••" && found == "no. \\u•••"), "\(found)")
  }

  @Test(
    "In time that grows with the sum of the message and the values",
    arguments: [
      // Many values, none of which is there, some of which nearly are.
      ((0..<60_000).map { "\($0 + 700_000_000)" }, String(repeating: "70005999", count: 40_000)),
      ((0..<20_000).map { "NAME\($0) OTHER\($0)" }, String(repeating: "name1999 other", count: 20_000)),
      // Each place is the beginning of a value that fails late.
      ([String(repeating: "a", count: 200_000) + "b"], String(repeating: "a", count: 300_000)),
      ((1..<600).map { String(repeating: "a", count: $0) }, String(repeating: "a", count: 300_000)),
      ([String(repeating: "7", count: 200_000)], String(repeating: "7 ", count: 150_000)),
      (["testard"], String(repeating: "t e s t ", count: 40_000)),
      (["692612344"], String(repeating: "6\u{301}\u{301}", count: 100_000)),
    ] as [([String], String)])
  func bound(values: [String], message: String) {
    let told = values + values.flatMap(Concealment.parts)
    let concealment = Concealment(told)
    let text = Array(message.unicodeScalars)
    var work = 0
    _ = concealment.ranges(in: text, counting: &work)
    // Each value is kept in up to four forms, and each letter is looked at in letters, in two readings of digits, and once more
    // for each step forward.
    let size = told.reduce(0) { $0 + $1.unicodeScalars.count }
    #expect(concealment.work <= 12 * size && work <= 12 * text.count, "\(concealment.work), \(work)")
  }

  @Test(
    "Whatever the words, what is found is in order, and nothing of it touches",
    arguments: 0..<20 as Range<UInt64>)
  func ranges(seed: UInt64) {
    var numbers = SeededNumbers(seed)
    let alphabet = Array("aàA7 \\u\u{301}\u{200B}．-".unicodeScalars)
    func draw(_ count: Int) -> [Unicode.Scalar] {
      (0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &numbers)] }
    }
    for _ in 0..<50 {
      let values = (0..<3).map { _ in
        String(String.UnicodeScalarView(draw(Int.random(in: 0...5, using: &numbers))))
      }
      let text = draw(Int.random(in: 0...40, using: &numbers))
      var end = -1
      for range in Concealment(values).ranges(in: text) {
        #expect(range.lowerBound > end && !range.isEmpty && range.upperBound <= text.count)
        end = range.upperBound
      }
    }
  }
}
