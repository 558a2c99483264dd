import Preflight

/// What is wrong with the bytes of a data object of the card, and where.
struct CardDataFault: Error, Sendable, Hashable {
  /// How many bytes stand before the place in question.
  let offset: Int
  let message: LocalizedText

  init(_ offset: Int, fr: Text, en: Text) {
    self.offset = offset
    self.message = LocalizedText(fr: fr, en: en)
  }

  /// Why a fact that should have come from the object `label` is not known.
  func unavailability(in label: String) -> Unavailability {
    Unavailability(
      .malformed,
      LocalizedText(
        fr: "\(label), octet \(offset) : \(message.french)",
        en: "\(label), byte \(offset): \(message.english)"))
  }
}
