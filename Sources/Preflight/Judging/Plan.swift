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
  /// What is judged, stage by stage, in the order of ``stages``: what does not depend on the facts.
  let steps: [Step]

  /// A rule in a run.
  ///
  /// A class because steps never change, and every run goes through them.
  final class Step: Sendable {
    let rule: Rule
    /// The number of its stage, counted from 0.
    let stage: Int
    /// Whether the rule has a waiver.
    let hasWaiver: Bool
    /// Whether the rule must pass for the lot to be sent: true of every blocking rule for this use.
    let isDemanded: Bool
    /// Whether the rule may be skipped although all earlier stages passed.
    let isConditional: Bool
    /// Why the rule is never judged. Nil if it may be.
    let exclusion: LateText?
    /// Why the rule is skipped if an earlier stage did not pass, by the number of that stage.
    let stops: [LateText]
    /// The rules that must have passed.
    let needs: [Need]

    init(
      _ rule: Rule, in stage: Int, isDemanded: Bool, exclusion: LateText?, stops: [LateText], needs: [Need]
    ) {
      self.rule = rule
      self.stage = stage
      hasWaiver = rule.waiver != nil
      self.isDemanded = isDemanded
      isConditional = exclusion != nil || !needs.isEmpty
      self.exclusion = exclusion
      self.stops = stops
      self.needs = needs
    }
  }

  /// A rule that another one needs.
  struct Need: Sendable {
    /// The places of the rules of that id among all rules.
    let rules: [Int]
    /// Why the other rule is skipped if none of them passed.
    let reason: LateText
  }

  /// - Parameter reportMaxAge: the maximum age of the Gestionnaire's report. Nil for that of the rule set.
  package init(_ ruleSet: RuleSet, for use: Use?, reportMaxAge: Duration? = nil) {
    reportAge = (reportMaxAge ?? ruleSet.reportMaxAge).map { ReportAge($0) } ?? .usual
    self.stages = ruleSet.stages
    self.use = use
    rules = stages.flatMap(\.rules).filter { $0.concerns(use) }
    facts = rules.reduce(into: [.today]) { names, rule in
      names.formUnion(rule.check.facts)
      names.formUnion(rule.check.evidence)
    }
    welcomeFacts = rules.reduce(into: [.reportCreatedOn]) { $0.formUnion($1.check.welcomeFacts) }
    // A plugin's answer is part of its rule's message; the verdict lists the facts that the plugin judged.
    factNames = facts.filter { !$0.isAnswer }.sorted()
    steps = Self.steps(ruleSet.stages, use)
  }

  private static func steps(_ stages: [Stage], _ use: Use?) -> [Step] {
    let all = stages.flatMap(\.rules)
    let exclusion = LateText(fr: "ne concerne pas cet usage", en: "not for this use")
    var stops: [LateText] = []
    return stages.enumerated().flatMap { number, stage in
      let steps = stage.rules.map { rule in
        let isConcerned = rule.concerns(use)
        return Step(
          rule, in: number, isDemanded: rule.severity == .blocking && isConcerned,
          exclusion: isConcerned ? nil : exclusion, stops: stops,
          needs: rule.needs.map { Self.need($0, among: all) })
      }
      stops.append(
        LateText(
          fr: "non jugée : l'étape « \(stage.title.french) » n'est pas passée",
          en: "not judged: the stage “\(stage.title.english)” did not pass"))
      return steps
    }
  }

  private static func need(_ id: String, among rules: [Rule]) -> Need {
    let places = rules.indices.filter { rules[$0].id == id }
    let title = places.first.map { rules[$0].title } ?? LocalizedText(everywhere: Text(id))
    return Need(
      rules: places,
      reason: LateText(
        fr: "non jugée : la règle « \(title.french) » n'est pas satisfaite",
        en: "not judged: the rule “\(title.english)” did not pass"))
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
