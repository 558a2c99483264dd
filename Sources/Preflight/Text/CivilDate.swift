/// A day of the civil calendar, without time or zone: what a card carries and what `today` is.
///
/// Dates of cards are French civil dates (Europe/Paris); see docs/cards.md, “Validity”.
package struct CivilDate: Sendable, Hashable, Comparable {
  package let year: Int
  package let month: Int
  package let day: Int

  /// The day with those numbers, or nothing where the calendar has no such day.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
    guard (1...Self.length(ofMonth: month, in: year)).contains(day) else { return nil }
    self.init(known: year, month, day)
  }

  /// Reads `AAAA-MM-JJ` (ISO 8601 calendar date, extended format), and nothing else.
  package init?(_ iso: some StringProtocol) {
    let bytes = Array(iso.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[5..<7]),
      let day = Self.number(bytes[8..<10])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var number = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit) else { return nil }
      number = number * 10 + Int(digit - 0x30)
    }
    return number
  }

  /// For numbers that are already known to make a day.
  private init(known year: Int, _ month: Int, _ day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  /// The same day that many years on; 29 February becomes 28 February where the year has none.
  package func adding(years: Int) -> CivilDate {
    let year = min(max(self.year + years, 1), 9999)
    return CivilDate(known: year, month, min(day, Self.length(ofMonth: month, in: year)))
  }

  /// How many days lie between this day and `other`; negative where `other` is earlier.
  package func days(until other: CivilDate) -> Int { other.ordinal - ordinal }

  /// The last day of this day's month.
  package var endOfMonth: CivilDate {
    CivilDate(known: year, month, Self.length(ofMonth: month, in: year))
  }

  /// Days since 1 March of year 0 of the proleptic Gregorian calendar.
  ///
  /// Years counted from March put the leap day last, so that month lengths follow one formula.
  private var ordinal: Int {
    let shifted = month > 2 ? year : year - 1
    let monthFromMarch = (month + 9) % 12
    let leapDays = shifted / 4 - shifted / 100 + shifted / 400
    return shifted * 365 + leapDays + (monthFromMarch * 153 + 2) / 5 + day - 1
  }

  /// How many days lie between 1 January 1970 and this day.
  package var daysSince1970: Int { ordinal - 719_468 }

  /// The day that lies `days` after 1 January 1970.
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
  /// The day as `AAAA-MM-JJ`, as machine outputs and rule files write it.
  package var description: String { "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))" }

  /// The day as people of that language write it: `JJ/MM/AAAA` in French.
  func written(in language: Language) -> String {
    switch language {
    case .french: "\(padded(day, 2))/\(padded(month, 2))/\(padded(year, 4))"
    case .english: description
    }
  }

  private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    let missing = width - digits.utf8.count
    return missing > 0 ? String(repeating: "0", count: missing) + digits : digits
  }
}
