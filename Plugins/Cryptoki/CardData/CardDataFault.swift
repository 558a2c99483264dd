import Preflight

/// What is wrong with the bytes of a data object of the card, and where.
struct CardDataFault: Error, Sendable, Hashable {
  /// The offset of the fault in the object, in bytes.
  let offset: Int
  let message: LocalizedText

  init(_ offset: Int, fr: Text, en: Text) {
    self.offset = offset
    self.message = LocalizedText(fr: fr, en: en)
  }

  /// The reason why a fact from the object `label` is unknown.
  func unavailability(in label: String) -> Unavailability {
    Unavailability(
      .malformed,
      LocalizedText(
        fr: "\(label), octet \(offset) : \(message.french)",
        en: "\(label), byte \(offset): \(message.english)"))
  }
}
