extension Plan {
  /// Returns the facts that were not given and without which a blocking rule cannot be decided, in the order of the
  /// catalogue: no more of them than are needed.
  ///
  /// Which of its facts a check needs depends on the others, so this is found by trying: each rule is judged
  /// with a value put in the place of every fact that it lacks, and then without those values one after the
  /// other. A fact that a source was asked for in vain is not among them: what is wrong there is to be mended, and not
  /// to be covered by what somebody types.
  package func missingFacts(from gathered: Gathered, _ catalogue: FactCatalogue) -> [FactDeclaration] {
    let facts = gathered.facts.distrustingReports(olderThan: reportAge)
    guard let today = try? facts.date(.today) else { return [] }
    var missing: Set<FactName> = []
    for rule in rules where rule.severity == .blocking {
      let trial = Trial(rule.check, facts, today)
      guard trial.lacksFacts else { continue }
      let names = rule.check.facts.union(rule.check.evidence)
      let lacking = catalogue.declarations.filter {
        names.contains($0.name) && !gathered.asked.contains($0.name) && trial.lacks($0.name)
      }
      missing.formUnion(trial.needed(lacking))
    }
    return catalogue.declarations.filter { missing.contains($0.name) }
  }
}

/// A check tried with values in the place of facts that are not known.
private struct Trial {
  enum Result: Int, Comparable {
    case undecided
    case failed
    case passed

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  private typealias Choice = (name: FactName, value: FactValue)

  private let judge: any Judge
  private let facts: Facts
  private let today: CivilDate

  init(_ judge: any Judge, _ facts: Facts, _ today: CivilDate) {
    self.judge = judge
    self.facts = facts
    self.today = today
  }

  /// Whether the check cannot decide for want of a fact, and for no other reason.
  var lacksFacts: Bool {
    do throws(Unavailability) {
      _ = try judge.judge(facts)
      return false
    } catch {
      return Self.isWant(error)
    }
  }

  private static func isWant(_ why: Unavailability) -> Bool {
    why.reason == .notGiven || why.reason == .service
  }

  /// Whether nobody gave the fact, so that somebody could.
  func lacks(_ name: FactName) -> Bool {
    guard name != .today, case .unavailable(let why) = facts[name].state else { return false }
    return Self.isWant(why)
  }

  /// What becomes of the rule with those values.
  func result(with values: [(name: FactName, value: FactValue)]) -> Result {
    var facts = facts
    for (name, value) in values { facts.settle(Fact(name, value, source: Facts.nobody)) }
    do throws(Unavailability) {
      return try judge.judge(facts).outcome == .pass ? .passed : .failed
    } catch {
      return .undecided
    }
  }

  /// Returns those of the facts that the check needs in order to pass, or else to decide. Empty if not even
  /// all of them would do.
  func needed(_ lacking: [FactDeclaration]) -> [FactName] {
    var best: (result: Result, values: [Choice]) = (.undecided, [])
    for values in choices(lacking) {
      let result = result(with: values)
      if result > best.result { best = (result, values) }
    }
    guard best.result > .undecided else { return [] }
    // Those that say less stand later in the catalogue.
    for name in best.values.map(\.name).reversed() {
      let fewer = best.values.filter { $0.name != name }
      if result(with: fewer) >= best.result { best.values = fewer }
    }
    return best.values.map(\.name)
  }

  /// How many ways of giving the facts are tried.
  private static let mostChoices = 64

  /// Ways of giving every one of the facts a value.
  private func choices(_ lacking: [FactDeclaration]) -> [[Choice]] {
    lacking.reduce([[]]) { choices, declaration in
      let values = declaration.type.samples(on: today)
      guard !values.isEmpty else { return choices }
      return Array(
        choices.flatMap { choice in values.map { choice + [(declaration.name, $0)] } }.prefix(
          Self.mostChoices))
    }
  }
}

extension FactType {
  /// Returns values with which a check may pass on that day. Empty for what nobody gives by hand.
  fileprivate func samples(on today: CivilDate) -> [FactValue] {
    switch self {
    case .boolean: [.boolean(true), .boolean(false)]
    case .integer: [.integer(0)]
    case .text: [.text("–")]
    case .choice(let words): words.prefix(1).map(FactValue.text)
    case .personal(let kind): [.personal(Personal("–", as: kind))]
    // A card that was issued today has not expired, and one that expires today has been issued.
    case .date: [.date(today)]
    case .version: [.version(Version(99))]
    case .duration: [.duration(.zero)]
    case .texts: [.texts([])]
    case .situations:
      [
        .situations([
          BillingSituation(identifier: BillingIdentifier("692612344"), signFSE: true, signLots: true)
        ])
      ]
    case .concealed(let type): type.samples(on: today).map(FactValue.concealed)
    case .list, .map, .cryptolibs, .judgement: []
    }
  }
}
