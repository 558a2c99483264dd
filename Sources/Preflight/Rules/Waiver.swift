/// An integrator's decision to send for a time although a rule fails.
package struct Waiver: Sendable, Hashable {
  /// Why, for whoever reads the report.
  package let reason: LocalizedText
  /// The last day on which it counts.
  package let until: CivilDate
  /// How many days ahead that may be.
  package let maxDays: Int

  /// How many days ahead a waiver may end where it does not say otherwise.
  package static let usualMaxDays = 90

  package init(reason: LocalizedText, until: CivilDate, maxDays: Int = Self.usualMaxDays) {
    self.reason = reason
    self.until = until
    self.maxDays = maxDays
  }

  /// Whether a waiver counts on a day.
  package enum Standing: String, Sendable, Hashable {
    case counts
    /// Its last day is past.
    case expired
    /// It ends later than it may: nobody meant a rule to be waived for ever.
    case tooLong = "too-long"
    /// What day it is is not known.
    case undated
  }

  /// Whether it counts on that day; on a day that is not known, it does not.
  package func standing(on today: CivilDate?) -> Standing {
    guard let today else { return .undated }
    if until < today { return .expired }
    return today.days(until: until) > maxDays ? .tooLong : .counts
  }
}
