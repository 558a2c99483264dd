import Preflight

/// How long the card is still valid, as the rules of a verdict found it.
struct CardValidity {
  let lastDay: CivilDate
  let days: Int
  /// From how many days on no rule warns.
  let withoutWarning: Int?
  /// From how many days on no rule blocks.
  let withoutBlocking: Int?

  /// Nothing where no rule found it.
  init?(_ verdict: Verdict) {
    let results = verdict.results.filter { $0.validity != nil }
    // Rules may count differently; the shortest time is the one that matters.
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
