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
package struct RuleResult: Sendable {
  /// The waiver of the rule, and whether it applies.
  package struct WaiverResult: Sendable, Hashable {
    /// The waiver, as the rule file has it.
    package let waiver: Waiver
    /// Whether it applies on the day of the run.
    package let standing: Waiver.Standing
  }

  /// What the result follows from.
  private enum Basis: Sendable {
    case judgement(Judgement)
    /// Stored separately, so that the usual, judged result takes less memory.
    indirect case unavailability(Unavailability)
    /// Why the rule was not judged.
    case omission(LateText)
  }

  /// The rule that was judged or skipped.
  package let rule: Rule
  /// Whether it passed.
  package let outcome: Outcome
  private let basis: Basis
  /// The waiver. Nil if the rule has none.
  package var waiver: WaiverResult? { waivers.first }
  /// The waiver, if the rule has one. Few rules have one, and a list takes less memory.
  private let waivers: [WaiverResult]

  /// Creates the result of a rule that was judged.
  ///
  /// - Parameter waivers: the waiver, if the rule has one. It accepts a failure where it counts.
  init(_ rule: Rule, _ judgement: Judgement, waivers: [WaiverResult]) {
    self.rule = rule
    outcome =
      switch judgement.outcome {
      case .pass: .pass
      case .fail: waivers.first?.standing == .counts ? .waived : .fail
      }
    basis = .judgement(judgement)
    self.waivers = waivers
  }

  /// Creates the result of a rule that cannot be decided. A waiver accepts a known failure, and not that.
  init(_ rule: Rule, undecidedFor why: Unavailability, waivers: [WaiverResult]) {
    self.rule = rule
    outcome = .unknown
    basis = .unavailability(why)
    self.waivers = waivers
  }

  /// Creates the result of a rule that was not judged.
  init(_ rule: Rule, skippedFor reason: LateText, waivers: [WaiverResult]) {
    self.rule = rule
    outcome = .skipped
    basis = .omission(reason)
    self.waivers = waivers
  }

  private var judgement: Judgement? { if case .judgement(let judgement) = basis { judgement } else { nil } }
  private var unavailability: Unavailability? {
    if case .unavailability(let why) = basis { why } else { nil }
  }

  /// One sentence that explains the outcome to the operator.
  package var message: LocalizedText { lateMessage.made }
  /// The ``message``, not made yet.
  package var lateMessage: LateText {
    switch basis {
    case .judgement(let judgement): judgement.reason
    case .unavailability(let why): why.lateMessage
    case .omission(let reason): reason
    }
  }
  /// Why the rule is undecided. Nil for all other outcomes.
  package var reason: Unavailability.Reason? { unavailability?.reason }
  /// Who has to correct something before the rule can be decided. Nil if ``reason`` tells it, and for all other outcomes.
  package var correction: Unavailability.Correction? { unavailability?.correction }
  /// How long the card remains valid. Nil unless the rule checks that.
  package var validity: RemainingValidity? { judgement?.validity }
  /// The case of the check that was found, if any.
  package var found: FoundCase? { judgement?.found ?? unavailability?.found }
  /// Whether a person should look at what was found although the rule passed, such as a check digit that is wrong.
  package var callsForAttention: Bool { outcome == .pass && judgement?.callsForAttention == true }
  /// What an outside plugin advises for this result. Nil if it gives no advice.
  private var ownRemedy: LocalizedText? { judgement?.remedy }
  /// Whether an outside plugin gives advice for this result, which precedes that of the rule.
  package var hasOwnRemedy: Bool { judgement?.remedies.isEmpty == false }

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
  /// All stages, in declared order.
  let declared: [Stage]
  /// The result of every declared rule, in order.
  package let results: [RuleResult]
  /// Whether every rule passed or was skipped, so that there is nothing else to tell.
  package let isUneventful: Bool
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

  /// All stages with their results, in declared order.
  package var stages: [StageResult] {
    var start = 0
    return declared.map { stage in
      defer { start += stage.rules.count }
      return StageResult(stage: stage, results: Array(results[start..<(start + stage.rules.count)]))
    }
  }

  /// The counts of results that did not pass but do not block: warnings that failed, warnings that are undecided,
  /// and waived failures.
  package var reserves: (failed: Int, undecided: Int, waived: Int) {
    var count = (failed: 0, undecided: 0, waived: 0)
    guard !isUneventful else { return count }
    for result in results {
      switch result.outcome {
      case .fail where result.rule.severity == .warning: count.failed += 1
      case .unknown where result.rule.severity == .warning: count.undecided += 1
      case .waived: count.waived += 1
      case .pass, .fail, .unknown, .skipped: break
      }
    }
    return count
  }
}
