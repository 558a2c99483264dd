/// What one run has to do: which rules to judge, and which facts they need.
package struct Plan: Sendable {
  /// The stages of the rule set, including those with no rule to judge.
  package let stages: [Stage]
  /// The use that the run is about. Nil for all uses.
  package let use: Use?
  /// The rules to judge, in declared order.
  package let rules: [Rule]
  /// The facts that those rules may read.
  package let facts: Set<FactName>
  /// Facts that those rules use if a source provides them anyway; no source is asked for these alone.
  package let welcomeFacts: Set<FactName>
  /// The facts that verdicts list, in that order.
  let factNames: [FactName]
  /// The maximum age of the Gestionnaire's report.
  let reportAge: ReportAge

  /// - Parameter reportMaxAge: the maximum age of the Gestionnaire's report. Nil for that of the rule set.
  package init(_ ruleSet: RuleSet, for use: Use?, reportMaxAge: Duration? = nil) {
    reportAge = (reportMaxAge ?? ruleSet.reportMaxAge).map { ReportAge($0) } ?? .usual
    self.stages = ruleSet.stages
    self.use = use
    rules = stages.flatMap(\.rules).filter { $0.concerns(use) }
    facts = rules.reduce(into: [.today]) { names, rule in
      names.formUnion(rule.check.facts.union(rule.check.evidence))
    }
    welcomeFacts = rules.reduce(into: [.reportCreatedOn]) { $0.formUnion($1.check.welcomeFacts) }
    // A plugin's answer is part of its rule's message; the verdict lists the facts that the plugin judged.
    factNames = facts.filter { !$0.isAnswer }.sorted()
  }

  /// Returns how long `source` may take: as long as the most patient rule that needs one of its facts.
  ///
  /// - Parameter usual: the time for rules that do not set one.
  package func deadline(for source: any Source, otherwise usual: Duration) -> Duration {
    let patience = rules.filter { rule in
      !rule.check.facts.union(rule.check.evidence).isDisjoint(with: source.provides)
    }
    .map { $0.timeout ?? usual }
    return patience.max() ?? usual
  }
}
