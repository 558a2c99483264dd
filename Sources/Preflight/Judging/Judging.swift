extension Plan {
  /// Judges all rules, stage by stage, and reaches the verdict. Pure: the same facts give the same verdict.
  package func judge(_ gathered: Gathered) -> Verdict {
    var gathered = gathered
    gathered.facts = gathered.facts.distrustingReports(olderThan: reportAge)
    var passed: Set<String> = []
    var stoppedBy: Stage?
    var stageResults: [StageResult] = []
    for stage in stages {
      var results: [RuleResult] = []
      for rule in stage.rules {
        let result: RuleResult
        if let reason = reasonToSkip(rule, passed: passed, stoppedBy: stoppedBy) {
          result = RuleResult(rule, .skipped, reason, waiver: waiver(of: rule, gathered))
        } else {
          result = judge(rule, gathered)
        }
        // A rule that needs a waived rule is judged on its own: the waiver accepts only that one failure, not its
        // consequences.
        if result.outcome == .pass || result.outcome == .waived { passed.insert(rule.id) }
        results.append(result)
      }
      if stoppedBy == nil, results.contains(where: { demands($0) && !$0.isCleared }) { stoppedBy = stage }
      stageResults.append(StageResult(stage: stage, results: results))
    }
    return conclude(stageResults, facts: gathered.facts)
  }

  private func reasonToSkip(_ rule: Rule, passed: Set<String>, stoppedBy: Stage?) -> LocalizedText? {
    if !rule.concerns(use) {
      return LocalizedText(fr: "ne concerne pas cet usage", en: "not for this use")
    }
    if let stage = stoppedBy {
      return LocalizedText(
        fr: "non jugée : l'étape « \(stage.title.french) » n'est pas passée",
        en: "not judged: the stage “\(stage.title.english)” did not pass")
    }
    guard let missing = rule.needs.first(where: { !passed.contains($0) }) else { return nil }
    let rule = stages.lazy.flatMap(\.rules).first { $0.id == missing }
    let title = rule?.title ?? LocalizedText(everywhere: Text(missing))
    return LocalizedText(
      fr: "non jugée : la règle « \(title.french) » n'est pas satisfaite",
      en: "not judged: the rule “\(title.english)” did not pass")
  }

  private func judge(_ rule: Rule, _ gathered: Gathered) -> RuleResult {
    let waiver = waiver(of: rule, gathered)
    do throws(Unavailability) {
      try rule.checkInTime(gathered)
      let judgement = try rule.check.judge(gathered.facts)
      let outcome: Outcome =
        switch judgement.outcome {
        case .pass: .pass
        case .fail: waiver?.standing == .counts ? .waived : .fail
        }
      return RuleResult(
        rule, outcome, judgement.message, case: judgement.found, remedy: judgement.remedy, waiver: waiver,
        validity: judgement.validity, callsForAttention: judgement.callsForAttention)
    } catch {
      // A waiver accepts a known failure. A rule that cannot be decided stays undecided.
      return RuleResult(
        rule, .unknown, error.message, reason: error.reason, case: error.found, waiver: waiver)
    }
  }

  private func waiver(of rule: Rule, _ gathered: Gathered) -> RuleResult.WaiverResult? {
    rule.waiver.map { waiver in
      RuleResult.WaiverResult(
        waiver: waiver, standing: waiver.standing(on: try? gathered.facts.date(.today)))
    }
  }

  private func conclude(_ stages: [StageResult], facts: Facts) -> Verdict {
    let demanded = stages.lazy.flatMap(\.results).filter(demands)
    let open = demanded.filter { !$0.isCleared }
    // A rule that failed or is undecided says more than one that was skipped because of it.
    let deciding = open.first(where: \.blocks) ?? open.first
    let decision: Verdict.Decision
    let code: ExitCode
    let wasJudged = demanded.contains { $0.outcome != .skipped }
    if !wasJudged {
      // Judging nothing is not a pass, and repeating the run would not change that.
      (decision, code) = (.undecided, .invalidRules)
    } else if let deciding {
      // A skipped rule has no code of its own: it is not known whether the lot may be sent.
      decision = deciding.outcome == .fail ? .blocked : .undecided
      code = deciding.exitCode ?? .undecided
    } else {
      (decision, code) = (.ready, .ready)
    }
    return Verdict(
      decision: decision, exitCode: code, use: use, stages: stages, facts: factsNeeded(of: facts),
      deciding: wasJudged ? deciding : nil)
  }

  /// Whether the rule must pass for the lot to be sent: true of every blocking rule for this use.
  private func demands(_ result: RuleResult) -> Bool {
    result.rule.severity == .blocking && result.rule.concerns(use)
  }

  private func factsNeeded(of known: Facts) -> [Fact] { factNames.map { known[$0] } }
}

extension Rule {
  /// - Throws: `Unavailability` if the rule's facts arrived later than it waits.
  fileprivate func checkInTime(_ gathered: Gathered) throws(Unavailability) {
    guard let timeout else { return }
    for name in check.facts.sorted() {
      guard let delay = gathered.delays[name], delay > timeout else { continue }
      // The reason why a plugin gave no answer says more than that it was late.
      if name.isAnswer, gathered.facts[name].value == nil { continue }
      throw Unavailability(
        .timeout,
        LocalizedText(
          fr: "\(name.rawValue) n'a pas été obtenu en \(timeout.milliseconds) ms",
          en: "\(name.rawValue) was not obtained within \(timeout.milliseconds) ms"))
    }
  }
}
