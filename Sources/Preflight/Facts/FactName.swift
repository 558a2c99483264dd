/// The name of a fact, as rule files, facts files and verdicts write it.
package struct FactName: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let rawValue: String

  package init(_ rawValue: String) { self.rawValue = rawValue }

  package var description: String { rawValue }

  /// Whether it is something known of a card, and not of the reader or the workstation.
  package var isOfCard: Bool {
    self != .cardReader && ["card.", "billing.", "holder."].contains { rawValue.hasPrefix($0) }
  }

  /// Whether it is something of a card or of what it is in, which a facts file that says it takes the place of.
  package var isOfCardOrReader: Bool { isOfCard || self == .cardReader || rawValue.hasPrefix("reader.") }

  /// Of two texts that Unicode takes for the same, one in ASCII and one not, the second is the longer.
  package static func == (left: Self, right: Self) -> Bool {
    left.rawValue.utf8.count == right.rawValue.utf8.count && left.rawValue == right.rawValue
  }

  /// Facts are looked up by name all the time; how long a name is and how it ends tells it from nearly all others.
  package func hash(into hasher: inout Hasher) {
    var name = rawValue
    let digest: UInt64? = name.withUTF8 { utf8 in
      guard utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
      return utf8.suffix(7).reduce(UInt64(utf8.count & 0xFF)) { $0 << 8 | UInt64($1) }
    }
    // What is not ASCII may be equal in other bytes, as only a text's own hash knows.
    if let digest { hasher.combine(digest) } else { hasher.combine(rawValue) }
  }
  /// The plugin whose fact it is, as in `erp/identifier`; nothing where it is one of the program itself.
  package var plugin: String? { OutsideName.plugin(of: rawValue) }

  /// Whether it is what a plugin answered to one rule, as `erp/open?rule-id`: nothing that is known of the card or the workstation.
  package var isAnswer: Bool { rawValue.contains("?") }

  /// The name of what the check says of that rule.
  package static func answer(of check: String, to rule: String) -> FactName { FactName("\(check)?\(rule)") }

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// The names of what plugins from outside bring, which begin with the plugin's own: `erp/open`; and of the facts that rule
/// files declare, `lot/identifier`.
package enum OutsideName {
  /// The plugin of that name; nothing where there is none in it.
  package static func plugin(of name: String) -> String? {
    name.firstIndex(of: "/").map { String(name[..<$0]) }
  }

  /// Whether it may stand before the slash: at most 32 lower-case letters, digits and `-`, a letter first.
  package static func isPrefix(_ name: some StringProtocol) -> Bool {
    (1...32).contains(name.utf8.count) && name.utf8.first.map { (0x61...0x7A).contains($0) } == true
      && name.utf8.allSatisfy { (0x61...0x7A).contains($0) || isDigit($0) || $0 == 0x2D }
  }

  /// Whether it may stand after the slash: at most 64 plain letters, digits, `-`, `_` and `.`, a letter first.
  package static func isName(_ name: some StringProtocol) -> Bool {
    (1...64).contains(name.utf8.count) && name.utf8.first.map(isLetter) == true
      && name.utf8.allSatisfy { isLetter($0) || isDigit($0) || "_-.".utf8.contains($0) }
  }

  /// Whether it is a prefix, a slash and a name.
  package static func isWellFormed(_ name: String) -> Bool {
    guard let slash = name.firstIndex(of: "/") else { return false }
    return isPrefix(name[..<slash]) && isName(name[name.index(after: slash)...])
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

extension FactName {
  package static let readerNames = FactName("reader.names")
  package static let readerState = FactName("reader.state")
  package static let cardPresent = FactName("card.present")
  package static let cardReader = FactName("card.reader")
  package static let cardATR = FactName("card.atr")
  package static let cardInUse = FactName("card.inUse")
  package static let cardKind = FactName("card.kind")
  package static let cardGeneration = FactName("card.generation")
  package static let cardContactless = FactName("card.contactless")
  package static let cardNumber = FactName("card.number")
  package static let cardTest = FactName("card.test")
  package static let cardCategory = FactName("card.category")
  package static let cardIssuedOn = FactName("card.issuedOn")
  package static let cardExpiresOn = FactName("card.expiresOn")
  package static let cardPIN = FactName("card.pin")
  package static let cardCode = FactName("card.code")
  package static let holderName = FactName("holder.name")
  package static let billingDAM = FactName("billing.dam")
  package static let billingSituations = FactName("billing.situations")
  package static let cryptolibVersion = FactName("cryptolib.version")
  package static let cryptolibVersions = FactName("cryptolib.versions")
  package static let cryptolibLibrary = FactName("cryptolib.library")
  package static let cryptolibModule = FactName("cryptolib.module")
  package static let reportCreatedOn = FactName("report.createdOn")
  package static let today = FactName("today")

  /// What tells one card from another, and where it is.
  package static var identityOfCard: Set<FactName> { [.cardPresent, .cardReader, .cardATR, .cardNumber] }
}
