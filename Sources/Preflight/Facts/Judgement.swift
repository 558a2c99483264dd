/// The result of a check.
package struct Judgement: Sendable, Hashable {
  /// Whether a check is satisfied. A check that cannot decide throws instead.
  package enum Outcome: String, Sendable, Hashable {
    case pass
    case fail
  }

  /// Whether the check is satisfied.
  package let outcome: Outcome
  /// What was found, for the operator at the counter.
  package let message: LocalizedText
  /// The case of the check that was found, so that the rule can give specific advice. Nil if it is none.
  package let found: FoundCase?
  /// Specific advice from an outside plugin. Nil if it gives none.
  package let remedy: LocalizedText?
  /// How long the card remains valid. Nil unless the check measures that.
  package let validity: RemainingValidity?
  /// Whether a person should look at what was found although the check is satisfied.
  package let callsForAttention: Bool

  private init(
    _ outcome: Outcome, _ message: LocalizedText, _ found: FoundCase? = nil, remedy: LocalizedText? = nil,
    validity: RemainingValidity? = nil, callsForAttention: Bool = false
  ) {
    self.callsForAttention = callsForAttention
    self.outcome = outcome
    self.message = message
    self.found = found
    self.remedy = remedy
    self.validity = validity
  }

  /// Creates the judgement of a check that is satisfied.
  package static func pass(fr: Text, en: Text) -> Judgement {
    Judgement(.pass, LocalizedText(fr: fr, en: en))
  }

  /// Creates the judgement of a check that is not satisfied.
  ///
  /// - Parameters:
  ///   - found: the case of the check.
  ///   - remedy: advice from an outside plugin.
  package static func fail(
    fr: Text, en: Text, case found: FoundCase? = nil, remedy: LocalizedText? = nil
  ) -> Judgement {
    Judgement(.fail, LocalizedText(fr: fr, en: en), found, remedy: remedy)
  }

  /// Creates the judgement that a single word stands for, as a facts file may give it in place of a plugin. Returns
  /// nil for other words.
  package init?(word: String) {
    switch word {
    case "pass":
      self = .pass(fr: "satisfait, d'après les faits donnés", en: "satisfied, as the facts given say")
    case "fail":
      self = .fail(fr: "non satisfait, d'après les faits donnés", en: "not satisfied, as the facts given say")
    default: return nil
    }
  }

  /// Returns the same outcome with the note added to the message.
  package func adding(_ note: LocalizedText) -> Judgement {
    Judgement(
      outcome,
      LocalizedText(
        fr: "\(message.french) ; \(note.french)", en: "\(message.english); \(note.english)"),
      found, remedy: remedy, validity: validity, callsForAttention: callsForAttention)
  }

  /// Returns the same judgement, which a person should look at although the check is satisfied.
  package var callingForAttention: Judgement {
    Judgement(outcome, message, found, remedy: remedy, validity: validity, callsForAttention: true)
  }

  /// Returns the same judgement with the number of days added.
  package func measuring(_ validity: RemainingValidity) -> Judgement {
    Judgement(
      outcome, message, found, remedy: remedy, validity: validity, callsForAttention: callsForAttention)
  }
}

/// The case that was found, with its values.
package struct FoundCase: Sendable, Hashable {
  /// The name of the ``CheckCase``.
  package let name: String
  /// The values of its variables. Dates are written as each language does, and personal data stay masked.
  package let values: [String: LocalizedText]
  /// Advice for an undecided case if the rule gives none, because the general advice for the reason would mislead.
  /// Nil if there is none.
  package let advice: LocalizedText?

  package init(_ name: String, _ values: [String: LocalizedText], advice: LocalizedText? = nil) {
    self.name = name
    self.values = values
    self.advice = advice
  }

  /// - Parameter values: values that are the same in every language.
  package init(_ name: String, _ values: [String: Text] = [:]) {
    self.init(name, values.mapValues { LocalizedText(everywhere: $0) })
  }
}

/// How long the card remains valid, for monitoring systems.
package struct RemainingValidity: Sendable, Hashable {
  /// The last day on which the card is valid.
  package let lastDay: CivilDate
  /// The number of days from today to ``lastDay``; negative if it is past.
  package let days: Int
  /// The smallest number of days with which the check passes.
  package let enough: Int

  ///   - enough: the smallest number of days with which the check passes.
  package init(lastDay: CivilDate, today: CivilDate, enough: Int) {
    self.lastDay = lastDay
    self.days = today.days(until: lastDay)
    self.enough = enough
  }
}
