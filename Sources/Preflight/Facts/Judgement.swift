/// The result of a check.
///
/// A class for the same reason as ``Rule``: the result of its rule holds it.
package final class Judgement: Sendable, Hashable {
  /// Whether a check is satisfied. A check that cannot decide throws instead.
  package enum Outcome: String, Sendable, Hashable {
    case pass
    case fail
  }

  /// Whether the check is satisfied.
  package let outcome: Outcome
  /// What was found, for the operator at the counter.
  package var message: LocalizedText { reason.made }
  /// The ``message``, not made yet.
  let reason: LateText
  /// The case of the check that was found, so that the rule can give specific advice. Nil if there is none.
  package let found: FoundCase?
  /// Specific advice from an outside plugin. Nil if it gives none.
  package var remedy: LocalizedText? { remedies.first }
  /// The remedy, if there is one. Few judgements have one, and a list takes less memory.
  let remedies: [LocalizedText]
  /// How long the card remains valid. Nil unless the check measures that.
  package let validity: RemainingValidity?
  /// Whether a person should look at what was found although the check is satisfied.
  package let callsForAttention: Bool

  private init(
    _ outcome: Outcome, _ reason: LateText, _ found: FoundCase? = nil, remedies: [LocalizedText] = [],
    validity: RemainingValidity? = nil, callsForAttention: Bool = false
  ) {
    self.callsForAttention = callsForAttention
    self.outcome = outcome
    self.reason = reason
    self.found = found
    self.remedies = remedies
    self.validity = validity
  }

  /// Creates the judgement of a check that is satisfied.
  ///
  /// - Parameter validity: how long the card remains valid, if the check measures that.
  package static func pass(
    fr: @autoclosure @escaping @Sendable () -> Text, en: @autoclosure @escaping @Sendable () -> Text,
    validity: RemainingValidity? = nil
  ) -> Judgement {
    Judgement(.pass, LateText(french: fr, english: en), validity: validity)
  }

  /// Creates the judgement of a check that is not satisfied.
  ///
  /// - Parameters:
  ///   - found: the case of the check.
  ///   - remedy: advice from an outside plugin.
  ///   - validity: how long the card remains valid, if the check measures that.
  package static func fail(
    fr: @autoclosure @escaping @Sendable () -> Text, en: @autoclosure @escaping @Sendable () -> Text,
    case found: FoundCase? = nil, remedy: LocalizedText? = nil, validity: RemainingValidity? = nil
  ) -> Judgement {
    Judgement(
      .fail, LateText(french: fr, english: en), found, remedies: remedy.map { [$0] } ?? [], validity: validity
    )
  }

  /// Creates the judgement of a check that is satisfied, of which streams have millions: one closure costs less than two.
  ///
  /// - Parameters:
  ///   - validity: how long the card remains valid, if the check measures that.
  ///   - words: makes the message in a language, by ``Language/text(fr:en:)``.
  package static func pass(
    validity: RemainingValidity?, _ words: @escaping @Sendable (Language) -> Text
  ) -> Judgement {
    Judgement(.pass, LateText(in: words), validity: validity)
  }

  /// Creates the judgement of a check that is not satisfied, in the same way.
  ///
  /// - Parameters:
  ///   - found: the case of the check.
  ///   - validity: how long the card remains valid, if the check measures that.
  ///   - words: makes the message in a language, by ``Language/text(fr:en:)``.
  package static func fail(
    case found: FoundCase, validity: RemainingValidity?, _ words: @escaping @Sendable (Language) -> Text
  ) -> Judgement {
    Judgement(.fail, LateText(in: words), found, validity: validity)
  }

  /// Creates the judgement that a single word stands for, as a facts file may give it in place of a plugin. Returns
  /// nil for other words.
  package convenience init?(word: String) {
    switch word {
    case "pass":
      self.init(
        .pass,
        LateText(fr: "satisfait, d'après les faits donnés", en: "satisfied, according to the facts given"))
    case "fail":
      self.init(
        .fail,
        LateText(
          fr: "non satisfait, d'après les faits donnés", en: "not satisfied, according to the facts given"))
    default: return nil
    }
  }

  package static func == (left: Judgement, right: Judgement) -> Bool {
    left.outcome == right.outcome && left.reason == right.reason && left.found == right.found
      && left.remedies == right.remedies && left.validity == right.validity
      && left.callsForAttention == right.callsForAttention
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(outcome)
    hasher.combine(validity)
  }

  /// Returns the same outcome with the note added to the message.
  package func adding(_ note: @autoclosure @escaping @Sendable () -> LocalizedText) -> Judgement {
    let reason = reason
    return Judgement(
      outcome,
      LateText(
        fr: "\(reason[.french]) ; \(note().french)", en: "\(reason[.english]); \(note().english)"),
      found, remedies: remedies, validity: validity, callsForAttention: callsForAttention)
  }

  /// Returns the same judgement, which a person should look at although the check is satisfied.
  package var callingForAttention: Judgement {
    Judgement(outcome, reason, found, remedies: remedies, validity: validity, callsForAttention: true)
  }
}

/// The case that was found, with its values.
package struct FoundCase: Sendable, Hashable {
  /// The name of the ``CheckCase``.
  package let name: String
  /// The values of its variables, made anew. Dates are written as each language does, and personal data stay masked.
  package var values: [String: LocalizedText] { makeValues() }
  private let makeValues: @Sendable () -> [String: LocalizedText]
  /// Advice for an undecided case if the rule gives none, because the general advice for the reason would mislead.
  /// Nil if there is none.
  package var advice: LocalizedText? { advices.first }
  /// The advice, if there is any. Few cases have any, and a list takes less memory.
  private let advices: [LocalizedText]

  /// - Parameter values: the values of its variables. They are made when they are read.
  package init(
    _ name: String, _ values: @autoclosure @escaping @Sendable () -> [String: LocalizedText],
    advice: LocalizedText? = nil
  ) {
    self.init(named: name, advices: advice.map { [$0] } ?? [], making: values)
  }

  /// - Parameter values: values that are the same in every language. They are made when they are read.
  package init(_ name: String, _ values: @autoclosure @escaping @Sendable () -> [String: Text]) {
    self.init(named: name) { values().mapValues { LocalizedText(everywhere: $0) } }
  }

  /// Creates a case without variables.
  package init(_ name: String) { self.init(named: name) { [:] } }

  private init(
    named name: String, advices: [LocalizedText] = [],
    making values: @escaping @Sendable () -> [String: LocalizedText]
  ) {
    self.name = name
    self.advices = advices
    makeValues = values
  }

  package static func == (left: Self, right: Self) -> Bool {
    left.name == right.name && left.advices == right.advices && left.values == right.values
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// How long the card remains valid, for monitoring systems.
package struct RemainingValidity: Sendable, Hashable {
  /// The last day on which the card is valid.
  package let lastDay: CivilDate
  /// The number of days from today to ``lastDay``; negative if it is past.
  package let days: Int
  /// The smallest number of days with which the check passes.
  package let enough: Int

  /// - Parameters:
  ///   - lastDay: the last day on which the card is valid.
  ///   - days: the number of days from today to the last day.
  ///   - enough: the smallest number of days with which the check passes.
  package init(lastDay: CivilDate, days: Int, enough: Int) {
    self.lastDay = lastDay
    self.days = days
    self.enough = enough
  }
}
