/// How long the card is still valid, for those who watch numbers: monitoring systems.
package struct RemainingValidity: Sendable, Hashable {
  /// The last day on which it is valid.
  package let lastDay: CivilDate
  /// The days from today to that one; negative where it is past.
  package let days: Int
  /// With how many days the check is still satisfied.
  package let enough: Int

  package init(lastDay: CivilDate, today: CivilDate, enough: Int) {
    self.lastDay = lastDay
    self.days = today.days(until: lastDay)
    self.enough = enough
  }
}
