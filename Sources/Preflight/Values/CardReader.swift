/// A card reader of the workstation, and what is in it; one slot of it where it has several.
package struct CardReader: Sendable, Hashable {
  /// What there is in a reader.
  package enum Content: Sendable, Hashable {
    case empty
    /// A card that answers nothing: it is upside down, the wrong way round, or dead.
    case mute
    case card(CardFamily, ATR)
    /// The reader itself does not work, or is just going away.
    case unusable
  }

  /// The name by which PC/SC knows it.
  package let name: String
  package let content: Content
  /// Whether another program holds the card for itself alone.
  package let isHeldExclusively: Bool

  package init(name: String, content: Content, isHeldExclusively: Bool = false) {
    self.name = name
    self.content = content
    self.isHeldExclusively = isHeldExclusively
  }
}

/// What the ATR says of a card; docs/readers.md lists them.
package enum CardFamily: Sendable, Hashable {
  /// A CPS, CPF, CPE or CPA: the ATR is the same for all of them.
  case cps(Generation, contactless: Bool)
  /// The patient's card.
  case vitale
  case other

  /// The generation of a CPS's chip.
  package enum Generation: String, Sendable {
    case cps3
    case cps4
  }
}
