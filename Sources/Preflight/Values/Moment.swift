/// A point in time, in whole seconds and UTC: when a run began.
package struct Moment: Sendable, Hashable, Comparable {
  /// The number of seconds since 1 January 1970, 00:00 UTC.
  package let secondsSince1970: Int

  package init(secondsSince1970: Int) { self.secondsSince1970 = secondsSince1970 }

  /// Parses `2026-03-15T06:00:00Z` (RFC 3339 in UTC, without fractions). Returns nil for anything else.
  package init?(_ timestamp: String) {
    let parts = timestamp.split(separator: "T", omittingEmptySubsequences: false)
    guard parts.count == 2, let date = CivilDate(parts[0]), parts[1].utf8.count == 9, parts[1].hasSuffix("Z")
    else { return nil }
    let clock = parts[1].dropLast().split(separator: ":", omittingEmptySubsequences: false)
    let numbers = clock.compactMap { two -> Int? in
      two.utf8.count == 2 && two.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(two) : nil
    }
    guard clock.count == 3, numbers.count == 3, numbers[0] < 24, numbers[1] < 60, numbers[2] <= 60 else {
      return nil
    }
    secondsSince1970 = ((date.daysSince1970 * 24 + numbers[0]) * 60 + numbers[1]) * 60 + numbers[2]
  }

  package static func < (left: Self, right: Self) -> Bool { left.secondsSince1970 < right.secondsSince1970 }

  /// Returns the number of seconds from this moment to `other`; negative if it is earlier.
  package func seconds(until other: Moment) -> Int { other.secondsSince1970 - secondsSince1970 }
}

extension Moment: CustomStringConvertible {
  /// The moment as verdicts write it: RFC 3339, in UTC.
  package var description: String {
    let (days, seconds) = secondsSince1970.divided(by: 86_400)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(CivilDate(daysSince1970: days))T"
      + "\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))Z"
  }
}
