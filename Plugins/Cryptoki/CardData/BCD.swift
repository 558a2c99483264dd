import Preflight

/// Packed digits: two in each byte, the first in the upper half; a half above 9 is filler.
struct BCD: Sendable, Hashable {
  /// The digits in order, `nil` for filler.
  let digits: [Int?]
  private let offset: Int

  init(_ bytes: ArraySlice<UInt8>) {
    offset = bytes.startIndex
    digits = bytes.flatMap { [$0 >> 4, $0 & 0xF] }.map { $0 <= 9 ? Int($0) : nil }
  }

  /// Whether all digits are filler.
  var isBlank: Bool { digits.allSatisfy { $0 == nil } }

  /// The digits as text, with a space for each filler and none at the end.
  var text: String {
    let space = UInt8(ascii: " ")
    let characters = digits.map { $0.map { UInt8(ascii: "0") + UInt8($0) } ?? space }
    let end = characters.lastIndex { $0 != space }.map { $0 + 1 } ?? 0
    return String(decoding: characters[..<end], as: UTF8.self)
  }

  /// The digits as a number without filler.
  ///
  /// - Throws: ``CardDataFault`` if there is filler among the digits.
  func number() throws(CardDataFault) -> String {
    guard !digits.contains(nil) else {
      throw CardDataFault(offset, fr: "un chiffre manque", en: "a digit is missing")
    }
    return text
  }

  /// The day written as AAAAMMJJ (year, month, day).
  ///
  /// - Throws: ``CardDataFault`` if the calendar has no such day.
  func date() throws(CardDataFault) -> CivilDate {
    let numbers = digits.compactMap(\.self)
    guard digits.count == 8, numbers.count == 8,
      let date = CivilDate(
        year: Self.value(numbers[0..<4]), month: Self.value(numbers[4..<6]), day: Self.value(numbers[6..<8]))
    else { throw CardDataFault(offset, fr: "ce n'est pas une date", en: "this is not a date") }
    return date
  }

  private static func value(_ digits: ArraySlice<Int>) -> Int { digits.reduce(0) { $0 * 10 + $1 } }
}
