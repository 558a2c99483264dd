extension Verdict {
  /// The ids of the rules that are undecided only because of what an earlier result already says: the same
  /// reason once more, or that nothing is known of a card where there is none, or another one.
  ///
  /// Reports for people need not repeat them. The rule that decided the run is never among them.
  package var consequences: Set<String> {
    guard results.contains(where: { $0.outcome == .unknown }) else { return [] }
    let states = Dictionary(facts.map { ($0.name, $0.state) }) { first, _ in first }
    var consequences: Set<String> = []
    var told: Set<LocalizedText> = []
    var lacksCard = false
    for result in results {
      switch result.outcome {
      case .fail, .waived:
        lacksCard = lacksCard || result.rule.check.tellsThatNoCardIsRead(states)
      case .unknown:
        let follows =
          lacksCard && result.reason == .notGiven
          && result.rule.check.facts.contains { $0.isOfCard && states[$0]?.isUnavailable ?? true }
        if result.rule.id != deciding?.rule.id, follows || told.contains(result.message) {
          consequences.insert(result.rule.id)
        }
        told.insert(result.message)
      case .pass, .skipped: break
      }
    }
    return consequences
  }
}

extension Judge {
  /// Whether it judges by a fact which says that the reader holds no CPS, so that no other fact of a card can be known.
  fileprivate func tellsThatNoCardIsRead(_ states: [FactName: Fact.State]) -> Bool {
    if facts.contains(.cardPresent), case .known(.boolean(false))? = states[.cardPresent] { return true }
    guard facts.contains(.cardKind), case .known(.text(let kind))? = states[.cardKind] else { return false }
    return kind == "vitale" || kind == "unknown"
  }
}

extension Fact.State {
  fileprivate var isUnavailable: Bool { if case .unavailable = self { true } else { false } }
}
