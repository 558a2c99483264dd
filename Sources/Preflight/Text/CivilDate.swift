/// A day of the civil calendar, without time or time zone: used for dates on cards and for today's date.
///
/// The dates on cards are French civil dates (Europe/Paris); see docs/cards.md, “Validity”.
package struct CivilDate: Sendable, Hashable, Comparable {
  // Facts and texts hold many days: they are small.
  private let shortYear: Int32
  private let shortMonth: Int8
  private let shortDay: Int8

  /// The year, from 1 to 9999.
  package var year: Int { Int(shortYear) }
  /// The month, from 1 to 12.
  package var month: Int { Int(shortMonth) }
  /// The day of the month, from 1 to 31.
  package var day: Int { Int(shortDay) }

  /// Creates the day. Returns nil if the calendar has no such day.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
    guard (1...Self.length(ofMonth: month, in: year)).contains(day) else { return nil }
    self.init(known: year, month, day)
  }

  /// Parses `AAAA-MM-JJ` (ISO 8601 calendar date, extended format). Returns nil for anything else.
  package init?(_ iso: some StringProtocol) {
    self.init(in: Array(iso.utf8))
  }

  /// Parses the bytes in that range, or all of them, as `AAAA-MM-JJ`.
  package init?(in bytes: borrowing [UInt8], _ range: Range<Int>? = nil) {
    let range = range ?? bytes.indices
    guard range.count == 10,
      let (year, month, day) = bytes.withUnsafeBufferPointer({
        Self.numbers(UnsafeBufferPointer(rebasing: $0[range]))
      })
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// The year, month and day written in ten bytes.
  private static func numbers(_ bytes: UnsafeBufferPointer<UInt8>) -> (year: Int, month: Int, day: Int)? {
    // A byte that is not a digit becomes a number beyond 9 by this difference, whether it is above or below.
    var isWrong = bytes[4] != UInt8(ascii: "-") || bytes[7] != UInt8(ascii: "-")
    func digit(_ index: Int) -> Int {
      let digit = bytes[index] &- UInt8(ascii: "0")
      if digit > 9 { isWrong = true }
      return Int(digit)
    }
    let year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3)
    let (month, day) = (digit(5) * 10 + digit(6), digit(8) * 10 + digit(9))
    return isWrong ? nil : (year, month, day)
  }

  /// Creates a day from numbers that are known to be valid.
  private init(known year: Int, _ month: Int, _ day: Int) {
    shortYear = Int32(clamping: year)
    shortMonth = Int8(month)
    shortDay = Int8(day)
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.shortYear, left.shortMonth, left.shortDay) < (right.shortYear, right.shortMonth, right.shortDay)
  }

  /// Returns the same day that many years later. 29 February becomes 28 February if that year has none.
  package func adding(years: Int) -> CivilDate {
    let year = min(max(self.year + years, 1), 9999)
    return CivilDate(known: year, month, min(day, Self.length(ofMonth: month, in: year)))
  }

  /// Returns the number of days from this day to `other`; negative if `other` is earlier.
  package func days(until other: CivilDate) -> Int { other.ordinal - ordinal }

  /// The last day of this day's month.
  package var endOfMonth: CivilDate {
    CivilDate(known: year, month, Self.length(ofMonth: month, in: year))
  }

  /// The number of days since 1 March of year 0 of the proleptic Gregorian calendar.
  ///
  /// Counting years from March puts the leap day last, so that one formula gives all month lengths.
  private var ordinal: Int {
    let shifted = month > 2 ? year : year - 1
    let monthFromMarch = (month + 9) % 12
    let leapDays = shifted / 4 - shifted / 100 + shifted / 400
    return shifted * 365 + leapDays + (monthFromMarch * 153 + 2) / 5 + day - 1
  }

  /// The number of days since 1 January 1970; negative for earlier days.
  package var daysSince1970: Int { ordinal - 719_468 }

  /// Creates the day that is `days` after 1 January 1970.
  package init(daysSince1970 days: Int) {
    // The inverse of ``ordinal``, by eras of 400 years (146 097 days).
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    self.init(
      known: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
      dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
  }

  private static func length(ofMonth month: Int, in year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension CivilDate: CustomStringConvertible {
  /// The day as `AAAA-MM-JJ`, the format of machine-readable outputs and rule files.
  package var description: String { joined("-", isYearFirst: true) }

  /// Returns the day as speakers of that language write it: `JJ/MM/AAAA` in French.
  func written(in language: Language) -> String {
    switch language {
    case .french: joined("/", isYearFirst: false)
    case .english: description
    }
  }

  private func joined(_ sign: Unicode.Scalar, isYearFirst: Bool) -> String {
    // A broken clock may show a year of more than four digits.
    guard (0...9999).contains(year) else {
      let (month, day) = (month < 10 ? "0\(month)" : "\(month)", day < 10 ? "0\(day)" : "\(day)")
      return isYearFirst ? "\(year)\(sign)\(month)\(sign)\(day)" : "\(day)\(sign)\(month)\(sign)\(year)"
    }
    let (first, last) = isYearFirst ? (4, 2) : (2, 4)
    return String(unsafeUninitializedCapacity: 10) { bytes in
      Self.write(isYearFirst ? year : day, digits: first, to: bytes, at: 0)
      bytes[first] = UInt8(truncatingIfNeeded: sign.value)
      Self.write(month, digits: 2, to: bytes, at: first + 1)
      bytes[first + 3] = UInt8(truncatingIfNeeded: sign.value)
      Self.write(isYearFirst ? day : year, digits: last, to: bytes, at: first + 4)
      return 10
    }
  }

  private static func write(
    _ number: Int, digits: Int, to bytes: UnsafeMutableBufferPointer<UInt8>, at start: Int
  ) {
    var rest = number
    for index in (start..<(start + digits)).reversed() {
      bytes[index] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
    }
  }
}
