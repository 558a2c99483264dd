/// An error message of other software that a rule explains.
package struct KnownMessage: Sendable, Hashable {
  /// As that software words it; a single word with an underscore is the name of a constant.
  package let texts: [String]
  /// The codes that it gives.
  package let codes: [ClosedRange<MessageCode>]
  package let meaning: Meaning
  /// Where to read more about it.
  package let links: [String]
  /// Where the trouble is.
  package let origin: Origin?
  /// Where the information comes from, and how old it is.
  package let source: LocalizedText?

  package enum Meaning: Sendable, Hashable {
    /// The rule of that id explains it.
    case rule(String)
    case told(cause: LocalizedText, remedy: LocalizedText)
  }

  /// Where the trouble behind a message is, and so who can end it.
  package enum Origin: String, Sendable, Hashable, CaseIterable {
    case workstation, reader, card, software, remote

    /// The origin in words; for trouble elsewhere, they say that nothing is to be changed here.
    package var summary: LocalizedText {
      switch self {
      case .workstation: LocalizedText(fr: "ce poste", en: "this workstation")
      case .reader: LocalizedText(fr: "le lecteur de cartes", en: "the card reader")
      case .card: LocalizedText(fr: "la carte", en: "the card")
      case .software:
        LocalizedText(fr: "un logiciel de ce poste", en: "software on this workstation")
      case .remote:
        LocalizedText(
          fr: "un service distant\u{A0}: ne rien changer sur ce poste",
          en: "a remote service: change nothing here")
      }
    }
  }

  package init(
    texts: [String], codes: [ClosedRange<MessageCode>] = [], meaning: Meaning, links: [String] = [],
    origin: Origin? = nil, source: LocalizedText? = nil
  ) {
    self.texts = texts
    self.codes = codes
    self.meaning = meaning
    self.links = links
    self.origin = origin
    self.source = source
  }

  /// The id of the rule that explains it, if one does.
  package var rule: String? {
    if case .rule(let id) = meaning { id } else { nil }
  }

  /// Its text where that is the name of a constant, such as `CKR_PIN_INCORRECT`.
  package var symbol: String? { texts.first(where: Self.isSymbol) }

  /// Whether a text is the name of a constant: one word, with an underscore.
  package static func isSymbol(_ text: String) -> Bool {
    text.contains("_")
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
        default: false
        }
      }
  }
}

/// A code that software gives, whatever number format it was written in.
///
/// It is the same code if its 32 bits were taken for a signed number, or extended to 64.
package struct MessageCode: Sendable, Hashable, Comparable {
  package let value: UInt64

  package init(_ value: UInt64) {
    self.value = value >= 0xFFFF_FFFF_8000_0000 ? value & 0xFFFF_FFFF : value
  }

  /// Returns nil if the text is not a decimal number of 64 bits; it may be negative.
  package init?(decimal text: some StringProtocol) {
    if let value = UInt64(text) {
      self.init(value)
    } else if let value = Int64(text), value < 0, value >= Int64(Int32.min) {
      self.init(UInt64(bitPattern: value))
    } else {
      return nil
    }
  }

  /// Returns nil if the text is not a hexadecimal number of 64 bits; `0x` may stand before it.
  package init?(hexadecimal text: some StringProtocol) {
    let digits = text.hasPrefix("0x") || text.hasPrefix("0X") ? text.dropFirst(2) : text[...]
    guard digits.first?.isHexDigit == true, let value = UInt64(digits, radix: 16) else { return nil }
    self.init(value)
  }

  package static func < (left: Self, right: Self) -> Bool { left.value < right.value }

  /// The code as people know it: `F004 (61444)`, `0x8010000B`.
  package var description: String {
    let digits = String(value, radix: 16, uppercase: true)
    guard value <= 0xFFFF else { return "0x" + digits }
    return String(repeating: "0", count: 4 - digits.count) + digits + " (\(value))"
  }
}
