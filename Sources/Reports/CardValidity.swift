import Preflight

/// How long the card remains valid, according to the rules of a verdict.
struct CardValidity {
  let lastDay: CivilDate
  let days: Int
  /// The number of days from which no rule warns. Nil if no rule would warn.
  let withoutWarning: Int?
  /// The number of days from which no rule blocks. Nil if no rule would block.
  let withoutBlocking: Int?

  /// Returns nil if no rule measured the validity.
  init?(_ verdict: Verdict) {
    let results = verdict.results.filter { $0.validity != nil }
    // Rules may count differently; the shortest time counts.
    guard let shortest = results.compactMap(\.validity).min(by: { $0.days < $1.days }) else { return nil }
    lastDay = shortest.lastDay
    days = shortest.days
    func enough(_ severity: Severity) -> Int? {
      results.filter { $0.rule.severity == severity }.compactMap(\.validity?.enough).max()
    }
    withoutWarning = enough(.warning)
    withoutBlocking = enough(.blocking)
  }
}
