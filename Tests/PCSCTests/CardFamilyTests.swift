import Preflight
import Testing

@testable import PCSC

@Suite("A card is recognised by its ATR, under the masks")
struct CardFamilyTests {
  private static let cps3 = CardFamily.cps(.cps3, contactless: false)
  private static let cps4 = CardFamily.cps(.cps4, contactless: false)
  private static let contactless = CardFamily.cps(.cps3, contactless: true)

  @Test(
    arguments: [
      ("3B AC 00 40 2A 00 12 25 00 64 80 00 03 10 00 90 00", cps3),
      ("3B FF FF FF FF 00 12 25 00 64 80 FF FF FF 00 90 00", cps3),
      ("3B 9B 18 80 01 00 12 25 00 64 80 04 01 00 00 90 44", cps4),
      ("3B 9B 18 80 01 00 12 25 00 64 80 00 04 01 00 90 44", cps4),
      // A mask of the CPS3 would take this one as well.
      ("3B DC 18 FF 00 00 12 25 00 64 80 00 04 01 00 90 00", cps4),
      ("3B 8F 80 01 00 31 B8 64 12 34 EC C0 73 94 01 80 82 90 00 0E", contactless),
      ("3B 8F 80 01 00 31 B8 64 00 00 EC FF 73 94 01 80 82 90 00 0E", contactless),
      ("3B 75 13 00 00 46 09 EA 90 00", .vitale),
      ("3B 75 13 00 00 40 09 EA 90 00", .vitale),
      ("3F 65 25 00 2B 09 6A 90 00", .vitale),
      ("3F 65 25 00 26 09 69 90 00", .vitale),
      ("3F 65 25 00 A6 09 6A 90 00", .vitale),
      // Almost.
      ("3B AC 00 40 2A 00 12 25 00 64 80 00 03 10 00 90 01", .other),
      ("3B AC 00 40 2A 00 12 25 00 64 80 00 03 10 00 90", .other),
      ("3B AC 00 40 2A 00 12 25 00 64 80 00 03 10 00 90 00 00", .other),
      ("3B 8F 80 01 00 31 B8 64 12 34 EC BF 73 94 01 80 82 90 00 0E", .other),
      ("3B 75 13 00 00 56 09 EA 90 00", .other),
      ("3F 65 25 00 A6 09 69 90 00", .other),
      ("3B 68 00 00 00 73 C8 40 12 00 90 00", .other),
      ("3B", .other), ("", .other),
    ])
  func family(atr: String, family: CardFamily) {
    #expect(CardFamily(ATR(atr.split(separator: " ").compactMap { UInt8($0, radix: 16) })) == family)
  }
}

@Suite("Which reader counts")
struct ReaderChoiceTests {
  private static func reader(_ name: String, _ content: CardReader.Content) -> CardReader {
    CardReader(name: name, content: content)
  }
  private static let atr = ATR([0x3B])
  private static let cps = CardReader.Content.card(.cps(.cps3, contactless: false), atr)
  private static let contactless = CardReader.Content.card(.cps(.cps3, contactless: true), atr)
  private static let vitale = CardReader.Content.card(.vitale, atr)
  private static let other = CardReader.Content.card(.other, atr)

  @Test(
    arguments: [
      ("no reader", [], nil, .noReader),
      ("nothing in any", [reader("A", .empty), reader("B", .empty)], nil, .empty(readers: ["A", "B"])),
      (
        "the CPS beside the Vitale", [reader("A", vitale), reader("B", cps)], nil,
        .card(.cps(.cps3, contactless: false), atr, reader: "B")
      ),
      (
        "the contacts before the antenna", [reader("A", contactless), reader("B", cps)], nil,
        .card(.cps(.cps3, contactless: false), atr, reader: "B")
      ),
      (
        "the mute card before the Vitale", [reader("A", vitale), reader("B", .mute)], nil, .mute(reader: "B")
      ),
      (
        "the Vitale before another", [reader("A", other), reader("B", vitale)], nil,
        .card(.vitale, atr, reader: "B")
      ),
      ("two CPS", [reader("A", cps), reader("B", cps)], nil, .several(readers: ["A", "B"])),
      (
        "two CPS, one named", [reader("Alpha", cps), reader("Beta", cps)], "bet",
        .card(.cps(.cps3, contactless: false), atr, reader: "Beta")
      ),
      (
        "a whole name before a part of another", [reader("A", .empty), reader("A B", cps)], "a",
        .empty(readers: ["A"])
      ),
      ("nobody of that name", [reader("A", cps)], "Z", .absent(asked: "Z")),
      ("out of order", [reader("A", .unusable)], nil, .unusable(reader: "A")),
    ] as [(String, [CardReader], String?, ReaderChoice)])
  func choice(title: String, readers: [CardReader], asked: String?, choice: ReaderChoice) {
    #expect(ReaderChoice(among: readers, asked: asked) == choice, "\(title)")
  }
}
