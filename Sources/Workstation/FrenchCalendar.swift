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
  package static func date(secondsSince1970 seconds: Int) -> CivilDate {
    FrenchTime(Moment(secondsSince1970: seconds)).date
  }
}
