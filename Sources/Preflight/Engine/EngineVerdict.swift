extension Engine {
  /// What came out: whether it may go on, and why not.
  public struct Verdict: Sendable {
    /// The conclusion.
    public enum Decision: String, Sendable {
      /// Every blocking rule passed.
      case ready
      /// A blocking rule failed.
      case blocked
      /// It could not be decided, which is not a pass.
      case undecided
    }

    /// A rule, and what became of it.
    public struct Line: Sendable {
      /// What became of a rule.
      public enum Outcome: String, Sendable {
        case pass
        case fail
        /// It could not be decided.
        case unknown
        /// It was not judged.
        case skipped
      }

      /// The id of the rule.
      public let rule: String
      /// The words that people are shown.
      public let title: String
      /// What became of it.
      public let outcome: Outcome
      /// What was found, or why nothing could be decided.
      public let message: String
      /// What to do; nil unless it failed and the rule says so.
      public let remedy: String?
    }

    /// The conclusion.
    public let decision: Decision
    /// 0 if and only if the decision is ``Decision/ready``; otherwise as docs/exit-codes.md says.
    public let exitCode: Int32
    /// Every rule, in order.
    public let lines: [Line]

    init(_ verdict: Preflight.Verdict, remedies: [String: String]) {
      decision =
        switch verdict.decision {
        case .ready: .ready
        case .blocked: .blocked
        case .undecided: .undecided
        }
      exitCode = verdict.exitCode.rawValue
      lines = verdict.results.map { result in
        let outcome: Line.Outcome =
          switch result.outcome {
          case .pass, .waived: .pass
          case .fail: .fail
          case .unknown: .unknown
          case .skipped: .skipped
          }
        return Line(
          rule: result.rule.id, title: result.rule.title.rendered(in: .english), outcome: outcome,
          message: result.message.rendered(in: .english),
          remedy: outcome == .fail ? remedies[result.rule.id] : nil)
      }
    }
  }
}
