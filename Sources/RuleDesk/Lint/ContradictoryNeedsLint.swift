import Preflight
import RuleFile

/// A rule that needs two others that can never pass together, so that it is never judged.
enum ContradictoryNeedsLint: Lint {
  static func findings(in rules: DeclaredRules) -> [Finding] {
    // The demands of each rule and of those it needs, which come before it.
    var demands: [String: Demands] = [:]
    var work = 0
    return rules.rules.compactMap { declared in
      let rule = declared.rule
      var all = Demands()
      for id in rule.needs {
        guard let needed = demands[id] else { continue }
        all.add(needed, work: &work)
      }
      var withOwn = all
      if let own = Demand(rule) { withOwn.add(own, work: &work) }
      if demands[rule.id] == nil { demands[rule.id] = withOwn }
      guard let (one, other) = all.conflict else { return nil }
      return .warning(
        .neverJudged, declared.keys.entry("needs")?.key.span ?? declared.span,
        LocalizedText(
          fr: """
            « \(rule.id) » ne sera jamais jugée : « \(other) » et « \(one) », dont elle a besoin, ne passent jamais \
            ensemble
            """,
          en: """
            “\(rule.id)” will never be judged: “\(other)” and “\(one)”, which it needs, never pass together
            """))
    }
  }

  /// The most values to compare: nobody writes more by hand.
  private static let workLimit = 200_000

  /// The demands of several rules, without duplicates.
  private struct Demands {
    private var byFact: [String: [Demand]] = [:]
    /// Two of the rules that can never pass together.
    private(set) var conflict: (one: String, other: String)?

    mutating func add(_ demand: Demand, work: inout Int) {
      for other in byFact[demand.fact] ?? [] {
        if other.rule == demand.rule { return }
        work += min(other.values.count, demand.values.count) + 1
        guard work < workLimit else { return }
        if other.values == demand.values { return }
        if conflict == nil, other.excludes(demand) { conflict = (demand.rule, other.rule) }
      }
      byFact[demand.fact, default: []].append(demand)
    }

    mutating func add(_ others: Demands, work: inout Int) {
      // One contradiction is enough.
      guard conflict == nil, !byFact.isEmpty, others.conflict == nil else {
        if conflict == nil { self = others }
        return
      }
      for fact in others.byFact.keys.sorted() {
        for demand in others.byFact[fact] ?? [] { add(demand, work: &work) }
      }
    }
  }

  /// The values that a `fact` rule allows its fact.
  private struct Demand {
    let rule: String
    let fact: String
    let values: Set<ParameterValue>

    init?(_ rule: Rule) {
      guard rule.checkID == "fact", let fact = rule.parameters.string("fact") else { return nil }
      // The value of another fact is not known yet.
      guard rule.parameters.fact("equals") == nil else { return nil }
      if let value = rule.parameters["equals"] {
        values = [value]
      } else if case .list(let allowed)? = rule.parameters["in"] {
        values = Set(allowed)
      } else {
        return nil
      }
      self.rule = rule.id
      self.fact = fact
    }

    func excludes(_ other: Demand) -> Bool { fact == other.fact && values.isDisjoint(with: other.values) }
  }
}
