import Preflight

/// The object `CPS_ID_CARD`: number, category and dates of the card; docs/card-data.md.
///
/// Each value is read on its own: an invalid one does not affect the others.
struct CardIdentity: Sendable {
  static let label = "CPS_ID_CARD"

  let number: Result<Personal, CardDataFault>
  let category: Result<CardCategory, CardDataFault>
  let issuedOn: Result<CivilDate, CardDataFault>
  let expiresOn: Result<CivilDate, CardDataFault>

  /// Reads the object.
  ///
  /// - Throws: ``CardDataFault`` if its structure is broken; no part of it is trusted then.
  init(_ object: [UInt8]) throws(CardDataFault) {
    guard let card = try TLVTemplate(0xE3, in: object[...]) else {
      throw CardDataFault(0, fr: "l'élément E3 manque", en: "the element E3 is missing")
    }
    number = Result { () throws(CardDataFault) in
      Personal(try BCD(try card.required(0x81).bytes(5)).number(), as: .cardNumber)
    }
    category = Result { () throws(CardDataFault) in try Self.category(card.required(0x82)) }
    issuedOn = Result { () throws(CardDataFault) in try BCD(try card.required(0x83).bytes(4)).date() }
    expiresOn = Result { () throws(CardDataFault) in try BCD(try card.required(0x84).bytes(4)).date() }
  }

  private static func category(_ field: TLV) throws(CardDataFault) -> CardCategory {
    guard let category = CardCategory(byte: try field.byte()) else {
      throw CardDataFault(field.offset, fr: "catégorie de carte inconnue", en: "an unknown category of card")
    }
    return category
  }
}
