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
  /// How the activity is practised that the situation belongs to.
  package let practice: PracticeMode?
  /// Whether somebody looked for that and could not read it, which is not the same as that nobody says it.
  package let isPracticeUnread: Bool
  /// Whether the situation may sign FSE.
  package let signFSE: Bool?
  /// Whether the situation may sign lots.
  package let signLots: Bool?

  /// The members of which it is said when they are not known.
  package static let readMembers = ["identifier", "practice", "signFSE", "signLots"]

  /// Those of them that are not known: that they are missing would say something else.
  package var unknownMembers: [String] {
    let known = [identifier != nil, !isPracticeUnread, signFSE != nil, signLots != nil]
    return zip(Self.readMembers, known).filter { !$0.1 }.map(\.0)
  }

  package init(
    link: Int? = nil, identifier: BillingIdentifier?, speciality: String? = nil,
    practice: PracticeMode? = nil, isPracticeUnread: Bool = false, signFSE: Bool?, signLots: Bool?
  ) {
    self.link = link
    self.identifier = identifier
    self.speciality = speciality
    self.practice = practice
    self.isPracticeUnread = isPracticeUnread
    self.signFSE = signFSE
    self.signLots = signLots
  }

  /// The same situation, of an activity that is practised so; nil where that could not be read.
  package func practised(_ practice: PracticeMode?) -> BillingSituation {
    BillingSituation(
      link: link, identifier: identifier, speciality: speciality, practice: practice,
      isPracticeUnread: practice == nil, signFSE: signFSE, signLots: signLots)
  }
}

/// A billing identifier (*numéro AM*) as read; see docs/cards.md, “The billing identifier”.
package enum BillingIdentifier: Sendable, Hashable {
  /// The place for it is there and nothing is in it.
  case absent
  /// What was written there, which may be blank, filler or zeros.
  case written(Personal)
  /// The mask of what was written there, and how that is written; `nil` where the mask does not say it.
  case masked(Personal, IdentifierWriting?)

  /// What `text` says, as a source other than the card itself wrote it down.
  package init(_ text: String) {
    let characters = Self.withoutBlanks(text)
    if characters.isEmpty {
      self = .absent
    } else if Self.isMaskOfOthers(text.trimmingBlanks) {
      self = .masked(Personal(characters, as: .identifier), .set)
    } else if Personal.isMask(characters, of: .identifier) {
      self = .masked(Personal(mask: characters, as: .identifier), nil)
    } else {
      self = .written(Personal(characters, as: .identifier))
    }
  }

  /// What a facts file says of an identifier that it masks, and of how it is written.
  package init(mask text: String, _ writing: IdentifierWriting) {
    self = .masked(Personal(mask: Self.withoutBlanks(text), as: .identifier), writing)
  }

  /// The text without its blanks, of which most have none.
  private static func withoutBlanks(_ text: String) -> String {
    text.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? text : text.filter { !$0.isWhitespace }
  }

  /// A number as people mask it when they ask for help, `xxx26xxxxx`: a few digits, not all zeros, between letters x
  /// that hide more than they leave; eight to ten characters.
  ///
  /// Anything else that looks like it may be a slip of the keyboard: `0x9910862`.
  private static func isMaskOfOthers(_ characters: String) -> Bool {
    let bytes = Array(characters.utf8)
    guard (8...10).contains(bytes.count), let cover = bytes.first,
      cover == UInt8(ascii: "x") || cover == UInt8(ascii: "X")
    else { return false }
    let left = bytes.prefix { $0 == cover }
    let shown = bytes.dropFirst(left.count).prefix { (0x30...0x39).contains($0) }
    let right = bytes.dropFirst(left.count + shown.count)
    return !right.isEmpty && right.allSatisfy { $0 == cover } && left.count + right.count > shown.count
      && shown.contains { $0 != UInt8(ascii: "0") }
  }

  /// The numbers that what is written may mean; none unless it is made of digits and set. See ``numbers(in:)``.
  package var numbers: Set<String> {
    guard case .written(let personal) = self else { return [] }
    return Self.numbers(in: personal.unmasked)
  }

  /// The numbers that `text` may mean, each without what pads it (leading zeros, filler, blanks).
  ///
  /// Two identifiers are the same when they have one of these in common. Eight digits are a number without its key,
  /// which billing software keeps apart; where their last is the key of the seven before it, they may as well be a
  /// number of nine digits whose zero was dropped. Anything else means one number.
  package static func numbers(in text: String) -> Set<String> {
    guard let number = number(in: text) else { return [] }
    guard let completed = completed(text) else { return [number] }
    return IdentifierWriting(text) == .withoutKey ? [completed] : [number, completed]
  }

  /// The number that stands for `text` where only one can: eight digits get their key, unless they may have it already.
  package static func mostLikelyNumber(in text: String) -> String? {
    IdentifierWriting(text) == .withoutKey ? completed(text) : number(in: text)
  }

  /// Eight digits with their key behind them, without leading zeros; nil where there are not eight.
  private static func completed(_ text: String) -> String? {
    let digits = unfilled(text)
    guard digits.count == 8, digits.allSatisfy({ (0x30...0x39).contains($0) }),
      let key = (UInt8(ascii: "0")...UInt8(ascii: "9")).first(where: { key in
        IdentifierWriting.hasRightKey((digits + [key]).map { Int($0 - 0x30) })
      })
    else { return nil }
    return number(in: String(decoding: digits + [key], as: UTF8.self))
  }

  /// Whether eight digits are written, and the key has to be added, or may have to be.
  package var mayLackKey: Bool {
    guard case .written(let personal) = self else { return writing == .withoutKey }
    return Self.mayLackKey(personal.unmasked)
  }

  /// Whether `text` is eight digits, to which the key has to be added, or may have to be.
  package static func mayLackKey(_ text: String) -> Bool { completed(text) != nil }

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
    case .masked(_, let writing): writing == .unset
    }
  }

  /// How it is written; `nil` where a mask does not say it. Nothing written is unset.
  package var writing: IdentifierWriting? {
    switch self {
    case .absent: .unset
    case .written(let personal): IdentifierWriting(personal.unmasked)
    case .masked(_, let writing): writing
    }
  }

  /// What stands there, or its mask; `nil` where nothing does.
  package var personal: Personal? {
    switch self {
    case .absent: nil
    case .written(let personal), .masked(let personal, _): personal
    }
  }

  /// How it is written, where what is shown of it no longer tells.
  package func writingToTell(_ disclosure: Disclosure) -> IdentifierWriting? {
    guard let personal, disclosure == .masked || personal.isMask else { return nil }
    return writing
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

extension String {
  /// The text without the blanks around it.
  fileprivate var trimmingBlanks: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
