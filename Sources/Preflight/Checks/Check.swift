/// What judges for a rule: a pure function of facts, set up with the rule's parameters.
///
/// No input, no output, no clock: today's date is a fact.
package protocol Judge: Sendable {
  /// The facts it may ask for, as it is set up: only sources of these are consulted.
  var facts: Set<FactName> { get }

  /// Facts that it reads where they are known, to say more: no source is asked for these alone.
  var welcomeFacts: Set<FactName> { get }

  /// The facts that its judgement comes from, as people are told: its ``facts``, unless somebody else judges them.
  var evidence: Set<FactName> { get }

  /// Its parameters whose values are personal, as it is set up, each with its mask.
  var personalParameters: [String: Personal.Kind] { get }

  /// Judges. Throws the reason why a fact that the judgement hangs on is not known.
  func judge(_ facts: Facts) throws(Unavailability) -> Judgement
}

extension Judge {
  package var welcomeFacts: Set<FactName> { [] }
  package var evidence: Set<FactName> { facts }
  package var personalParameters: [String: Personal.Kind] { [:] }
}

/// A judgement that can be asked for in a rule, with what there is to say about it.
///
/// One file per check; its ``description`` is all the documentation there is of it, and its examples are run as tests.
package protocol Check: Judge {
  /// What rule files call it, what it does and why, and examples of both outcomes.
  static var description: CheckDescription { get }

  /// The check, set up. Throws what makes no sense in the parameters.
  init(_ parameters: Parameters) throws(ParameterError)

  /// The check, set up for a rule. Throws what makes no sense in the parameters.
  init(_ parameters: Parameters, in context: CheckContext) throws(ParameterError)
}

extension Check {
  package init(_ parameters: Parameters, in context: CheckContext) throws(ParameterError) {
    try self.init(parameters)
  }
}

/// Where a check is set up: for which rule, and among what.
package struct CheckContext: Sendable {
  package let rule: String
  package let registry: Registry
  /// The rules that are declared before it.
  package let earlier: [Rule]

  package init(
    rule: String = "", registry: Registry = Registry(checks: [], sources: []), after earlier: [Rule] = []
  ) {
    self.rule = rule
    self.registry = registry
    self.earlier = earlier
  }
}

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

/// All there is to say about a check; documentation, listing and example tests are derived from it.
package struct CheckDescription: Sendable {
  /// The name rule files use.
  package let id: String
  /// What it checks, in a line.
  package let summary: LocalizedText
  /// Why a batch should care.
  package let rationale: LocalizedText
  package let parameters: [Parameter]
  /// Why it may not be satisfied, or not decide, wherever that needs advice of its own.
  package let cases: [CheckCase]
  /// Only documentation and tests want them: a run that judges does not make them.
  package var examples: [CheckExample] { makeExamples() }
  private let makeExamples: @Sendable () -> [CheckExample]

  package init(
    id: String, summary: LocalizedText, rationale: LocalizedText, parameters: [Parameter] = [],
    cases: [CheckCase] = [], examples: @autoclosure @escaping @Sendable () -> [CheckExample]
  ) {
    self.id = id
    self.summary = summary
    self.rationale = rationale
    self.parameters = parameters
    self.cases = cases
    self.makeExamples = examples
  }
}

/// What a rule file may name under `check:`, and how the check is made of it.
package struct CheckDeclaration: Sendable {
  package let description: CheckDescription
  private let maker: Maker
  private typealias Maker = @Sendable (Parameters, CheckContext) throws(ParameterError) -> any Judge

  package init(
    _ description: CheckDescription,
    make: @escaping @Sendable (Parameters, CheckContext) throws(ParameterError) -> any Judge
  ) {
    self.description = description
    self.maker = make
  }

  /// Makes the check. Throws what makes no sense in the parameters.
  package func make(
    _ parameters: Parameters, in context: CheckContext = CheckContext()
  ) throws(ParameterError) -> any Judge {
    try maker(parameters, context)
  }

  /// The declaration of a check that describes itself.
  package init<Kind: Check & SendableMetatype>(_ kind: Kind.Type) {
    self.init(kind.description) { parameters, context throws(ParameterError) in
      try kind.init(parameters, in: context)
    }
  }
}

/// Facts, and what the check says of them.
package struct CheckExample: Sendable {
  package enum Outcome: String, Sendable {
    case pass
    case fail
    case unknown
  }

  package let title: String
  package let parameters: [String: ParameterValue]
  package let facts: [FactName: FactValue]
  package let selection: SituationSelection
  package let outcome: Outcome
  /// The case that is found; not looked at where `nil`.
  package let caseName: String?

  package init(
    _ title: String, parameters: [String: ParameterValue] = [:], facts: [FactName: FactValue],
    selection: SituationSelection = .any, is outcome: Outcome, _ caseName: String? = nil
  ) {
    self.title = title
    self.parameters = parameters
    self.facts = facts
    self.selection = selection
    self.outcome = outcome
    self.caseName = caseName
  }
}
