import Preflight

/// The object `CPS_SIT_FACT`: the billing situations of the card; docs/card-data.md.
struct BillingData: Sendable {
  static let label = "CPS_SIT_FACT"

  /// The situations in the card's order; empty if the card has no DAM, or an empty one.
  let situations: [BillingSituation]

  /// The billing data of a card without DAM.
  static let none = BillingData(situations: [])

  private init(situations: [BillingSituation]) { self.situations = situations }

  /// Reads the object.
  ///
  /// - Throws: ``CardDataFault`` if its structure is broken or a value makes no sense: the situations are trusted
  ///   together or not at all, because one is chosen among them.
  init(_ object: [UInt8]) throws(CardDataFault) {
    // Cards without situations hold nothing, or 00 where the template should begin.
    guard let first = object.first, first != 0x00 else {
      situations = []
      return
    }
    guard let data = try TLVTemplate(0xE0, in: object[...]) else {
      throw CardDataFault(0, fr: "l'élément E0 manque", en: "the element E0 is missing")
    }
    let elements = data.all(0xA0)
    guard elements.count <= 8 else {
      throw CardDataFault(elements[8].offset, fr: "plus de huit situations", en: "more than eight situations")
    }
    var situations: [BillingSituation] = []
    for element in elements { situations.append(try Self.situation(TLVTemplate(element))) }
    self.situations = situations
  }

  private static func situation(_ fields: TLVTemplate) throws(CardDataFault) -> BillingSituation {
    let authorisations = try fields.field(0x84).map { field throws(CardDataFault) in try field.byte() }
    return BillingSituation(
      link: try fields.field(0x80).map { field throws(CardDataFault) in Int(try field.byte()) },
      identifier: try identifier(fields.field(0x81)),
      speciality: try speciality(fields.field(0x82)),
      // Without the field, the authorisation is unknown: neither granted nor refused.
      signFSE: authorisations.map { $0 & 0x10 != 0 },
      signLots: authorisations.map { $0 & 0x01 != 0 })
  }

  private static func identifier(_ field: TLV?) throws(CardDataFault) -> BillingIdentifier {
    guard let field else { return .absent }
    guard field.value.count <= 5 else {
      throw CardDataFault(
        field.offset, fr: "un identifiant de plus de dix chiffres",
        en: "an identifier of more than ten digits")
    }
    return BillingIdentifier(BCD(field.value).text)
  }

  /// The two digits of the speciality. Returns `nil` if the card has only filler there.
  private static func speciality(_ field: TLV?) throws(CardDataFault) -> String? {
    guard let field else { return nil }
    let digits = BCD(try field.bytes(3).prefix(1))
    return digits.isBlank ? nil : try digits.number()
  }
}
