/// What a rule judges with: a pure function of facts, set up with the rule's parameters.
///
/// It has no input, output or clock: today's date is a fact.
package protocol Judge: Sendable {
  /// The facts that it may read with its parameters. Only the sources of these facts are asked.
  var facts: Set<FactName> { get }

  /// Facts that it reads if they are known, to give more detail. No source is asked for these alone. Empty by
  /// default.
  var welcomeFacts: Set<FactName> { get }

  /// The facts that reports show as the basis of its judgement: its ``facts``, unless another program judges them.
  var evidence: Set<FactName> { get }

  /// The names of its parameters whose values are personal, with their masks. Empty by default.
  var personalParameters: [String: Personal.Kind] { get }

  /// Judges the facts.
  ///
  /// - Throws: `Unavailability` if a fact that the judgement depends on is not known.
  func judge(_ facts: Facts) throws(Unavailability) -> Judgement
}

extension Judge {
  package var welcomeFacts: Set<FactName> { [] }
  package var evidence: Set<FactName> { facts }
  package var personalParameters: [String: Personal.Kind] { [:] }
}

/// A judgement that rule files can use, with its documentation.
///
/// There is one file per check. Its ``description`` is its documentation, and the examples in it are run as tests.
package protocol Check: Judge {
  /// The name in rule files, what it checks and why, and examples of each outcome.
  static var description: CheckDescription { get }

  /// Creates the check from its parameters.
  ///
  /// - Throws: `ParameterError` if the parameters are invalid for this check.
  init(_ parameters: Parameters) throws(ParameterError)

  /// Creates the check for a rule.
  ///
  /// - Throws: `ParameterError` if the parameters are invalid for this check.
  init(_ parameters: Parameters, in context: CheckContext) throws(ParameterError)
}

extension Check {
  package init(_ parameters: Parameters, in context: CheckContext) throws(ParameterError) {
    try self.init(parameters)
  }
}

/// The rule that a check is set up for, and what is declared around it.
package struct CheckContext: Sendable {
  /// The id of the rule.
  package let rule: String
  /// The checks, sources and facts that rule files may name.
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

/// The documentation of a check. Pages, listings and example tests are generated from it.
package struct CheckDescription: Sendable {
  /// The name in rule files.
  package let id: String
  /// One line about what it checks.
  package let summary: LocalizedText
  /// Why this matters to a batch.
  package let rationale: LocalizedText
  /// The parameters that a rule file may give.
  package let parameters: [Parameter]
  /// The reasons for failing or not deciding that need specific advice.
  package let cases: [CheckCase]
  /// Examples with their outcomes. Only documentation and tests need them, so they are created on demand.
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

/// A check that rule files may name under `check:`, and how it is created.
package struct CheckDeclaration: Sendable {
  /// The documentation of the check.
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

  /// Creates the check.
  ///
  /// - Throws: `ParameterError` if the parameters are invalid for this check.
  package func make(
    _ parameters: Parameters, in context: CheckContext = CheckContext()
  ) throws(ParameterError) -> any Judge {
    try maker(parameters, context)
  }

  /// Creates the declaration of a check that describes itself.
  package init<Kind: Check & SendableMetatype>(_ kind: Kind.Type) {
    self.init(kind.description) { parameters, context throws(ParameterError) in
      try kind.init(parameters, in: context)
    }
  }
}

/// An example: parameters, facts, and the outcome of the check.
package struct CheckExample: Sendable {
  /// The outcome that an example expects.
  package enum Outcome: String, Sendable {
    case pass
    case fail
    /// It could not be decided.
    case unknown
  }

  /// One line about the situation.
  package let title: String
  /// The parameters of the check, by name.
  package let parameters: [String: ParameterValue]
  /// The known facts; all others are unavailable.
  package let facts: [FactName: FactValue]
  /// The billing situation of the run.
  package let selection: SituationSelection
  /// The expected outcome.
  package let outcome: Outcome
  /// The name of the expected case. Nil if the example does not compare it.
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
