import Glibc
package import Preflight

/// Today's date in the time zone of the cards, Europe/Paris.
package enum FrenchCalendar {
  /// Today's date by the workstation's clock. Nil if the clock cannot be read.
  package static var today: CivilDate? {
    var now = timespec()
    guard clock_gettime(CLOCK_REALTIME, &now) == 0 else { return nil }
    return date(secondsSince1970: now.tv_sec)
  }

  /// Returns the French civil date at that time.
  ///
  /// The rule is implemented here (directive 2000/84/EC: summer time from the last Sunday of March, 01:00 UTC, to
  /// the last Sunday of October, 01:00 UTC), because a minimal system has no time zone files. Without them the
  /// system silently uses UTC, which is the wrong day near midnight.
  package static func date(secondsSince1970 seconds: Int) -> CivilDate {
    let year = CivilDate(daysSince1970: floorDivide(seconds, 86_400)).year
    let summer = lastSunday(ofMonth: 3, in: year)..<lastSunday(ofMonth: 10, in: year)
    let offset = summer.contains(seconds - 3600) ? 7200 : 3600
    return CivilDate(daysSince1970: floorDivide(seconds + offset, 86_400))
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

  private static func floorDivide(_ number: Int, _ divisor: Int) -> Int {
    number >= 0 ? number / divisor : (number - divisor + 1) / divisor
  }
}
