package import Preflight

/// A rule that was read, and where.
package struct DeclaredRule: Sendable {
  package let rule: Rule
  package let keys: KnownMapping
  /// What its texts may name; nil if its check could not be asked.
  package let scope: AdviceScope?
  /// Where its id stands.
  package let span: Span
}

/// A check named by a rule, with its parameters.
struct NamedCheck: Sendable {
  let id: String
  let check: any Judge
  let parameters: Parameters
}

/// A stage that was read, and where.
package struct DeclaredStage: Sendable {
  package let stage: Stage
  package let span: Span
  /// Whether there is nothing at all under its `rules`.
  package let isEmpty: Bool
}

/// A waiver that was read, and where.
package struct DeclaredWaiver: Sendable {
  package let waiver: Waiver
  package let rule: YAMLNode
  package let until: Span
}

/// A source that was read, and where.
package struct DeclaredSource: Sendable {
  package let source: NamedSource
  package let span: Span
  /// What is said of it, if anything.
  package let options: YAMLNode?
}

/// All that was declared in a rule file, and where.
package struct DeclaredRules: Sendable {
  package let rules: [DeclaredRule]
  package let stages: [DeclaredStage]
  package let sources: [DeclaredSource]
  package let waivers: [DeclaredWaiver]
  /// Where the rules use a plugin that cannot be asked.
  package let unusablePlugins: [(span: Span, why: LocalizedText)]
  /// Where to report what the file as a whole lacks.
  package let span: Span
  /// What the rules may name.
  package let registry: Registry
  /// What overrides took away.
  package var dropped: [DroppedEntry] = []
  /// Where files that do not build on each other say different things.
  package var disagreements: [InheritedChanges.Disagreement] = []
  /// The day on which the file is read; nil if it is not known.
  package var today: CivilDate?
  /// The files that were read.
  package var files: [ReadFile] = []
  /// The plugins that the files list, each with the node that lists it, paths as seen from where the program runs.
  package var plugins: [(plugin: NamedPlugin, node: YAMLNode)] = []
}

/// Decodes the rules of composed rule files, and collects findings.
struct RuleSetDecoder: NodeReading {
  /// The checks, sources and facts that the rules may name, including the facts that they declare.
  private(set) var registry: Registry
  var findings: [Finding] = []
  var names = NameSearch()

  /// The rules declared so far, for uniqueness and for `needs`.
  var declaredRules: [DeclaredRule] = []
  /// The checks of these, which each later rule can see.
  var earlierChecks: [EarlierCheck] = []
  private(set) var declaredStages: [DeclaredStage] = []
  var rulesByID: [String: Span] = [:]
  /// The rules by their exit codes, which are too few to be worth hashing.
  var exitCodes: [(code: Int, rule: String)] = []
  var waivers: [String: DeclaredWaiver] = [:]
  /// All rule ids of the files, including those further on.
  var allRuleIDs: Set<String> = []
  /// The same ids, sorted.
  private(set) var sortedRuleIDs: [String] = []
  /// The rules that were read, by id.
  var rulesRead: [String: DeclaredRule] = [:]
  /// The ids that were declared so far, in order.
  var declaredIDs: [String] = []
  /// The ids and codes that were proposed instead of duplicates.
  var proposedIDs: Set<String> = []
  var proposedExits: Set<Int> = []
  /// The number at which to start the search for a free id.
  var nextNumbers: [String: Int] = [:]
  /// The places where rules of other files were disabled.
  var disabled: [String: Span] = [:]

  /// The facts that the files declare.
  private(set) var ownFacts: [FactName] = []
  /// The names under `facts` with a faulty declaration. Rules that use them get no findings for it.
  var misdeclaredFacts: Set<String> = []

  /// The sources that may be asked.
  private(set) var declaredSources: [DeclaredSource] = []

  /// The places that use a plugin that cannot be asked.
  private(set) var unusablePlugins: [(span: Span, why: LocalizedText)] = []

  /// The composed files that the rules come from.
  private(set) var composed = ComposedRules()

  init(registry: Registry) { self.registry = registry }

  /// Decodes the rules. The result may only be used if there are no findings.
  mutating func ruleSet(_ composed: ComposedRules) -> RuleSet {
    disabled = composed.disabled
    self.composed = composed
    allRuleIDs = Set(composed.ruleIDs)
    sortedRuleIDs = allRuleIDs.sorted()
    let own = declaredFacts(composed)
    ownFacts = own.map(\.name)
    registry = registry.adding(facts: own)
    declaredSources = sources(composed.sources, of: composed.span)
    let sources = declaredSources.map(\.source)
    for node in composed.waivers { waiver(node) }
    let stages = stages(composed.stages)
    let messages = composed.messages.compactMap { message($0) }
    // If something else is wrong, the missing rule may be one that could not be read.
    if findings.isEmpty, !declaredRules.contains(where: { $0.rule.severity == .blocking }) {
      report(
        .noBlockingRule, composed.span,
        LocalizedText(
          fr: "aucune règle bloquante : rien ne serait jugé",
          en: "no blocking rule: nothing would be judged"))
    }
    return RuleSet(
      sources: sources, stages: stages, messages: messages,
      reportMaxAge: composed.report.flatMap { reportMaxAge($0) })
  }

