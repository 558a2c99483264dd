/// One billing situation (*situation de facturation*) of a card: what it may bill as, at one place of practice.
///
/// A property that is `nil` is not known, which is not the same as absent or refused.
package struct BillingSituation: Sendable, Hashable {
  /// The number that links the situation to an activity of the holder.
  package let link: Int?
  /// The billing identifier (numéro AM) as its source gave it.
  package let identifier: BillingIdentifier?
  /// The speciality (*Spécialité Assurance Maladie*), in its source's words.
  package let speciality: String?
  /// Whether the situation may sign FSE.
  package let signFSE: Bool?
  /// Whether the situation may sign lots.
  package let signLots: Bool?

  package init(
    link: Int? = nil, identifier: BillingIdentifier?, speciality: String? = nil,
    signFSE: Bool?, signLots: Bool?
  ) {
    self.link = link
    self.identifier = identifier
    self.speciality = speciality
    self.signFSE = signFSE
    self.signLots = signLots
  }
}

/// A billing identifier (*numéro AM*) as read; see docs/cards.md, “The billing identifier”.
package enum BillingIdentifier: Sendable, Hashable {
  /// The place for it is there and nothing is in it.
  case absent
  /// What was written there, which may be blank, filler or zeros.
  case written(Personal)
  /// Something is there, and whoever wrote it down masked it (`xxx26xxxxx`): set, value unknown.
  case masked(Personal)

  /// What `text` says, as a source other than the card itself wrote it down.
  package init(_ text: String) {
    let characters = Self.withoutBlanks(text)
    if characters.isEmpty {
      self = .absent
    } else if Self.isMasked(characters) {
      self = .masked(Personal(characters, as: .identifier))
    } else {
      self = .written(Personal(characters, as: .identifier))
    }
  }

  /// The text without its blanks, of which most have none.
  private static func withoutBlanks(_ text: String) -> String {
    text.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? text : text.filter { !$0.isWhitespace }
  }

  /// A number of which some digits were overwritten with a sign that no identifier has.
  ///
  /// Asterisks and bullets count as well as `x`; one sign throughout, eight to ten places.
  private static func isMasked(_ characters: String) -> Bool {
    guard !characters.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
    let covers = Set(characters.filter { !("0"..."9").contains($0) })
    guard covers.count == 1, let cover = covers.first else { return false }
    return (8...10).contains(characters.count) && "xX*•●?#".contains(cover)
  }

  /// The number without what pads it (leading zeros, filler, blanks); `nil` unless it is made of digits and set.
  ///
  /// Two identifiers are the same when these are.
  package var number: String? {
    guard case .written(let personal) = self else { return nil }
    return Self.number(in: personal.unmasked)
  }

  /// The digits of `text` without leading zeros, blanks and the filler around them (`A` to `F` in BCD).
  package static func number(in text: String) -> String? {
    let significant = unfilled(text).drop { $0 == UInt8(ascii: "0") }
    guard !significant.isEmpty, significant.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return String(decoding: significant, as: UTF8.self)
  }

  /// The bytes of `text` without blanks and without the filler at either end; filler never stands between digits.
  package static func unfilled(_ text: String) -> ArraySlice<UInt8> {
    let bytes = Array(withoutBlanks(text).utf8)
    let isFiller: (UInt8) -> Bool = { (0x41...0x46).contains($0) || (0x61...0x66).contains($0) }
    guard let first = bytes.firstIndex(where: { !isFiller($0) }),
      let last = bytes.lastIndex(where: { !isFiller($0) })
    else { return [] }
    return bytes[first...last]
  }

  /// Whether nothing usable is in it: absent, blank, all filler or all zeros.
  package var isUnset: Bool {
    switch self {
    case .absent: true
    case .written(let personal):
      Self.unfilled(personal.unmasked).allSatisfy { $0 == UInt8(ascii: "0") }
    case .masked: false
    }
  }
}

/// Which of a card's billing situations is being billed with.
package enum SituationSelection: Sendable, Hashable {
  /// None was named.
  case any
  /// The one with this billing identifier (`--am`).
  case identifier(Personal)
  /// The one at this place of the list, from 1 (`--situation`).
  case position(Int)
}
