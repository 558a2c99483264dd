/// What one run has to do: which rules it judges, and what it has to know for them.
package struct Plan: Sendable {
  package let stages: [Stage]
  package let use: Use?
  /// The rules to judge, in declared order.
  package let rules: [Rule]
  /// The facts that those rules may ask for.
  package let facts: Set<FactName>
  /// Facts that those rules use if a source that is asked anyway knows them; none is asked for them alone.
  package let welcomeFacts: Set<FactName>
  /// The facts that they may ask for, in the order in which verdicts tell them.
  let factNames: [FactName]
  /// How old what a report says may be.
  let reportAge: ReportAge

  /// - Parameter reportMaxAge: how old a report may be; without it, as the rules say.
  package init(_ ruleSet: RuleSet, for use: Use?, reportMaxAge: Duration? = nil) {
    reportAge = (reportMaxAge ?? ruleSet.reportMaxAge).map { ReportAge($0) } ?? .usual
    self.stages = ruleSet.stages
    self.use = use
    rules = stages.flatMap(\.rules).filter { $0.concerns(use) }
    facts = rules.reduce(into: [.today]) { names, rule in
      names.formUnion(rule.check.facts.union(rule.check.evidence))
    }
    welcomeFacts = rules.reduce(into: [.reportCreatedOn]) { $0.formUnion($1.check.welcomeFacts) }
    // What a plugin answered is in the message of its rule; the facts are what it judged.
    factNames = facts.filter { !$0.isAnswer }.sorted()
  }

  /// How long `source` may take: as long as the most patient rule that asks it for something.
  package func deadline(for source: any Source, otherwise usual: Duration) -> Duration {
    let patience = rules.filter { rule in
      !rule.check.facts.union(rule.check.evidence).isDisjoint(with: source.provides)
    }
    .map { $0.timeout ?? usual }
    return patience.max() ?? usual
  }
}
