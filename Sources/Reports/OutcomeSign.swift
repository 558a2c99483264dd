import Preflight

/// The sign and the word for an outcome in reports for people.
struct OutcomeSign {
  let sign: String
  let colour: Colour
  private let french: Text
  private let english: Text

  init(_ result: RuleResult) {
    (sign, colour, french, english) =
      switch (result.outcome, result.rule.severity) {
      case (.pass, _) where result.callsForAttention:
        ("!", .yellow, "satisfaite, à vérifier", "passed, to be looked at")
      case (.pass, _): ("✓", .green, "satisfaite", "passed")
      case (.fail, .blocking): ("✗", .red, "échec", "failed")
      case (.fail, .warning): ("!", .yellow, "avertissement", "warning")
      case (.unknown, _): ("?", .yellow, "indécise", "undecided")
      case (.waived, _): ("⚠", .yellow, "échec, par dérogation", "failed, waived")
      case (.skipped, _): ("–", .dim, "non jugée", "not judged")
      }
  }

  /// Returns the word for the outcome.
  func word(_ options: ReportOptions) -> String { options.say(fr: french, en: english) }
}
