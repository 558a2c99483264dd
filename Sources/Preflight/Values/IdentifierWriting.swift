/// How a billing identifier (numéro AM) is written; docs/cards.md, “The billing identifier”.
///
/// What a mask of ours carries, so that it is judged as the number under it would be. The raw values are the words of
/// facts files; docs/facts.md, “Masks”.
package enum IdentifierWriting: String, Sendable, Hashable, CaseIterable {
  case sound
  /// Blank, filler or zeros.
  case unset
  /// Something that is no digit.
  case letters
  case wrongLength = "wrong-length"
  case wrongKey = "wrong-key"
  /// Ten digits: the card has room for them, and the key of nine does not apply.
  case keyless
  /// Eight digits: billing software keeps the key apart.
  case withoutKey = "without-key"
  /// Whoever wrote it down masked it: it is set, and no more is known of it.
  case set

  /// - Parameter written: what stands in the field.
  package init(_ written: String) {
    let bytes = BillingIdentifier.unfilled(written)
    guard bytes.contains(where: { $0 != UInt8(ascii: "0") }) else {
      self = .unset
      return
    }
    guard bytes.allSatisfy({ (0x30...0x39).contains($0) }) else {
      self = .letters
      return
    }
    let digits = bytes.map { Int($0 - 0x30) }
    switch digits.count {
    case 9: self = Self.hasRightKey(digits) ? .sound : .wrongKey
    case 10 where digits[0] == 0: self = Self.hasRightKey(digits) ? .sound : .wrongKey
    case 10: self = .keyless
    // A program that took it for a number dropped the zero of departments 01 to 09.
    case 8: self = Self.hasRightKey(digits) ? .sound : .withoutKey
    default: self = .wrongLength
    }
  }

  /// Whether there is a number that can be compared with another.
  package var isNumber: Bool {
    switch self {
    case .sound, .wrongLength, .wrongKey, .keyless, .withoutKey, .set: true
    case .unset, .letters: false
    }
  }

  /// Whether the last digit is the Luhn key of those before it (ISO/IEC 7812-1, annex B).
  ///
  /// Zeros in front change nothing about it.
  static func hasRightKey(_ digits: [Int]) -> Bool {
    var sum = 0
    for (index, digit) in digits.enumerated() {
      let isDoubled = (digits.count - index) % 2 == 0
      sum += isDoubled ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit
    }
    return sum % 10 == 0
  }
}
