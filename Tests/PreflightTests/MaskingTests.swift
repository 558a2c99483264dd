import Preflight
import SeededNumbers
import Testing

@Suite("What a speciality says")
struct SpecialityTests {
  @Test(
    "A number in its place is hidden, a code of two digits is not",
    arguments: [
      ("Médecine générale", "Médecine générale"), ("01", "01"), ("991086265", "••••"),
      ("Chirurgie 991086265", "Chirurgie ••••"), ("01 02 03", "01 02 03"),
    ])
  func numbers(written: String, shown: String) {
    #expect(
      BillingSituation(identifier: nil, speciality: written, signFSE: nil, signLots: nil).speciality == shown)
  }
}

@Suite("Whatever the number, no four digits of it in a row are shown")
struct MaskingTests {
  /// The separators that people write between groups of digits.
  private static let separators = ["", " ", "-", ".", "\u{A0}", "\u{202F}", "/", "\u{200B}"]

  /// Returns a number with that many digits, which do not occur in the words around it.
  private func number(_ count: Int, _ numbers: inout SeededNumbers) -> String {
    (0..<count).map { _ in String(Int.random(in: 0...9, using: &numbers)) }.joined()
  }

  /// Returns whether four consecutive digits of the number are consecutive in the text.
  private func shows(_ text: String, of number: String) -> Bool {
    let digits = Array(number)
    return (0...(digits.count - 4)).contains { text.contains(String(digits[$0..<($0 + 4)])) }
  }

  @Test("An identifier, the number of a card, a name and anything else", arguments: 0..<8 as Range<UInt64>)
  func personal(seed: UInt64) {
    var numbers = SeededNumbers(seed)
    for _ in 0..<100 {
      let number = number(Int.random(in: 4...14, using: &numbers), &numbers)
      for kind in [Personal.Kind.identifier, .cardNumber, .name, .other] {
        let personal = Personal(number, as: kind)
        var dumped = ""
        dump(personal, to: &dumped)
        let message = LocalizedText(fr: "n° \(personal).", en: "no. \(personal).")
        let shown = [
          "\(personal)", String(reflecting: personal), dumped, personal.shown(.masked),
          message.rendered(in: .french, .masked), message.rendered(in: .english, .masked),
        ]
        for text in shown { #expect(!shows(text, of: number), "\(kind) \(number): \(text)") }
        #expect(personal.shown(.revealed) == number)
        #expect(Personal.isMask(personal.shown(.masked), of: kind))
      }
    }
  }

  @Test("A number in the words of others, in groups of digits", arguments: 0..<8 as Range<UInt64>)
  func words(seed: UInt64) throws {
    var numbers = SeededNumbers(seed)
    for _ in 0..<100 {
      let number = "9" + number(Int.random(in: 7...10, using: &numbers), &numbers)
      var written = ""
      for digit in number {
        written.append(digit)
        if Int.random(in: 0..<3, using: &numbers) == 0 {
          written += Self.separators.randomElement(using: &numbers) ?? ""
        }
      }
      let text = Text("le n° \(written), et 17 autres", concealing: [number])
      let shown = text.rendered(in: .french, .masked)
      #expect(!shows(shown.filter(\.isNumber), of: number), "\(written): \(shown)")
      #expect(shown.hasSuffix("17 autres"))
    }
  }
}
