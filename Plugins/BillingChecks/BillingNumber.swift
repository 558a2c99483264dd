import Preflight

/// What is wrong with the writing of a billing identifier (numéro AM); docs/cards.md, “The billing identifier”.
enum BillingNumber {
  case sound
  case unset
  case letters
  case wrongLength(Int)
  case wrongKey
  /// Ten digits: the card has room for them, and the key of nine does not apply.
  case keyless

  /// - Parameter written: what stands in the field.
  init(_ written: String) {
    let characters = written.filter { !$0.isWhitespace }
    // Filler stands around the digits, never between them.
    let isFiller: (Character) -> Bool = { "ABCDEFabcdef".contains($0) }
    let digits = String(characters.drop(while: isFiller).reversed().drop(while: isFiller).reversed())
    guard digits.contains(where: { $0 != "0" }) else {
      self = .unset
      return
    }
    // Scalars, not characters: a digit with a combining mark sorts between two digits.
    guard digits.unicodeScalars.allSatisfy({ ("0"..."9").contains($0) }) else {
      self = .letters
      return
    }
    switch digits.count {
    case 9: self = Self.hasRightKey(digits) ? .sound : .wrongKey
    case 10 where digits.hasPrefix("0"):
      self = Self.hasRightKey(String(digits.dropFirst())) ? .sound : .wrongKey
    case 10: self = .keyless
    // A program that took it for a number dropped the zero of departments 01 to 09.
    case 8 where Self.hasRightKey("0" + digits): self = .sound
    default: self = .wrongLength(digits.count)
    }
  }

  /// Whether the ninth digit is the Luhn key of the first eight (ISO/IEC 7812-1, annex B).
  private static func hasRightKey(_ digits: String) -> Bool {
    let sum = digits.reversed().enumerated().reduce(0) { sum, item in
      let digit = item.element.wholeNumberValue ?? 0
      guard item.offset % 2 == 1 else { return sum + digit }
      return sum + (digit > 4 ? digit * 2 - 9 : digit * 2)
    }
    return sum % 10 == 0
  }
}
