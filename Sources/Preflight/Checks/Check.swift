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
  /// The checks of the rules that are declared before it.
  package let earlier: [EarlierCheck]

  package init(
    rule: String = "", registry: Registry = Registry(checks: [], sources: []),
    after earlier: [EarlierCheck] = []
  ) {
    self.rule = rule
    self.registry = registry
    self.earlier = earlier
  }
}

/// The check of a rule that is declared before another, set up.
package struct EarlierCheck: Sendable {
  /// The name that rule files use.
  package let id: String
  package let check: any Judge

  package init(_ id: String, _ check: any Judge) {
    self.id = id
    self.check = check
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
