import Preflight

/// A rule that needs two others which never pass together is never judged.
enum ContradictoryNeedsLint: Lint {
  static func findings(in rules: DeclaredRules) -> [Finding] {
    let byID = Dictionary(rules.rules.map { ($0.rule.id, $0.rule) }, uniquingKeysWith: { first, _ in first })
    return rules.rules.compactMap { declared in
      let demands = allNeeds(of: declared.rule, in: byID).compactMap { Demand($0) }
      for (index, one) in demands.enumerated() {
        guard let other = demands[..<index].first(where: { $0.excludes(one) }) else { continue }
        return .warning(
          .neverJudged, declared.keys.entries["needs"]?.key.span ?? declared.span,
          LocalizedText(
            fr: """
              « \(declared.rule.id) » ne sera jamais jugée : « \(other.rule) » et « \(one.rule) », dont elle a \
              besoin, ne passent jamais ensemble
              """,
            en: """
              “\(declared.rule.id)” will never be judged: “\(other.rule)” and “\(one.rule)”, which it needs, never \
              pass together
              """))
      }
      return nil
    }
  }

  /// The rules it needs, and those that they need.
  private static func allNeeds(of rule: Rule, in rules: [String: Rule]) -> [Rule] {
    var found: [Rule] = []
    var rest = rule.needs
    while let id = rest.popLast() {
      guard let rule = rules[id], !found.contains(where: { $0.id == id }) else { continue }
      found.append(rule)
      rest += rule.needs
    }
    return found.reversed()
  }

  /// The values that the fact of a `fact` rule may have.
  private struct Demand {
    let rule: String
    let fact: String
    let values: Set<ParameterValue>

    init?(_ rule: Rule) {
      guard rule.checkID == "fact", let fact = rule.parameters.string("fact") else { return nil }
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
