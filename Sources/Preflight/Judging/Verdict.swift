/// The result of a rule in a run.
package enum Outcome: String, Sendable, CaseIterable {
  case pass
  case fail
  /// It could not be decided.
  case unknown
  /// It was not judged.
  case skipped
  /// It failed, but an integrator has accepted that for a limited time.
  case waived
}

/// A rule and its result.
///
/// A class because results never change and are handed from one to the next: copying a reference is cheaper than copying all its
/// contents.
package final class RuleResult: Sendable {
  /// The waiver of the rule, and whether it applies.
  package struct WaiverResult: Sendable, Hashable {
    /// The waiver, as the rule file has it.
    package let waiver: Waiver
    /// Whether it applies on the day of the run.
    package let standing: Waiver.Standing
  }

  /// The rule that was judged or skipped.
  package let rule: Rule
  /// Whether it passed.
  package let outcome: Outcome
  /// One sentence that explains the outcome to the operator.
  package var message: LocalizedText { lateMessage.made }
  /// The ``message``, not made yet.
  package let lateMessage: LateText
  /// Why the rule is undecided. Nil for all other outcomes.
  package let reason: Unavailability.Reason?
  /// The waiver. Nil if the rule has none.
  package var waiver: WaiverResult? { waivers.first }
  /// The waiver, if the rule has one. Few rules have one, and a list takes less memory.
  private let waivers: [WaiverResult]
  /// How long the card remains valid. Nil unless the rule checks that.
  package let validity: RemainingValidity?
  /// The case of the check that was found, if any.
  package let found: FoundCase?
  /// Whether a person should look at what was found although the rule passed, such as a check digit that is wrong.
  package let callsForAttention: Bool
  /// What an outside plugin advises for this result. Nil if it gives no advice.
  private var ownRemedy: LocalizedText? { ownRemedies.first }
  /// Whether an outside plugin gives advice for this result, which precedes that of the rule.
  package var hasOwnRemedy: Bool { !ownRemedies.isEmpty }
  private let ownRemedies: [LocalizedText]

  init(
    _ rule: Rule, _ outcome: Outcome, _ message: LateText, reason: Unavailability.Reason? = nil,
    case found: FoundCase? = nil, remedies: [LocalizedText] = [], waiver: WaiverResult? = nil,
    validity: RemainingValidity? = nil, callsForAttention: Bool = false
  ) {
    self.callsForAttention = callsForAttention && outcome == .pass
    waivers = waiver.map { [$0] } ?? []
    self.validity = validity
    self.found = found
    ownRemedies = remedies
    self.rule = rule
    self.outcome = outcome
    lateMessage = message
    self.reason = reason
  }

  /// The exit code of the run if this rule decides it. Nil unless the rule failed or is undecided.
  package var exitCode: ExitCode? {
    switch outcome {
    case .fail: rule.exit ?? .blocked
    case .unknown: reason?.exitCode ?? .undecided
    case .pass, .skipped, .waived: nil
    }
  }

  /// What to do about the result: the rule's advice for the case, or else its general advice. An undecided rule
  /// does not use the general advice, which would mislead, but the check's own advice for the case. Nil if there is
  /// none.
  package var remedy: LocalizedText? {
    switch outcome {
    case .fail, .waived: ownRemedy ?? rule.advice.remedy(in: found)
    case .unknown: rule.advice.remedy(inJust: found) ?? found?.advice
    case .pass, .skipped: nil
    }
  }

  /// Addresses for further reading.
  package var links: [LocalizedText] { rule.advice.links(in: found) }

  /// Whether the rule, if blocking, lets the lot be sent: it passed, or its failure is waived.
  package var isCleared: Bool { outcome == .pass || outcome == .waived }

  /// Whether the rule was judged and blocks the lot.
  package var blocks: Bool {
    rule.severity == .blocking && (outcome == .fail || outcome == .unknown)
  }
}

/// A stage and the results of its rules.
package struct StageResult: Sendable {
  /// The stage, as the rule file has it.
  package let stage: Stage
  /// The results, in declared order.
  package let results: [RuleResult]
}

/// Whether the lot may be sent, and why not.
package struct Verdict: Sendable {
  /// The conclusion of a run.
  package enum Decision: String, Sendable {
    /// The batch may be sent.
    case ready
    /// A blocking rule failed.
    case blocked
    /// It could not be decided whether the lot may be sent.
    case undecided
  }

  /// The conclusion.
  package let decision: Decision
  /// The code that the process exits with.
  package let exitCode: ExitCode
  /// The use that was judged. Nil for all uses.
  package let use: Use?
  /// All stages with their results, in declared order.
  package let stages: [StageResult]
  /// The names of the facts that the rules read.
  let factNames: [FactName]
  /// What was known when the rules were judged.
  let known: Facts
  /// The rule that decided the run: the first blocking rule that failed or is undecided, or else the first that was
  /// skipped. Nil if the decision is ``Decision/ready`` or nothing was judged.
  package let deciding: RuleResult?

  /// The facts that were read, known or not.
  package var facts: [Fact] { factNames.map { known[$0] } }

  /// The date that the verdict was judged on. Nil if it is not known.
  package var today: CivilDate? { if case .date(let day)? = known.known(.today) { day } else { nil } }

  /// The result of every declared rule, in order.
  package var results: [RuleResult] { stages.flatMap(\.results) }

  /// The counts of results that did not pass but do not block: warnings that failed, warnings that are undecided,
  /// and waived failures.
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
