import Preflight

/// Makes rules of the tree of a rule file, and collects everything that is wrong with it.
struct RuleSetDecoder: NodeReading {
  let registry: Registry
  var findings: [Finding] = []

  /// What was declared so far, for uniqueness and for `needs`.
  var declaredRules: [(rule: Rule, span: Span)] = []
  var rulesByID: [String: Span] = [:]
  var exitCodes: [Int: String] = [:]
  /// All the ids of the file, also those further on.
  var allRuleIDs: Set<String> = []

  init(registry: Registry) { self.registry = registry }

  /// The rules of the file; only to be used where there are no findings.
  mutating func ruleSet(_ root: YAMLNode) -> RuleSet? {
    let what = LocalizedText(fr: "le fichier de règles", en: "the rule file")
    guard
      let file = mapping(
        root, keys: ["version", "sources", "stages"], required: ["version", "stages"], what: what)
    else { return nil }
    if let node = file["version"] { readVersion(node) }
    let sources = sources(file["sources"])
    guard let node = file["stages"] else { return nil }
    let stages = stages(node)
    // Where something else is wrong, the rule that is missing may be the one that could not be read.
    if findings.isEmpty, !declaredRules.contains(where: { $0.rule.severity == .blocking }) {
      report(
        .noBlockingRule, file.entries["stages"]?.key.span ?? file.span,
        LocalizedText(
          fr: "aucune règle bloquante : rien ne serait jugé",
          en: "no blocking rule: nothing would be judged"))
    }
    return RuleSet(sources: sources, stages: stages)
  }

  private mutating func readVersion(_ node: YAMLNode) {
    guard let version = integer(node, what: LocalizedText(everywhere: "version")) else { return }
    guard version != 1 else { return }
    report(
      .unsupportedVersion, node.span,
      LocalizedText(
        fr: "version \(version) inconnue ; cette version du programme lit la version 1",
        en: "version \(version) is not known; this program reads version 1"),
      proposal: .write("1", at: node.span))
  }

  // MARK: - Sources

  private mutating func sources(_ node: YAMLNode?) -> [NamedSource] {
    guard let node else {
      return registry.sources.compactMap { try? NamedSource($0, Parameters()) }
    }
    guard let items = list(node, what: LocalizedText(everywhere: "sources")) else { return [] }
    var named: [NamedSource] = []
    for item in items {
      guard let source = source(item) else { continue }
      if named.contains(where: { $0.declaration.name == source.declaration.name }) {
        report(
          .duplicateID, item.span,
          LocalizedText(
            fr: "la source « \(source.declaration.name) » est déjà donnée",
            en: "the source “\(source.declaration.name)” is already given"))
      } else {
        named.append(source)
      }
    }
    return named
  }

  private mutating func source(_ node: YAMLNode) -> NamedSource? {
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
      reportUnknown(
        .unknownSource, name, at: nameNode.span, among: registry.sources.map(\.name),
        message: LocalizedText(fr: "source inconnue « \(name) »", en: "unknown source “\(name)”"))
      return nil
    }
    let what = LocalizedText(fr: "la source \(name)", en: "the source \(name)")
    return make(declaration.options, of: options, at: nameNode.span, what: what) {
      parameters throws(ParameterError) in try NamedSource(declaration, parameters)
    }
  }

  // MARK: - Stages

  private mutating func stages(_ node: YAMLNode) -> [Stage] {
    guard let nodes = list(node, what: LocalizedText(everywhere: "stages")) else { return [] }
    allRuleIDs = ruleIDs(in: nodes)
    var stages: [Stage] = []
    var seen: [String: Span] = [:]
    for node in nodes {
      let what = LocalizedText(fr: "une étape", en: "a stage")
      guard
        let keys = mapping(node, keys: ["id", "title", "rules"], required: ["id", "rules"], what: what)
      else { continue }
      let id = keys["id"].flatMap { self.id($0, besides: seen) } ?? ""
      seen[id] = keys["id"]?.span
      let title = keys["title"].flatMap { localizedText($0, what: LocalizedText(everywhere: "title")) }
      let rules = (keys["rules"].flatMap { list($0, what: LocalizedText(everywhere: "rules")) } ?? [])
        .compactMap { rule($0) }
      stages.append(Stage(id: id, title: title ?? LocalizedText(everywhere: Text(id)), rules: rules))
    }
    return stages
  }

  /// The ids of the rules, read beforehand to tell a later rule from one that does not exist.
  private func ruleIDs(in stages: [YAMLNode]) -> Set<String> {
    func value(_ key: String, of node: YAMLNode) -> YAMLNode? {
      guard case .mapping(let entries) = node.content else { return nil }
      return entries.first { $0.key.text == key }?.value
    }
    var ids: Set<String> = []
    for stage in stages {
      guard case .sequence(let rules)? = value("rules", of: stage)?.content else { continue }
      ids.formUnion(rules.compactMap { value("id", of: $0)?.text })
    }
    return ids
  }
}
