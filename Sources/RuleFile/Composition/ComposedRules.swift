import Preflight

/// The composed rules of a file and of all files that it builds on. Every node knows its own file.
struct ComposedRules: Sendable {
  /// The plugins, each with the node that lists it. Paths are relative to the program's working folder.
  var plugins: [(plugin: NamedPlugin, node: YAMLNode)] = []
  var sources: YAMLNode?
  /// The settings for the Gestionnaire's report; a later file changes them key by key.
  var report: YAMLNode?
  /// The facts that the files declare; those of each file follow those of the files that it builds on.
  var facts: [YAMLNode.Entry] = []
  var stages: [YAMLNode] = [] { didSet { places = nil } }
  var waivers: [YAMLNode] = []
  var messages: [YAMLNode] = []
  /// The places where rules were disabled, by id.
  var disabled: [String: Span] = [:]
  /// The numbers of the files in the order of composition: each after those that it builds on.
  var order: [Int] = []
  /// The entries that overrides removed.
  var dropped: [DroppedEntry] = []
  /// The places where files that do not build on each other disagree.
  var disagreements: [InheritedChanges.Disagreement] = []
  /// The place of the first file's stages, for findings about the stages as a whole.
  var span = Span(at: Place(line: 1, column: 1))

  /// The position of a rule: the index of its stage, and its index in the stage.
  private struct RulePlace: Sendable {
    let stage: Int
    let rule: Int
  }

  /// The positions of the rules by id, valid until rules are moved.
  private var places: [String: [RulePlace]]?

  /// The ids of the rules, in order.
  var ruleIDs: [String] { stages.flatMap { $0["rules"]?.items ?? [] }.compactMap { $0["id"]?.text } }

  /// The place whose file was composed last: that file caused the fault.
  func latest(of spans: [Span]) -> Span? {
    let ranks = spans.map { order.firstIndex(of: $0.file) ?? order.count }
    return zip(spans, ranks).reduce(nil as (span: Span, rank: Int)?) { best, next in
      best.map { next.1 > $0.rank } ?? true ? (next.0, next.1) : best
    }?.span
  }

  /// The first rule with that id.
  mutating func rule(_ id: String) -> YAMLNode? {
    guard let place = known()[id]?.first else { return nil }
    return stages[place.stage]["rules"]?.items?[place.rule]
  }

  /// Replaces the rule with that id.
  mutating func replaceRule(_ id: String, with replacement: YAMLNode) {
    let places = known()
    for place in places[id] ?? [] {
      guard var rules = stages[place.stage]["rules"]?.items else { continue }
      rules[place.rule] = replacement
      stages[place.stage] = stages[place.stage].setting("rules", to: .sequence(rules))
    }
    // No rule has moved.
    self.places = places
  }

  /// Removes the rules with those ids, and any stage that is left without rules.
  mutating func removeRules(_ ids: Set<String>) {
    guard !ids.isEmpty else { return }
    stages = stages.compactMap { stage in
      guard let rules = stage["rules"]?.items else { return stage }
      let kept = rules.filter { rule in rule["id"]?.text.map { !ids.contains($0) } ?? true }
      guard kept.count < rules.count else { return stage }
      return kept.isEmpty ? nil : stage.setting("rules", to: .sequence(kept))
    }
  }

  private mutating func known() -> [String: [RulePlace]] {
    if let places { return places }
    var found: [String: [RulePlace]] = [:]
    for (number, stage) in stages.enumerated() {
      for (rule, node) in (stage["rules"]?.items ?? []).enumerated() {
        guard let id = node["id"]?.text else { continue }
        found[id, default: []].append(RulePlace(stage: number, rule: rule))
      }
    }
    places = found
    return found
  }
}

extension YAMLNode {
  /// The value of a key of a mapping.
  subscript(key: String) -> YAMLNode? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key.text == key }?.value
  }

  /// The entries of a mapping; empty if the node is not a mapping.
  var entries: [Entry] {
    if case .mapping(let entries) = content { entries } else { [] }
  }

  /// The items of a list.
  var items: [YAMLNode]? {
    if case .sequence(let items) = content { items } else { nil }
  }

  /// Returns the same mapping with other content under an existing key.
  func setting(_ key: String, to content: Content) -> YAMLNode {
    guard case .mapping(let entries) = self.content else { return self }
    return YAMLNode(
      .mapping(
        entries.map { entry in
          guard entry.key.text == key else { return entry }
          return Entry(key: entry.key, value: YAMLNode(content, entry.value.span))
        }), span)
  }

  /// Returns the same mapping with the entries of another one, which replace its own or follow them.
  func overridden(by others: [Entry]) -> YAMLNode {
    guard case .mapping(let entries) = content else { return self }
    let byName = Dictionary(others.map { ($0.key.text ?? "", $0) }) { first, _ in first }
    var merged = entries.map { byName[$0.key.text ?? ""] ?? $0 }
    let present = Set(entries.compactMap(\.key.text))
    merged += others.filter { !present.contains($0.key.text ?? "") }
    return YAMLNode(.mapping(merged), span)
  }
}
