/// One billing situation (*situation de facturation*) of a card: how its holder may bill at one place of practice.
///
/// A property is nil if it is not known, which is different from absent or refused.
package struct BillingSituation: Sendable, Hashable {
  /// The number that links the situation to an activity of the holder.
  package let link: Int?
  /// The billing identifier (numéro AM) as its source gave it.
  package let identifier: BillingIdentifier?
  /// The speciality (*Spécialité Assurance Maladie*), in its source's words. A number of four digits or more in it is no speciality,
  /// and may be an identifier in the wrong place: its digits are hidden.
  package let speciality: String?
  /// How the activity is practised that the situation belongs to.
  package let practice: PracticeMode?
  /// Whether the source tried to read ``practice`` and failed, rather than not saying anything about it.
  package let isPracticeUnread: Bool
  /// Whether the situation may sign FSE.
  package let signFSE: Bool?
  /// Whether the situation may sign lots.
  package let signLots: Bool?

  /// The members that reports mention when they are not known, by their names in facts files.
  package static let readMembers = ["identifier", "practice", "signFSE", "signLots"]

  /// Those of ``readMembers`` that are not known. Reports say so, because leaving them out would mean something
  /// else.
  package var unknownMembers: [String] {
    let known = [identifier != nil, !isPracticeUnread, signFSE != nil, signLots != nil]
    return zip(Self.readMembers, known).filter { !$0.1 }.map(\.0)
  }

  /// Creates a situation. Nil means not known, except for `practice`: it was not reported unless `isPracticeUnread`
  /// is true.
  package init(
    link: Int? = nil, identifier: BillingIdentifier?, speciality: String? = nil,
    practice: PracticeMode? = nil, isPracticeUnread: Bool = false, signFSE: Bool?, signLots: Bool?
  ) {
    self.link = link
    self.identifier = identifier
    self.speciality = speciality.map(TypedCode.withoutNumbers)
    self.practice = practice
    self.isPracticeUnread = isPracticeUnread
    self.signFSE = signFSE
    self.signLots = signLots
  }

  /// Returns the situation with that mode of practice. Nil means that it could not be read.
  package func practised(_ practice: PracticeMode?) -> BillingSituation {
    BillingSituation(
      link: link, identifier: identifier, speciality: speciality, practice: practice,
      isPracticeUnread: practice == nil, signFSE: signFSE, signLots: signLots)
  }
}

