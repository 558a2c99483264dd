/// An integrator's decision to send despite a failing rule, for a limited time.
package struct Waiver: Sendable, Hashable {
  /// The reason, shown in reports.
  package let reason: LocalizedText
  /// The last day on which the waiver applies, inclusive.
  package let until: CivilDate
  /// The maximum number of days between today and `until`.
  package let maxDays: Int

  /// The maximum number of days ahead that a waiver may end, by default.
  package static let usualMaxDays = 90

  package init(reason: LocalizedText, until: CivilDate, maxDays: Int = Self.usualMaxDays) {
    self.reason = reason
    self.until = until
    self.maxDays = maxDays
  }

  /// Whether a waiver applies on a given day.
  package enum Standing: String, Sendable, Hashable {
    case counts
    /// Its last day is past.
    case expired
    /// It ends later than allowed: a waiver must not last for ever.
    case tooLong = "too-long"
    /// Today's date is not known.
    case undated
  }

  /// Returns whether the waiver applies on that day. It does not apply if the day is nil, that is, not known.
  package func standing(on today: CivilDate?) -> Standing {
    guard let today else { return .undated }
    if until < today { return .expired }
    return today.days(until: until) > maxDays ? .tooLong : .counts
  }
}
