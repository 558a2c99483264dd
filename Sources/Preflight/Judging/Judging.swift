extension Plan {
  /// Judges all rules, stage by stage, and reaches the verdict. Pure: the same facts give the same verdict.
  package func judge(_ gathered: Gathered) -> Verdict {
    let facts = gathered.facts.distrustingReports(olderThan: reportAge)
    var conclusion = Conclusion()
    // Whether each rule, in declared order, lets a rule be judged that needs it. Empty if none needs any.
    var passed: [Bool] = []
    var stoppedBy: Int?
    var stageResults: [StageResult] = []
    if hasNeeds { passed.reserveCapacity(steps.reduce(0) { $0 + $1.count }) }
    stageResults.reserveCapacity(stages.count)
    for number in steps.indices {
      var results: [RuleResult] = []
      results.reserveCapacity(steps[number].count)
      var isPassed = true
      for step in steps[number] {
        let result: RuleResult
        if let reason = step.reasonToSkip(passed: passed, stoppedBy: stoppedBy) {
          result = RuleResult(step.rule, .skipped, reason, waiver: waiver(of: step.rule, facts))
        } else {
          result = judge(step.rule, facts, gathered.delays)
        }
        // A rule that needs a waived rule is judged on its own: the waiver accepts only that one failure, not its
        // consequences.
        if hasNeeds { passed.append(result.isCleared) }
        if step.isDemanded {
          conclusion.add(result)
          if !result.isCleared { isPassed = false }
        }
        results.append(result)
      }
      if stoppedBy == nil, !isPassed { stoppedBy = number }
      stageResults.append(StageResult(stage: stages[number], results: results))
    }
    let (decision, code) = conclusion.decision
    return Verdict(
      decision: decision, exitCode: code, use: use, stages: stageResults, factNames: factNames,
      known: facts, deciding: conclusion.wasJudged ? conclusion.deciding : nil)
  }

  private func judge(_ rule: Rule, _ facts: Facts, _ delays: [FactName: Duration]) -> RuleResult {
    let waiver = waiver(of: rule, facts)
    do throws(Unavailability) {
      try rule.checkInTime(facts, delays)
      let judgement = try rule.check.judge(facts)
      let outcome: Outcome =
        switch judgement.outcome {
        case .pass: .pass
        case .fail: waiver?.standing == .counts ? .waived : .fail
        }
      return RuleResult(
        rule, outcome, judgement.reason, case: judgement.found, remedies: judgement.remedies, waiver: waiver,
        validity: judgement.validity, callsForAttention: judgement.callsForAttention)
    } catch {
      // A waiver accepts a known failure. A rule that cannot be decided stays undecided.
      return RuleResult(
        rule, .unknown, error.lateMessage, reason: error.reason, case: error.found, waiver: waiver)
    }
  }

  private func waiver(of rule: Rule, _ facts: Facts) -> RuleResult.WaiverResult? {
    rule.waiver.map { waiver in
      RuleResult.WaiverResult(
        waiver: waiver, standing: waiver.standing(on: try? facts.date(.today)))
    }
  }
}

extension Plan.Step {
  /// - Parameters:
  ///   - passed: whether each rule before this one, in declared order, passed or was waived.
  ///   - stoppedBy: the number of the stage that did not pass. Nil if all did.
  fileprivate func reasonToSkip(passed: [Bool], stoppedBy: Int?) -> LateText? {
    if let exclusion { return exclusion }
    if let stoppedBy { return stops[stoppedBy] }
    return needs.first { need in
      !need.rules.contains { $0 < passed.count && passed[$0] }
    }?.reason
  }
}

/// What follows from the results of the rules that must pass.
private struct Conclusion {
  private var firstThatBlocks: RuleResult?
  private var firstOpen: RuleResult?
  private(set) var wasJudged = false

  mutating func add(_ result: RuleResult) {
    if result.outcome != .skipped { wasJudged = true }
    guard !result.isCleared else { return }
    if firstOpen == nil { firstOpen = result }
    if firstThatBlocks == nil, result.blocks { firstThatBlocks = result }
  }

  /// A rule that failed or is undecided says more than one that was skipped because of it.
  var deciding: RuleResult? { firstThatBlocks ?? firstOpen }

  var decision: (Verdict.Decision, ExitCode) {
    // Judging nothing is not a pass, and repeating the run would not change that.
    guard wasJudged else { return (.undecided, .invalidRules) }
    guard let deciding else { return (.ready, .ready) }
    // A skipped rule has no code of its own: it is not known whether the lot may be sent.
    return (deciding.outcome == .fail ? .blocked : .undecided, deciding.exitCode ?? .undecided)
  }
}

extension Rule {
  /// - Throws: `Unavailability` if the rule's facts arrived later than it waits.
  fileprivate func checkInTime(_ facts: Facts, _ delays: [FactName: Duration]) throws(Unavailability) {
    guard let timeout else { return }
    for name in check.facts.sorted() {
      guard let delay = delays[name], delay > timeout else { continue }
      // The reason why a plugin gave no answer says more than that it was late.
      if name.isAnswer, facts[name].value == nil { continue }
      throw Unavailability(
        .timeout,
        LocalizedText(
          fr: "\(name.rawValue) n'a pas été obtenu en \(timeout.milliseconds) ms",
          en: "\(name.rawValue) was not obtained within \(timeout.milliseconds) ms"))
    }
  }
}
