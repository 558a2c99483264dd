/// What became of a rule in a run.
package enum Outcome: String, Sendable, CaseIterable {
  case pass
  case fail
  /// It could not be decided.
  case unknown
  /// It was not judged.
  case skipped
  /// It failed, and an integrator has accepted that for a time.
  case waived
}

/// One rule and what became of it.
package struct RuleResult: Sendable {
  /// The waiver of the rule, and whether it counts.
  package struct WaiverResult: Sendable, Hashable {
    package let waiver: Waiver
    package let standing: Waiver.Standing
  }

  package let rule: Rule
  package let outcome: Outcome
  package let message: LocalizedText
  /// Why it is unknown.
  package let reason: Unavailability.Reason?
  package let waiver: WaiverResult?
  /// How long the card is still valid, where that was the question.
  package let validity: RemainingValidity?
  /// Which of the check's cases was found.
  package let found: FoundCase?
  /// What a plugin from outside says to do about just what it found.
  private let ownRemedy: LocalizedText?

  init(
    _ rule: Rule, _ outcome: Outcome, _ message: LocalizedText, reason: Unavailability.Reason? = nil,
    case found: FoundCase? = nil, remedy: LocalizedText? = nil, waiver: WaiverResult? = nil,
    validity: RemainingValidity? = nil
  ) {
    self.waiver = waiver
    self.validity = validity
    self.found = found
    ownRemedy = remedy
    self.rule = rule
    self.outcome = outcome
    self.message = message
    self.reason = reason
  }

  /// The exit code with which the run ends if this rule decides it; nothing unless it failed or is unknown.
  package var exitCode: ExitCode? {
    switch outcome {
    case .fail: rule.exit ?? .blocked
    case .unknown: reason?.exitCode ?? .undecided
    case .pass, .skipped, .waived: nil
    }
  }

  /// What to do about it: what the rule says of the case, else of all its failures. Where nothing is decided, the latter
  /// would mislead, and what the check says of the case counts; nil if it says nothing.
  package var remedy: LocalizedText? {
    switch outcome {
    case .fail, .waived: ownRemedy ?? rule.advice.remedy(in: found)
    case .unknown: rule.advice.remedy(inJust: found) ?? found?.advice
    case .pass, .skipped: nil
    }
  }

  /// Where to read on.
  package var links: [LocalizedText] { rule.advice.links(in: found) }

  /// Whether it holds back nothing, should the rule be blocking: it passed, or its failing is accepted.
  package var isCleared: Bool { outcome == .pass || outcome == .waived }

  /// Whether the rule was judged, and keeps the lot from being sent.
  package var blocks: Bool {
    rule.severity == .blocking && (outcome == .fail || outcome == .unknown)
  }
}

/// One stage and what became of its rules.
package struct StageResult: Sendable {
  package let stage: Stage
  package let results: [RuleResult]
}

/// Whether the lot may be sent, and why not.
package struct Verdict: Sendable {
  package enum Decision: String, Sendable {
    /// It may.
    case ready
    /// A blocking rule failed.
    case blocked
    /// It could not be decided.
    case undecided
  }

  package let decision: Decision
  package let exitCode: ExitCode
  package let use: Use?
  package let stages: [StageResult]
  /// What was known, and what was not.
  package let facts: [Fact]
  /// The rule that decided, unless the verdict is ``Decision/ready`` or nothing was judged: the first blocking one that
  /// failed or is undecided, else the first that was not judged.
  package let deciding: RuleResult?

  /// Every declared rule, once.
  package var results: [RuleResult] { stages.flatMap(\.results) }

  /// What did not pass and holds nothing back: how many warnings failed, how many could not be decided, and how many
  /// failings are waived.
  package var reserves: (failed: Int, undecided: Int, waived: Int) {
    var count = (failed: 0, undecided: 0, waived: 0)
    for stage in stages {
      for result in stage.results {
        switch result.outcome {
        case .fail where result.rule.severity == .warning: count.failed += 1
        case .unknown where result.rule.severity == .warning: count.undecided += 1
        case .waived: count.waived += 1
        case .pass, .fail, .unknown, .skipped: break
        }
      }
    }
    return count
  }
}