  /// The declarations, for the lints.
  func declared(_ span: Span) -> DeclaredRules {
    DeclaredRules(
      rules: declaredRules, stages: declaredStages, sources: declaredSources,
      waivers: waivers.values.sorted { $0.until.start < $1.until.start }, unusablePlugins: unusablePlugins,
      span: span, registry: registry)
  }

  /// Describes a place as seen from a place that may be in another file.
  func place(_ span: Span, from other: Span) -> LocalizedText {
    guard span.file == other.file else {
      return LocalizedText(fr: " dans un autre fichier", en: " in another file")
    }
    return LocalizedText(fr: " ligne \(span.start.line)", en: " on line \(span.start.line)")
  }

  /// How old the Gestionnaire's report may be: `report: { max_age: 30d }`.
  private mutating func reportMaxAge(_ node: YAMLNode) -> Duration? {
    let what = LocalizedText(everywhere: "report")
    guard let keys = mapping(node, keys: RuleFileKey.ofReport, what: what), let age = keys["max_age"],
      case .duration(let duration)? = parameterValue(
        age, of: .duration, what: LocalizedText(everywhere: "max_age"))
    else { return nil }
    return duration
  }

  // MARK: - Sources

  /// - Parameter span: the place at which to report sources that the file does not name.
  private mutating func sources(_ node: YAMLNode?, of span: Span) -> [DeclaredSource] {
    guard let node else {
      return registry.sources.compactMap { try? NamedSource($0, Parameters()) }
        .map { DeclaredSource(source: $0, span: span, options: nil) }
    }
    guard let items = list(node, what: LocalizedText(everywhere: "sources")) else { return [] }
    var named: [DeclaredSource] = []
    for item in items {
      guard let source = source(item) else { continue }
      let name = source.source.declaration.name
      if named.contains(where: { $0.source.declaration.name == name }) {
        report(
          .duplicateID, item.span,
          LocalizedText(
            fr: "la source « \(name) » est déjà donnée", en: "the source “\(name)” is already given"))
      } else {
        named.append(source)
      }
    }
    return named
  }

  private mutating func source(_ node: YAMLNode) -> DeclaredSource? {
    var nameNode = node
    var options: YAMLNode?
    if case .mapping(let entries) = node.content {
      guard entries.count == 1, let entry = entries.first else {
        report(
          .wrongType, node.span,
          LocalizedText(
            fr: "une source s'écrit « nom » ou « nom: { options } »",
            en: "a source is written “name” or “name: { options }”"))
        return nil
      }
      nameNode = entry.key
      options = entry.value
    }
    guard let name = text(nameNode, what: LocalizedText(fr: "une source", en: "a source")) else { return nil }
    guard let declaration = registry.source(name) else {
      if let why = registry.reasonAgainst(name) {
        // Its facts are unknown; the rules that need them report it.
        _ = silence(why, at: nameNode.span)
        return nil
      }
      reportUnknown(
        .unknownSource, name, at: nameNode.span, among: registry.sources.map(\.name),
        message: LocalizedText(fr: "source inconnue « \(name) »", en: "unknown source “\(name)”"))
      return nil
    }
    let what = LocalizedText(fr: "la source \(name)", en: "the source \(name)")
    return make(declaration.options, of: options, at: nameNode.span, what: what) {
      parameters throws(ParameterError) in
      DeclaredSource(
        source: try NamedSource(declaration, parameters), span: nameNode.span, options: options)
    }
  }

  /// Returns the reason for the facts of an unusable plugin, or reports the place and returns `nil` if the rules have
  /// to be changed.
  mutating func silence(_ why: UnusablePlugin, at span: Span) -> Unavailability? {
    switch why {
    case .silent(let why):
      unusablePlugins.append((span, why.message))
      return why
    case .ambiguous(let words):
      report(.ambiguousPlugin, span, words)
      return nil
    }
  }

  // MARK: - Stages

  private mutating func stages(_ nodes: [YAMLNode]) -> [Stage] {
    var seen: [String: Span] = [:]
    for node in nodes {
      let what = LocalizedText(fr: "une étape", en: "a stage")
      guard let keys = mapping(node, keys: RuleFileKey.ofStage, required: ["id", "rules"], what: what) else {
        continue
      }
      let id = keys["id"].flatMap { self.id($0, besides: seen) } ?? ""
      seen[id] = keys["id"]?.span
      let title = keys["title"].flatMap { localizedText($0, what: LocalizedText(everywhere: "title")) }
      let rules = (keys["rules"].flatMap { list($0, what: LocalizedText(everywhere: "rules")) } ?? [])
        .compactMap { rule($0) }
      let stage = Stage(id: id, title: title ?? LocalizedText(everywhere: Text(id)), rules: rules)
      declaredStages.append(
        DeclaredStage(
          stage: stage, span: keys["id"]?.span ?? node.span, isEmpty: keys["rules"]?.items?.isEmpty == true))
    }
    return declaredStages.map(\.stage)
  }
}
