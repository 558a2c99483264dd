import Preflight
import Testing
import Workstation

@Suite("The French date, without a time zone file")
struct FrenchCalendarTests {
  /// The days on which the clocks of France change, as the time zone database has them for Europe/Paris.
  private static let changes: [(year: Int, summer: Int, winter: Int)] = [
    (1996, 31, 27), (2000, 26, 29), (2004, 28, 31), (2010, 28, 31), (2017, 26, 29), (2019, 31, 27),
    (2020, 29, 25), (2022, 27, 30), (2023, 26, 29), (2024, 31, 27), (2025, 30, 26), (2026, 29, 25),
    (2027, 28, 31), (2028, 26, 29), (2029, 25, 28), (2030, 31, 27), (2031, 30, 26),
  ]

  /// Returns that moment in UTC, in seconds.
  private func seconds(_ year: Int, _ month: Int, _ day: Int, _ hour: Int, _ minute: Int = 0) throws -> Int {
    let epoch = try #require(CivilDate(year: 1970, month: 1, day: 1))
    let date = try #require(CivilDate(year: year, month: month, day: day))
    return epoch.days(until: date) * 86_400 + hour * 3600 + minute * 60
  }

  private func date(_ year: Int, _ month: Int, _ day: Int) -> CivilDate? {
    CivilDate(year: year, month: month, day: day)
  }

  @Test("Midnight is at 23:00 UTC before the summer and after it, and at 22:00 in it", arguments: changes)
  func midnights(year: Int, summer: Int, winter: Int) throws {
    // The night before each change, and the night after it.
    for (month, change, before, after) in [(3, summer, 23, 22), (10, winter, 22, 23)] {
      let first = try seconds(year, month, change - 1, before)
      #expect(FrenchCalendar.date(secondsSince1970: first - 1) == date(year, month, change - 1))
      #expect(FrenchCalendar.date(secondsSince1970: first) == date(year, month, change))
      let second = try seconds(year, month, change, after)
      let next = CivilDate(daysSince1970: second / 86_400 + 1)
      #expect(FrenchCalendar.date(secondsSince1970: second - 1) == date(year, month, change))
      #expect(FrenchCalendar.date(secondsSince1970: second) == next)
    }
  }

  @Test(
    "The turn of the year, of a leap day and of what was before 1970",
    arguments: [
      (2025, 12, 31, 22, 59, [2025, 12, 31]), (2025, 12, 31, 23, 0, [2026, 1, 1]),
      (2028, 2, 28, 23, 0, [2028, 2, 29]), (2028, 2, 29, 22, 59, [2028, 2, 29]),
      (2028, 2, 29, 23, 0, [2028, 3, 1]), (2100, 2, 28, 23, 0, [2100, 3, 1]),
      (1969, 12, 31, 22, 59, [1969, 12, 31]),
      (1969, 12, 31, 23, 0, [1970, 1, 1]),
    ] as [(Int, Int, Int, Int, Int, [Int])])
  func turns(year: Int, month: Int, day: Int, hour: Int, minute: Int, expected: [Int]) throws {
    let moment = try seconds(year, month, day, hour, minute)
    #expect(
      FrenchCalendar.date(secondsSince1970: moment) == date(expected[0], expected[1], expected[2]))
  }

  @Test("Days follow each other, and each has 23, 24 or 25 hours")
  func everyHour() throws {
    var lengths: [Int: Int] = [:]
    var hours = 0
    var last = FrenchCalendar.date(secondsSince1970: try seconds(2024, 12, 31, 23))
    for hour in 0..<(6 * 8766) {
      let today = FrenchCalendar.date(secondsSince1970: try seconds(2024, 12, 31, 23) + hour * 3600)
      if today != last {
        #expect(today.daysSince1970 == last.daysSince1970 + 1)
        lengths[hours, default: 0] += 1
        (hours, last) = (0, today)
      }
      hours += 1
    }
    #expect(lengths[23] == 6 && lengths[25] == 6 && Set(lengths.keys) == [23, 24, 25], "\(lengths)")
  }
}
