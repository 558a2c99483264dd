/// A moment as the clocks of France show it (Europe/Paris), in which the dates on cards are meant too.
///
/// The rule is implemented here (directive 2000/84/EC: summer time from the last Sunday of March, 01:00 UTC, to the last
/// Sunday of October, 01:00 UTC), because a minimal system has no time zone files. Without them the system silently uses
/// UTC, which is the wrong day near midnight.
package struct FrenchTime: Sendable, Hashable {
  /// The day.
  package let date: CivilDate
  /// The seconds since midnight by the clock, from 0 to 86399.
  private let secondsOfDay: Int

  package init(_ moment: Moment) {
    let seconds = moment.secondsSince1970
    let year = CivilDate(daysSince1970: seconds.divided(by: 86_400).quotient).year
    let summer = Self.lastSunday(ofMonth: 3, in: year)..<Self.lastSunday(ofMonth: 10, in: year)
    let (days, rest) = (seconds + (summer.contains(seconds - 3600) ? 7200 : 3600)).divided(by: 86_400)
    date = CivilDate(daysSince1970: days)
    secondsOfDay = rest
  }

  /// Returns the day and the time, such as « 15/03/2026 07:00:00 » in French.
  package func written(in language: Language) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(date.written(in: language)) "
      + "\(two(secondsOfDay / 3600)):\(two(secondsOfDay / 60 % 60)):\(two(secondsOfDay % 60))"
  }

  /// Returns midnight UTC of the last Sunday of a month, in seconds since 1970.
  private static func lastSunday(ofMonth month: Int, in year: Int) -> Int {
    guard let first = CivilDate(year: year, month: month, day: 1),
      let epoch = CivilDate(year: 1970, month: 1, day: 1)
    else { return 0 }
    let last = epoch.days(until: first.endOfMonth)
    // 1 January 1970 was a Thursday, four days after a Sunday.
    let weekday = ((last + 4) % 7 + 7) % 7
    return (last - weekday) * 86_400
  }
}

extension Int {
  /// Returns the quotient rounded down, and the remainder, which is not negative.
  func divided(by divisor: Int) -> (quotient: Int, remainder: Int) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
