/// What a check says.
package struct Judgement: Sendable, Hashable {
  package enum Outcome: String, Sendable, Hashable {
    case pass
    case fail
  }

  package let outcome: Outcome
  /// What was found, for the person at the counter.
  package let message: LocalizedText
  /// Which of the check's cases it is, so that the rule can say what to do about just that.
  package let found: FoundCase?
  /// What to do about just that, where a plugin from outside says it.
  package let remedy: LocalizedText?
  /// How long the card is still valid, where that was the question.
  package let validity: RemainingValidity?

  private init(
    _ outcome: Outcome, _ message: LocalizedText, _ found: FoundCase? = nil, remedy: LocalizedText? = nil,
    validity: RemainingValidity? = nil
  ) {
    self.outcome = outcome
    self.message = message
    self.found = found
    self.remedy = remedy
    self.validity = validity
  }

  /// The check is satisfied.
  package static func pass(fr: Text, en: Text) -> Judgement {
    Judgement(.pass, LocalizedText(fr: fr, en: en))
  }

  /// The check is not satisfied.
  ///
  /// - Parameters:
  ///   - found: which of the check's cases it is.
  ///   - remedy: what a plugin from outside says to do about it.
  package static func fail(
    fr: Text, en: Text, case found: FoundCase? = nil, remedy: LocalizedText? = nil
  ) -> Judgement {
    Judgement(.fail, LocalizedText(fr: fr, en: en), found, remedy: remedy)
  }

  /// What a word says that is as good as a judgement; a facts file may say it in the place of a plugin.
  package init?(word: String) {
    switch word {
    case "pass":
      self = .pass(fr: "satisfait, d'après les faits donnés", en: "satisfied, as the facts given say")
    case "fail":
      self = .fail(fr: "non satisfait, d'après les faits donnés", en: "not satisfied, as the facts given say")
    default: return nil
    }
  }

  /// The same outcome, with more to say after it.
  package func adding(_ note: LocalizedText) -> Judgement {
    Judgement(
      outcome,
      LocalizedText(
        fr: "\(message.french) ; \(note.french)", en: "\(message.english); \(note.english)"),
      found, remedy: remedy, validity: validity)
  }

  /// The same judgement, with the number behind it.
  package func measuring(_ validity: RemainingValidity) -> Judgement {
    Judgement(outcome, message, found, remedy: remedy, validity: validity)
  }
}

/// The case that was found, with what is known of it.
package struct FoundCase: Sendable, Hashable {
  package let name: String
  /// The values of its variables. Dates are written as each language does, and personal data stay masked.
  package let values: [String: LocalizedText]
  /// What to do where nothing is decided and the rule does not say it: where the reason's own advice would mislead.
  package let advice: LocalizedText?

  package init(_ name: String, _ values: [String: LocalizedText], advice: LocalizedText? = nil) {
    self.name = name
    self.values = values
    self.advice = advice
  }

  /// - Parameter values: what reads the same in every language.
  package init(_ name: String, _ values: [String: Text] = [:]) {
    self.init(name, values.mapValues { LocalizedText(everywhere: $0) })
  }
}

/// How long the card is still valid, for those who watch numbers: monitoring systems.
package struct RemainingValidity: Sendable, Hashable {
  /// The last day on which it is valid.
  package let lastDay: CivilDate
  /// The days from today to that one; negative where it is past.
  package let days: Int
  /// With how many days the check is still satisfied.
  package let enough: Int

  package init(lastDay: CivilDate, today: CivilDate, enough: Int) {
    self.lastDay = lastDay
    self.days = today.days(until: lastDay)
    self.enough = enough
  }
}
