/// How a billing identifier (numéro AM) is written; docs/cards.md, “The billing identifier”.
///
/// A mask carries this so that it is judged like the number that it hides. The raw values are the words of facts
/// files; docs/facts.md, “Masks”.
package enum IdentifierWriting: String, Sendable, Hashable, CaseIterable {
  case sound
  /// Spaces, filler or zeros.
  case unset
  /// Contains a character that is not a digit.
  case letters
  case wrongLength = "wrong-length"
  case wrongKey = "wrong-key"
  /// Ten digits, for which the card has room. The key of nine digits does not apply.
  case keyless
  /// Eight digits: billing software stores the key separately.
  case withoutKey = "without-key"
  /// Masked by the source: it is set, but nothing else is known about it.
  case set

  /// - Parameter written: the contents of the field.
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
    // A program that treated it as a number dropped the zero of departments 01 to 09.
    case 8: self = Self.hasRightKey(digits) ? .sound : .withoutKey
    default: self = .wrongLength
    }
  }

  /// Whether there is a number that can be compared with another one.
  package var isNumber: Bool {
    switch self {
    case .sound, .wrongLength, .wrongKey, .keyless, .withoutKey, .set: true
    case .unset, .letters: false
    }
  }

  /// Returns whether the last digit is the Luhn key of those before it (ISO/IEC 7812-1, annex B).
  ///
  /// Leading zeros do not affect the key.
  static func hasRightKey(_ digits: [Int]) -> Bool {
    var sum = 0
    for (index, digit) in digits.enumerated() {
      let isDoubled = (digits.count - index) % 2 == 0
      sum += isDoubled ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit
    }
    return sum % 10 == 0
  }
}
