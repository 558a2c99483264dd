/// A card reader of the workstation and its contents. A reader with several slots counts as several readers.
package struct CardReader: Sendable, Hashable {
  /// What is in a reader.
  package enum Content: Sendable, Hashable {
    case empty
    /// A card that does not answer: it is upside down, the wrong way round, or faulty.
    case mute
    case card(CardFamily, ATR)
    /// The reader itself does not work, or is being unplugged.
    case unusable
  }

  /// The name that PC/SC gives it.
  package let name: String
  /// What is in the reader.
  package let content: Content
  /// Whether another program has exclusive use of the card.
  package let isHeldExclusively: Bool

  /// - Parameter isHeldExclusively: whether another program has exclusive use of the card.
  package init(name: String, content: Content, isHeldExclusively: Bool = false) {
    self.name = name
    self.content = content
    self.isHeldExclusively = isHeldExclusively
  }
}

/// The family of a card, as its ATR shows; docs/readers.md lists the ATRs.
package enum CardFamily: Sendable, Hashable {
  /// A CPS, CPF, CPE or CPA, which all have the same ATR.
  case cps(Generation, contactless: Bool)
  /// A patient's card.
  case vitale
  case other

  /// The generation of the chip of a CPS.
  package enum Generation: String, Sendable {
    case cps3
    case cps4
  }
}
