/// What a card is about to be used for.
package enum Use: String, Sendable, CaseIterable {
  /// Signing FSE (feuilles de soins électroniques).
  case signature
  /// Querying the ADRI service.
  case adri
  /// Signing and sending lots of FSE.
  case teletransmission
}

/// What happens to a run when the rule does not pass.
package enum Severity: String, Sendable, CaseIterable {
  /// Nothing may be sent.
  case blocking
  /// The result is reported, but does not affect the verdict.
  case warning
}

/// One entry of a rule file: a check, its parameters, and what to show and advise when it does not pass.
///
/// A class because rules never change and every result holds one: copying a reference is cheaper than copying all
/// its contents.
package final class Rule: Sendable {
  /// The name that rule files, verdicts and `needs` use; unique in a rule file.
  package let id: String
  /// The line that reports show for the rule.
  package let title: LocalizedText
  /// The id of the check, such as `card-valid` or `erp/open`.
  package let checkID: String
  /// The check, set up with the parameters.
  package let check: any Judge
  /// The parameters that the rule file gives to the check.
  package let parameters: Parameters
  /// Whether failing blocks the run or is only reported.
  package let severity: Severity
  /// The exit code of the run if this rule decides it by failing. Nil for the code 1.
  package let exit: ExitCode?
  /// The uses that the rule applies to. Nil means all.
  package let uses: Set<Use>?
  /// The ids of earlier rules. The rule is skipped unless all of them passed.
  package let needs: [String]
  /// How long the rule waits for its facts. Nil for the default of the command.
  package let timeout: Duration?
  /// What to do when the rule does not pass.
  package let advice: Advice
  /// The waiver that lets the rule fail for a limited time. Nil if there is none.
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

  /// Whether the rule applies to that use. Without a use, every rule applies.
  package func concerns(_ use: Use?) -> Bool {
    guard let use, let uses else { return true }
    return uses.contains(use)
  }
}

/// An ordered group of rules. If a blocking rule does not pass, the later stages are skipped.
///
/// A class for the same reason as ``Rule``.
package final class Stage: Sendable {
  /// The name of the stage in verdicts; unique in a rule file.
  package let id: String
  /// The heading that reports show.
  package let title: LocalizedText
  /// The rules, in declared order.
  package let rules: [Rule]

  package init(id: String, title: LocalizedText, rules: [Rule]) {
    self.id = id
    self.title = title
    self.rules = rules
  }
}

/// A complete rule file, read and checked.
package struct RuleSet: Sendable {
  /// The sources that the file names, already set up.
  package let sources: [NamedSource]
  /// The stages, in the order in which they are judged.
  package let stages: [Stage]
  /// The error messages of other software that the rules explain.
  package let messages: [KnownMessage]
  /// The maximum age of the Gestionnaire's report. Nil if the file does not give one.
  package let reportMaxAge: Duration?

  package init(
    sources: [NamedSource], stages: [Stage], messages: [KnownMessage] = [], reportMaxAge: Duration? = nil
  ) {
    self.reportMaxAge = reportMaxAge
    self.sources = sources
    self.stages = stages
    self.messages = messages
  }

  /// The facts that hold the plugins' answers to these rules. A facts file may supply them instead.
  package var answers: [FactDeclaration] {
    var answers: [FactDeclaration] = []
    for rule in rules {
      for fact in rule.check.facts where fact.isAnswer {
        answers.append(FactDeclaration(fact, .judgement, rule.title))
      }
    }
    return answers
  }

  /// All rules, in declared order.
  package var rules: [Rule] { stages.flatMap(\.rules) }

  /// The same rules as objects of their own, for a thread of its own: threads that count the references to the same objects wait
  /// for each other's caches.
  package var copied: RuleSet {
    RuleSet(
      sources: sources, stages: stages.map(\.copied), messages: messages, reportMaxAge: reportMaxAge)
  }
}

extension Stage {
  fileprivate var copied: Stage { Stage(id: id, title: title, rules: rules.map(\.copied)) }
}

extension Rule {
  fileprivate var copied: Rule {
    Rule(
      id: id, title: title, checkID: checkID, check: Self.copy(of: check), parameters: parameters,
      severity: severity, exit: exit, uses: uses, needs: needs, timeout: timeout, advice: advice,
      waiver: waiver)
  }

  /// Returns the check in a box of its own.
  private static func copy(of check: some Judge) -> any Judge { check }
}

/// A source that a rule file names, with its parameters.
package struct NamedSource: Sendable {
  /// The declaration that the source was made from.
  package let declaration: SourceDeclaration
  /// The source, set up.
  package let source: any Source
  /// The parameters that the rule file gives to the source.
  package let parameters: Parameters

  /// Creates the source.
  ///
  /// - Throws: `ParameterError` if the parameters are invalid for this source.
  package init(_ declaration: SourceDeclaration, _ parameters: Parameters) throws(ParameterError) {
    self.declaration = declaration
    self.parameters = parameters
    source = try declaration.make(parameters)
  }

  /// Returns the source with the command line's `options` in place of the rule file's, for those options that it
  /// has.
  ///
  /// Sources of outside plugins never take options of the command line, whatever their options are called.
  ///
  /// - Throws: `ParameterError` if the combined parameters are invalid.
  package func with(_ options: Parameters) throws(ParameterError) -> NamedSource {
    guard OutsideName.plugin(of: declaration.name) == nil else { return self }
    let taken = options.only(Set(declaration.options.map(\.name)))
    guard !taken.names.isEmpty else { return self }
    return try NamedSource(declaration, parameters.overridden(by: taken))
  }
}
