import Preflight

/// The rules of a file and of all it builds on, put together; every node knows its own file.
package struct ComposedRules: Sendable {
  /// The plugins, each with the node that lists it, its path as seen from where the program runs.
  package var plugins: [(plugin: NamedPlugin, node: YAMLNode)] = []
  package var sources: YAMLNode?
  /// What the files say about the Gestionnaire's report; a later file changes it key by key.
  package var report: YAMLNode?
  /// The facts that the files declare, each file's after those that it builds on.
  package var facts: [YAMLNode.Entry] = []
  package var stages: [YAMLNode] = [] { didSet { places = nil } }
  package var waivers: [YAMLNode] = []
  package var messages: [YAMLNode] = []
  /// Where rules were disabled, by their ids.
  package var disabled: [String: Span] = [:]
  /// The files by their numbers, in the order in which they were applied: each after those that it builds on.
  package var order: [Int] = []
  /// What overrides took away.
  package var dropped: [DroppedEntry] = []
  /// Where files that do not build on each other say different things.
  package var disagreements: [InheritedChanges.Disagreement] = []
  /// Where the stages of the first file are, for what is missing in them as a whole.
  package var span = Span(at: Place(line: 1, column: 1))

  /// The position of a rule: the index of its stage, and its index in the stage.
  private struct RulePlace: Sendable {
    let stage: Int
    let rule: Int
  }

  /// The positions of the rules by id, valid until rules are moved.
  private var places: [String: [RulePlace]]?

  /// The ids of the rules, in order.
  package var ruleIDs: [String] { stages.flatMap { $0["rules"]?.items ?? [] }.compactMap { $0["id"]?.text } }

  /// Of several places, the one in the file that had the last word: that is where the fault came from.
  package func latest(of spans: [Span]) -> Span? {
    let ranks = spans.map { order.firstIndex(of: $0.file) ?? order.count }
    return zip(spans, ranks).reduce(nil as (span: Span, rank: Int)?) { best, next in
      best.map { next.1 > $0.rank } ?? true ? (next.0, next.1) : best
    }?.span
  }

  /// The first rule of that id.
  package mutating func rule(_ id: String) -> YAMLNode? {
    guard let place = known()[id]?.first else { return nil }
    return stages[place.stage]["rules"]?.items?[place.rule]
  }

  /// Puts another node in the place of the rule of that id.
  package mutating func replaceRule(_ id: String, with replacement: YAMLNode) {
    let places = known()
    for place in places[id] ?? [] {
      guard var rules = stages[place.stage]["rules"]?.items else { continue }
      rules[place.rule] = replacement
      stages[place.stage] = stages[place.stage].setting("rules", to: .sequence(rules))
    }
    // No rule has moved.
    self.places = places
  }

  /// Takes the rules of those ids away; a stage that is left without rules goes with them.
  package mutating func removeRules(_ ids: Set<String>) {
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
  package subscript(key: String) -> YAMLNode? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key.text == key }?.value
  }

  /// The entries of a mapping; none if it is something else.
  package var entries: [Entry] {
    if case .mapping(let entries) = content { entries } else { [] }
  }

  /// The items of a list.
  package var items: [YAMLNode]? {
    if case .sequence(let items) = content { items } else { nil }
  }

  /// The same mapping with other content under a key that it has.
  package func setting(_ key: String, to content: Content) -> YAMLNode {
    guard case .mapping(let entries) = self.content else { return self }
    return YAMLNode(
      .mapping(
        entries.map { entry in
          guard entry.key.text == key else { return entry }
          return Entry(key: entry.key, value: YAMLNode(content, entry.value.span))
        }), span)
  }

  /// The same mapping with the entries of another one in the place of its own, or after them.
  package func overridden(by others: [Entry]) -> YAMLNode {
    guard case .mapping(let entries) = content else { return self }
    let byName = Dictionary(others.map { ($0.key.text ?? "", $0) }) { first, _ in first }
    var merged = entries.map { byName[$0.key.text ?? ""] ?? $0 }
    let present = Set(entries.compactMap(\.key.text))
    merged += others.filter { !present.contains($0.key.text ?? "") }
    return YAMLNode(.mapping(merged), span)
  }
}
