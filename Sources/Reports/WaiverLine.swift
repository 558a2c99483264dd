import Preflight

/// The line of text about a rule's waiver.
struct WaiverLine {
  let options: ReportOptions

  init(_ options: ReportOptions) { self.options = options }

  /// Returns the line about the rule's waiver. Nil if it has none or there is nothing to report.
  func text(of result: RuleResult) -> String? {
    result.waiver.flatMap { text(of: $0, result.outcome) }
  }

  /// Returns the line, or nil if the waiver applies but was not needed.
  private func text(of result: RuleResult.WaiverResult, _ outcome: Outcome) -> String? {
    let reason = options.words(result.waiver.reason)
    let until = options.words(LocalizedText(everywhere: "\(result.waiver.until)"))
    let days = result.waiver.maxDays
    let words: String
    switch result.standing {
    case .counts:
      switch outcome {
      case .waived:
        words = options.say(
          fr: "DÉROGATION jusqu'au \(until), l'échec ne bloque pas : \(reason)",
          en: "WAIVED until \(until), the failure does not block: \(reason)")
      case .unknown:
        words = options.say(
          fr: "dérogation jusqu'au \(until) sans effet, car rien n'est décidé : \(reason)",
          en: "the waiver until \(until) has no effect, since nothing is decided: \(reason)")
      case .fail, .pass, .skipped: return nil
      }
    case .expired:
      words = options.say(
        fr: "dérogation EXPIRÉE depuis le \(until), elle ne compte plus : \(reason)",
        en: "the waiver EXPIRED on \(until) and no longer counts: \(reason)")
    case .tooLong:
      words = options.say(
        fr: "dérogation SANS EFFET : sa fin, le \(until), est à plus de \(days) jours (max_days) : \(reason)",
        en:
          "the waiver has NO EFFECT: its end, \(until), is more than \(days) days away (max_days): \(reason)")
    case .undated:
      words = options.say(
        fr: "dérogation sans effet : la date du jour n'est pas connue : \(reason)",
        en: "the waiver has no effect: today's date is not known: \(reason)")
    }
    return options.paint("⚠ " + printable(words), .yellow)
  }
}