/// A billing identifier (*numéro AM*) as read; see docs/cards.md, “The billing identifier”.
package enum BillingIdentifier: Sendable, Hashable {
  /// The field for it exists but is empty.
  case absent
  /// The contents of the field, which may be spaces, filler or zeros.
  case written(Personal)
  /// Only the mask of the contents is known, and how they are written. The latter is nil if the mask does not say.
  case masked(Personal, IdentifierWriting?)

  /// Creates the identifier from `text`, as a source other than the card wrote it.
  ///
  /// - Parameter covers: the signs that may cover digits there, in lower case. Not that of our own masks, which may cover
  ///   anything.
  package init(_ text: String, coveredBy covers: Set<Unicode.Scalar> = ["x"]) {
    // Most are digits, and neither blank nor a mask.
    if !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      self = .written(Personal(text, as: .identifier))
      return
    }
    let characters = Self.withoutBlanks(text)
    if characters.isEmpty {
      self = .absent
    } else if Self.isMaskOfOthers(text.trimmingBlanks, covers) {
      self = .masked(Personal(characters, as: .identifier), .set)
    } else if Personal.isMask(characters, of: .identifier) {
      self = .masked(Personal(mask: characters, as: .identifier), nil)
    } else {
      self = .written(Personal(characters, as: .identifier))
    }
  }

  /// Creates an identifier that a facts file gives as a mask, together with how it is written.
  package init(mask text: String, _ writing: IdentifierWriting) {
    self = .masked(Personal(mask: Self.withoutBlanks(text), as: .identifier), writing)
  }

  /// Returns the text without its spaces. Most texts have none.
  private static func withoutBlanks(_ text: String) -> String {
    text.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? text : text.filter { !$0.isWhitespace }
  }

  /// Whether the text is a number that a person masked to ask for help, such as `xxx26xxxxx` or, where stars may
  /// cover digits, `***26****`: eight to ten characters, a few digits (not all zeros) and more of one cover.
  ///
  /// Anything else that looks similar may be a typing error, such as `0x9910862`.
  private static func isMaskOfOthers(_ characters: String, _ covers: Set<Unicode.Scalar>) -> Bool {
    let scalars = characters.unicodeScalars.map { $0 == "X" ? "x" : $0 }
    guard (8...10).contains(scalars.count), let cover = scalars.first, covers.contains(cover) else {
      return false
    }
    let left = scalars.prefix { $0 == cover }
    let shown = scalars.dropFirst(left.count).prefix { ("0"..."9").contains($0) }
    let right = scalars.dropFirst(left.count + shown.count)
    return !right.isEmpty && right.allSatisfy { $0 == cover } && left.count + right.count > shown.count
      && shown.contains { $0 != "0" }
  }

  /// The numbers that the identifier may stand for. Empty unless it is set and made of digits; see
  /// ``numbers(in:)``.
  package var numbers: Set<String> {
    guard case .written(let personal) = self else { return [] }
    return Self.numbers(in: personal.unmasked)
  }

  /// Returns the numbers that `text` may stand for, without padding (leading zeros, filler, spaces).
  ///
  /// Two identifiers are the same if they have one of these numbers in common. Eight digits are a number without
  /// its key, which billing software stores separately. If the last one is the key of the seven before it, they may
  /// also be a number of nine digits that lost its leading zero. Any other text stands for one number.
  package static func numbers(in text: String) -> Set<String> {
    guard let number = number(in: text) else { return [] }
    guard let completed = completed(text) else { return [number] }
    return IdentifierWriting(text) == .withoutKey ? [completed] : [number, completed]
  }

  /// Returns the most likely number: eight digits get their key unless they may already have it. Nil if `text` has
  /// no number.
  package static func mostLikelyNumber(in text: String) -> String? {
    IdentifierWriting(text) == .withoutKey ? completed(text) : number(in: text)
  }

  /// Returns eight digits followed by their key, without leading zeros. Returns nil if there are not eight digits.
  private static func completed(_ text: String) -> String? {
    let digits = unfilled(text)
    guard digits.count == 8, digits.allSatisfy({ (0x30...0x39).contains($0) }),
      let key = (UInt8(ascii: "0")...UInt8(ascii: "9")).first(where: { key in
        IdentifierWriting.hasRightKey((digits + [key]).map { Int($0 - 0x30) })
      })
    else { return nil }
    return number(in: String(decoding: digits + [key], as: UTF8.self))
  }

  /// Whether the identifier is eight digits, so that its key is or may be missing.
  package var mayLackKey: Bool {
    guard case .written(let personal) = self else { return writing == .withoutKey }
    return Self.mayLackKey(personal.unmasked)
  }

  /// Whether `text` is eight digits, so that its key is or may be missing.
  package static func mayLackKey(_ text: String) -> Bool { completed(text) != nil }

  /// Returns the digits of `text` without leading zeros, spaces and the filler around them (`A` to `F` in BCD). Nil
  /// if there are other characters.
  package static func number(in text: String) -> String? {
    let significant = unfilled(text).drop { $0 == UInt8(ascii: "0") }
    guard !significant.isEmpty, significant.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return String(decoding: significant, as: UTF8.self)
  }

  /// Returns the bytes of `text` without spaces and without the filler at either end. Filler never stands between
  /// digits.
  package static func unfilled(_ text: String) -> ArraySlice<UInt8> {
    let bytes = Array(withoutBlanks(text).utf8)
    let isFiller: (UInt8) -> Bool = { (0x41...0x46).contains($0) || (0x61...0x66).contains($0) }
    guard let first = bytes.firstIndex(where: { !isFiller($0) }),
      let last = bytes.lastIndex(where: { !isFiller($0) })
    else { return [] }
    return bytes[first...last]
  }

  /// Whether it has no usable value: absent, only spaces, only filler or only zeros.
  package var isUnset: Bool {
    switch self {
    case .absent: true
    case .written(let personal):
      Self.unfilled(personal.unmasked).allSatisfy { $0 == UInt8(ascii: "0") }
    case .masked(_, let writing): writing == .unset
    }
  }

  /// How the identifier is written. Nil if a mask does not say; `unset` if the field is empty.
  package var writing: IdentifierWriting? {
    switch self {
    case .absent: .unset
    case .written(let personal): IdentifierWriting(personal.unmasked)
    case .masked(_, let writing): writing
    }
  }

  /// The contents of the field or its mask. Nil if the field is empty.
  package var personal: Personal? {
    switch self {
    case .absent: nil
    case .written(let personal), .masked(let personal, _): personal
    }
  }

  /// Whether it is neither a number nor unset, as no card has it unless the card is at fault. A mask never is.
  package var isIllFormed: Bool {
    guard case .written(let personal) = self, !personal.isMask else { return false }
    return writing == .letters || writing == .wrongLength
  }

  /// Returns how the identifier is written if its shown form does not make that clear, or if it is ill-formed: the reader of a
  /// file is told that the card has it so. Nil otherwise.
  package func writingToTell(_ disclosure: Disclosure) -> IdentifierWriting? {
    guard let personal, disclosure == .masked || personal.isMask || isIllFormed else { return nil }
    return writing
  }
}

/// Which of the card's billing situations is used for billing.
package enum SituationSelection: Sendable, Hashable {
  /// No situation was chosen.
  case any
  /// The situation with this billing identifier (`--am`).
  case identifier(Personal)
  /// The situation at this position in the list, counted from 1 (`--situation`).
  case position(Int)
}

extension String {
  /// The text without leading and trailing spaces.
  fileprivate var trimmingBlanks: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
