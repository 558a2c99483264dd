extension Plan {
  /// Judges all rules, stage by stage, and reaches the verdict. Pure: the same facts give the same verdict.
  package func judge(_ gathered: consuming Gathered) -> Verdict {
    gathered.facts.distrustReports(olderThan: reportAge)
    var conclusion = Conclusion()
    // In declared order, so that a rule finds there what became of those that it needs.
    var results: [RuleResult] = []
    results.reserveCapacity(steps.count)
    var stoppedBy: Int?
    var isUneventful = true
    for step in steps {
      let result: RuleResult
      if step.isConditional || stoppedBy != nil,
        let reason = step.reasonToSkip(after: results, stoppedBy: stoppedBy)
      {
        result = RuleResult(step.rule, skippedFor: reason, waivers: waivers(of: step, gathered.facts))
      } else {
        result = judge(step, gathered.facts, gathered.delays)
      }
      if step.isDemanded {
        conclusion.add(result)
        if stoppedBy == nil, !result.isCleared { stoppedBy = step.stage }
      }
      if result.outcome != .pass, result.outcome != .skipped { isUneventful = false }
      results.append(result)
    }
    let (decision, code) = conclusion.decision
    return Verdict(
      decision: decision, exitCode: code, use: use, declared: stages, results: results,
      isUneventful: isUneventful, factNames: factNames, known: gathered.facts,
      deciding: conclusion.wasJudged ? conclusion.deciding : nil)
  }

  private func judge(_ step: Step, _ facts: Facts, _ delays: [FactName: Duration]) -> RuleResult {
    let rule = step.rule
    let waivers = waivers(of: step, facts)
    do throws(Unavailability) {
      try rule.checkInTime(facts, delays)
      let judgement = try rule.check.judge(facts)
      return RuleResult(rule, judgement, waivers: waivers)
    } catch {
      return RuleResult(rule, undecidedFor: error, waivers: waivers)
    }
  }

  /// The waiver of a rule, if it has one.
  private func waivers(of step: Step, _ facts: Facts) -> [RuleResult.WaiverResult] {
    guard step.hasWaiver, let waiver = step.rule.waiver else { return [] }
    let standing = waiver.standing(on: try? facts.date(.today))
    return [RuleResult.WaiverResult(waiver: waiver, standing: standing)]
  }
}

extension Plan.Step {
  /// - Parameters:
  ///   - results: those of all rules before this one, in declared order.
  ///   - stoppedBy: the number of the first stage that did not pass so far. Nil if all did.
  fileprivate func reasonToSkip(after results: [RuleResult], stoppedBy: Int?) -> LateText? {
    if let exclusion { return exclusion }
    if let stoppedBy, stoppedBy < stage { return stops[stoppedBy] }
    // A rule that needs a waived rule is judged on its own: the waiver accepts only that one failure, not its consequences.
    let open = needs.firstIndex { need in
      !need.rules.contains { $0 < results.count && results[$0].isCleared }
    }
    return open.map { needs[$0].reason }
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
