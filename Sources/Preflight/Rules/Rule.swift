/// What a card is about to be used for.
package enum Use: String, Sendable, CaseIterable {
  /// Signing FSE (feuilles de soins électroniques).
  case signature
  /// Querying the ADRI service.
  case adri
  /// Signing and sending lots of FSE.
  case teletransmission
}

/// What becomes of a run in which the rule does not pass.
package enum Severity: String, Sendable, CaseIterable {
  /// Nothing may be sent.
  case blocking
  /// It is told, and changes nothing.
  case warning
}

/// One entry of a rule file: a check, set up, and what to say and do when it does not pass.
///
/// It never changes, and every result holds it: a reference is copied sooner than all that is in it.
package final class Rule: Sendable {
  package let id: String
  package let title: LocalizedText
  package let checkID: String
  package let check: any Judge
  /// What the rule says to its check.
  package let parameters: Parameters
  package let severity: Severity
  /// The exit code of a run that this rule decides by failing.
  package let exit: ExitCode?
  /// The uses it is for; all where `nil`.
  package let uses: Set<Use>?
  /// Rules before it without whose passing it is skipped.
  package let needs: [String]
  /// How long it waits for its facts.
  package let timeout: Duration?
  /// What to do where it does not pass.
  package let advice: Advice
  /// What keeps its failing from counting for a time.
  package let waiver: Waiver?

  package init(
    id: String, title: LocalizedText, checkID: String, check: any Judge,
    parameters: Parameters = Parameters(),
    severity: Severity = .blocking, exit: ExitCode? = nil, uses: Set<Use>? = nil, needs: [String] = [],
    timeout: Duration? = nil, advice: Advice = Advice(), waiver: Waiver? = nil
  ) {
    self.id = id
    self.title = title
    self.checkID = checkID
    self.check = check
    self.parameters = parameters
    self.severity = severity
    self.exit = exit
    self.uses = uses
    self.needs = needs
    self.timeout = timeout
    self.advice = advice
    self.waiver = waiver
  }

  /// Whether the rule is for that use; without a use, every rule is.
  package func concerns(_ use: Use?) -> Bool {
    guard let use, let uses else { return true }
    return uses.contains(use)
  }
}

/// An ordered group of rules; when a blocking one does not pass, the stages after it are skipped.
package struct Stage: Sendable {
  package let id: String
  package let title: LocalizedText
  package let rules: [Rule]

  package init(id: String, title: LocalizedText, rules: [Rule]) {
    self.id = id
    self.title = title
    self.rules = rules
  }
}

/// A whole rule file, understood.
package struct RuleSet: Sendable {
  /// The sources it names, made.
  package let sources: [NamedSource]
  package let stages: [Stage]
  /// Error messages of other software that the rules explain.
  package let messages: [KnownMessage]
  /// How old the Gestionnaire's report may be; nil where the file does not say.
  package let reportMaxAge: Duration?

  package init(
    sources: [NamedSource], stages: [Stage], messages: [KnownMessage] = [], reportMaxAge: Duration? = nil
  ) {
    self.reportMaxAge = reportMaxAge
    self.sources = sources
    self.stages = stages
    self.messages = messages
  }

  /// The facts that are what plugins answer to these rules, which a facts file may say in their place.
  package var answers: [FactDeclaration] {
    rules.flatMap { rule in
      rule.check.facts.filter(\.isAnswer).map { FactDeclaration($0, .judgement, rule.title) }
    }
  }

  /// All rules, in declared order.
  package var rules: [Rule] { stages.flatMap(\.rules) }
}

/// A source of a rule file: which one, and what the file says of it.
package struct NamedSource: Sendable {
  package let declaration: SourceDeclaration
  package let source: any Source
  package let parameters: Parameters

  /// Makes the source. Throws what makes no sense in the parameters.
  package init(_ declaration: SourceDeclaration, _ parameters: Parameters) throws(ParameterError) {
    self.declaration = declaration
    self.parameters = parameters
    source = try declaration.make(parameters)
  }

  /// The same, with those of `options` that it takes instead of what the file says.
  ///
  /// Nothing of the command line is meant for a source from outside, whatever its options are called.
  package func with(_ options: Parameters) throws(ParameterError) -> NamedSource {
    guard OutsideName.plugin(of: declaration.name) == nil else { return self }
    let taken = options.only(Set(declaration.options.map(\.name)))
    guard !taken.names.isEmpty else { return self }
    return try NamedSource(declaration, parameters.overridden(by: taken))
  }
}
