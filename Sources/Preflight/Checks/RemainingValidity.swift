/// How long the card remains valid, for monitoring systems.
package struct RemainingValidity: Sendable, Hashable {
  /// The last day on which the card is valid.
  package let lastDay: CivilDate
  /// The number of days from today to ``lastDay``; negative if it is past.
  package let days: Int
  /// The smallest number of days with which the check passes.
  package let enough: Int

  ///   - enough: the smallest number of days with which the check passes.
  package init(lastDay: CivilDate, today: CivilDate, enough: Int) {
    self.lastDay = lastDay
    self.days = today.days(until: lastDay)
    self.enough = enough
  }
}
