import Preflight

/// The object `CPS_NAME_PS`: the holder's name; docs/card-data.md.
struct CardHolder: Sendable {
  static let label = "CPS_NAME_PS"

  /// The name and given name in use, else those of the civil status; `nil` if the card has neither.
  let name: Personal?

  /// Reads the object.
  ///
  /// - Throws: ``CardDataFault`` if its structure is broken or a name is not text.
  init(_ object: [UInt8]) throws(CardDataFault) {
    guard let holder = try TLVTemplate(0xE4, in: object[...]) else {
      throw CardDataFault(0, fr: "l'élément E4 manque", en: "the element E4 is missing")
    }
    let family = [try Self.text(holder.field(0x82)), try Self.text(holder.field(0x81))]
    let given = [try Self.text(holder.field(0x84)), try Self.firstGivenName(holder.field(0x83))]
    let words = [family, given].compactMap { $0.compactMap(\.self).first }.joined(separator: " ")
    name = words.isEmpty ? nil : Personal(words, as: .name)
  }

  private static func firstGivenName(_ field: TLV?) throws(CardDataFault) -> String? {
    guard let field else { return nil }
    let first = field.value.prefix { $0 != 0xFF }
    return try text(TLV(tag: field.tag, offset: field.offset, value: first))
  }

  /// A text in Latin-1, without what pads it; `nil` if only that is there.
  private static func text(_ field: TLV?) throws(CardDataFault) -> String? {
    guard let field else { return nil }
    // ÿ ends no French name: at the end, FF is filler, as 00 and spaces are.
    let bytes = field.value.reversed().drop { [0x00, 0x20, 0xFF].contains($0) }.reversed()
    guard bytes.allSatisfy({ (0x20...0x7E).contains($0) || $0 >= 0xA0 }) else {
      throw CardDataFault(field.offset, fr: "ce n'est pas un texte", en: "this is not a text")
    }
    return bytes.isEmpty ? nil : String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }
}
