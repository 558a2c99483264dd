import Preflight

/// The object `CPS_INFO_PS`: what kind of card it is; docs/card-data.md.
struct CardType: Sendable {
  static let label = "CPS_INFO_PS"

  /// The value of the fact `card.kind`.
  let kind: String

  /// Reads the object.
  ///
  /// - Throws: ``CardDataFault`` if its structure is broken or the kind is unknown.
  init(_ object: [UInt8]) throws(CardDataFault) {
    guard let info = try TLVTemplate(0xED, in: object[...]) else {
      throw CardDataFault(0, fr: "l'élément ED manque", en: "the element ED is missing")
    }
    let type = try info.required(0x80)
    switch type.value.first {
    case 0x00: kind = "cps"
    case 0x01: kind = "cpf"
    case 0x02: kind = "cpe"
    case 0x03: kind = "cpa"
    default: throw CardDataFault(type.offset, fr: "type de carte inconnu", en: "an unknown kind of card")
    }
  }
}
