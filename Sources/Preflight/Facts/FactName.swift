/// The name of a fact, as rule files, facts files and verdicts write it.
package struct FactName: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The name as written, such as `card.expiresOn`.
  package let rawValue: String
  /// The length and the last bytes, which distinguish nearly all names. 0 for names that are not ASCII: they may be equal with
  /// different bytes, so that only the string itself tells.
  package let digest: UInt64

  package init(_ rawValue: String) {
    self.rawValue = rawValue
    var name = rawValue
    digest = name.withUTF8 { Self.digest(utf8: $0, $0.indices) }
  }

  /// Returns the ``digest`` of a name, which stands in that place.
  package static func digest(utf8 bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> UInt64 {
    guard range.count >= 8 else {
      var digest = UInt64(range.count)
      var bits: UInt8 = 0
      for index in range {
        bits |= bytes[index]
        digest = digest << 8 | UInt64(bytes[index])
      }
      return bits < 0x80 ? digest : 0
    }
    // Eight bytes at a time, the last ones once more if need be.
    let raw = UnsafeRawBufferPointer(bytes)
    let last = raw.loadUnaligned(fromByteOffset: range.upperBound - 8, as: UInt64.self)
    var bits = last
    for offset in stride(from: range.lowerBound, to: range.upperBound - 8, by: 8) {
      bits |= raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }
    guard bits & 0x8080_8080_8080_8080 == 0 else { return 0 }
    return UInt64(range.count & 0xFF) << 56 | UInt64(bigEndian: last) & 0x00FF_FFFF_FFFF_FFFF
  }

  package var description: String { rawValue }

  /// Whether the fact is about a card rather than about the reader or the workstation.
  package var isOfCard: Bool {
    self != .cardReader && ["card.", "billing.", "holder."].contains { rawValue.hasPrefix($0) }
  }

  /// Whether the fact is about a card or the reader it is in. A facts file that gives such facts replaces the real
  /// card.
  package var isOfCardOrReader: Bool { isOfCard || self == .cardReader || rawValue.hasPrefix("reader.") }

  /// Names with a digest are of ASCII, where equal digests leave the strings to be compared. Other names are equal if they are so in
  /// Unicode.
  package static func == (left: Self, right: Self) -> Bool {
    left.digest == right.digest
      && (left.digest != 0 || left.rawValue.utf8.count == right.rawValue.utf8.count)
      && left.rawValue == right.rawValue
  }

  /// Facts are looked up by name very often.
  package func hash(into hasher: inout Hasher) {
    if digest != 0 { hasher.combine(digest) } else { hasher.combine(rawValue) }
  }

  /// The hash that sets and dictionaries ask for first. The digest differs already, and is only spread; names that somebody makes
  /// up in order to collide would have the same digest, however it is hashed.
  package func _rawHashValue(seed: Int) -> Int {
    guard digest != 0 else { return rawValue._rawHashValue(seed: seed) }
    let product = (digest ^ UInt64(bitPattern: Int64(seed))).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return Int(truncatingIfNeeded: product.high ^ product.low)
  }

  /// The plugin that the fact belongs to, such as `erp` in `erp/identifier`. Nil for facts of the program itself.
  package var plugin: String? { OutsideName.plugin(of: rawValue) }

  /// Whether the fact is a plugin's answer to one rule, such as `erp/open?rule-id`, rather than knowledge of the
  /// card or the workstation.
  package var isAnswer: Bool { rawValue.utf8.contains(UInt8(ascii: "?")) }

  /// Returns the name of the fact that holds the check's answer to that rule.
  package static func answer(of check: String, to rule: String) -> FactName { FactName("\(check)?\(rule)") }

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// The names of what outside plugins provide, which begin with the plugin's own name (`erp/open`), and of the facts
/// that rule files declare (`lot/identifier`).
package enum OutsideName {
  /// Returns the part before the slash. Nil if the name has no slash.
  package static func plugin(of name: String) -> String? {
    // Most names have none; a byte is found faster than a character, and no other character has that byte.
    guard name.utf8.contains(UInt8(ascii: "/")) else { return nil }
    return name.utf8.firstIndex(of: UInt8(ascii: "/")).map { String(name[..<$0]) }
  }

  /// Whether the text may stand before the slash: at most 32 lower-case letters, digits and `-`, beginning with a
  /// letter.
  package static func isPrefix(_ name: some StringProtocol) -> Bool {
    (1...32).contains(name.utf8.count) && name.utf8.first.map { (0x61...0x7A).contains($0) } == true
      && name.utf8.allSatisfy { (0x61...0x7A).contains($0) || isDigit($0) || $0 == 0x2D }
  }

  /// Whether the text may stand after the slash: at most 64 ASCII letters, digits, `-`, `_` and `.`, beginning with
  /// a letter.
  package static func isName(_ name: some StringProtocol) -> Bool {
    (1...64).contains(name.utf8.count) && name.utf8.first.map(isLetter) == true
      && name.utf8.allSatisfy { isLetter($0) || isDigit($0) || "_-.".utf8.contains($0) }
  }

  /// Whether the name is a prefix, a slash and a name.
  package static func isWellFormed(_ name: String) -> Bool {
    guard let slash = name.utf8.firstIndex(of: UInt8(ascii: "/")) else { return false }
    return isPrefix(name[..<slash]) && isName(name[name.index(after: slash)...])
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

extension FactName {
  /// The names of all readers that PC/SC knows.
  package static let readerNames = FactName("reader.names")
  /// What is in the reader: `none`, `absent`, `empty`, `mute` or `card`.
  package static let readerState = FactName("reader.state")
  /// How many cards the PC/SC service has seen come and go in the card's reader, counted modulo 65,536.
  package static let readerEvents = FactName("reader.events")
  /// Whether a card is being read.
  package static let cardPresent = FactName("card.present")
  /// The name of the reader that holds the card.
  package static let cardReader = FactName("card.reader")
  /// The answer to reset of the card, in hexadecimal.
  package static let cardATR = FactName("card.atr")
  /// Whether another program has exclusive use of the card.
  package static let cardInUse = FactName("card.inUse")
  /// The kind of the card: `cps`, `cpf`, `cpe`, `cpa`, `vitale` or `unknown`.
  package static let cardKind = FactName("card.kind")
  /// The generation of the card's chip; a raw value of `Generation`.
  package static let cardGeneration = FactName("card.generation")
  /// Whether the card was read without contact.
  package static let cardContactless = FactName("card.contactless")
  /// The number of the card. Personal.
  package static let cardNumber = FactName("card.number")
  /// Whether the card is for tests only.
  package static let cardTest = FactName("card.test")
  /// The category of the card; see `CardCategory`.
  package static let cardCategory = FactName("card.category")
  /// The day on which the card was issued.
  package static let cardIssuedOn = FactName("card.issuedOn")
  /// The expiry date written on the card.
  package static let cardExpiresOn = FactName("card.expiresOn")
  /// The state of the code porteur: `ok`, `low`, `final` or `blocked`.
  package static let cardPIN = FactName("card.pin")
  /// What the card answered to the code porteur that was given.
  package static let cardCode = FactName("card.code")
  /// The name of the card's holder. Personal.
  package static let holderName = FactName("holder.name")
  /// Whether the card has a DAM.
  package static let billingDAM = FactName("billing.dam")
  /// The billing situations of the card; see `BillingSituation`.
  package static let billingSituations = FactName("billing.situations")
  /// How the activities of the card are practised. Only a check that compares a billing identifier with
  /// another number asks for it, as it then matters whether a situation is a locum's.
  package static let billingPractice = FactName("billing.practice")
  /// The installed version of the Cryptolib.
  package static let cryptolibVersion = FactName("cryptolib.version")
  /// The Cryptolibs found on the workstation; see `InstalledCryptolib`.
  package static let cryptolibVersions = FactName("cryptolib.versions")
  /// The version of the PKCS#11 library.
  package static let cryptolibLibrary = FactName("cryptolib.library")
  /// The file of the PKCS#11 module that was loaded.
  package static let cryptolibModule = FactName("cryptolib.module")
  /// The day on which the Gestionnaire's report was created.
  package static let reportCreatedOn = FactName("report.createdOn")
  /// Today's date (Europe/Paris).
  package static let today = FactName("today")

  /// The facts that identify a card and its place.
  package static var identityOfCard: Set<FactName> { [.cardPresent, .cardReader, .cardATR, .cardNumber] }
}
