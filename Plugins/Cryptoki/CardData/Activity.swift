import Preflight

/// An object `CPS_ACTIVITY_nn_PS`: one activity of the holder, limited to what billing needs; docs/card-data.md.
struct Activity: Sendable {
  /// The labels of the objects; a card may have any of them.
  static let labels = (1...16).map { "CPS_ACTIVITY_\($0 < 10 ? "0" : "")\($0)_PS" }

  /// The mode of practice; `nil` if the card has a mode that does not matter here.
  let practice: PracticeMode?
  /// The number that links the activity to its billing situations; `nil` if it has none.
  let link: Int?

  /// Reads the object.
  ///
  /// - Throws: ``CardDataFault`` if its structure is broken.
  init(_ object: [UInt8]) throws(CardDataFault) {
    guard let activity = try TLVTemplate(0xEE, in: object[...]) else {
      throw CardDataFault(0, fr: "l'élément EE manque", en: "the element EE is missing")
    }
    practice =
      switch try activity.field(0x80)?.value.first {
      case 0x00: .liberal
      case 0x01: .salaried
      case 0x04: .locum
      case 0x07: .unpaid
      default: nil
      }
    link = try activity.field(0x83).map { field throws(CardDataFault) in Int(try field.byte()) }
  }
}
