import Preflight

/// The rules of a file and of all it builds on, put together; every node knows its own file.
struct ComposedRules: Sendable {
  /// The plugins, each with the node that lists it, its path as seen from where the program runs.
  var plugins: [(plugin: NamedPlugin, node: YAMLNode)] = []
  var sources: YAMLNode?
  /// What is said of the Gestionnaire's report; a later file changes it key by key.
  var report: YAMLNode?
  var stages: [YAMLNode] = []
  var waivers: [YAMLNode] = []
  var messages: [YAMLNode] = []
  /// Where rules were disabled, by their ids.
  var disabled: [String: Span] = [:]
  /// Where the stages of the first file are, for what is missing in them as a whole.
  var span = Span(at: Place(line: 1, column: 1))

  /// The ids of the rules, in order.
  var ruleIDs: [String] { stages.flatMap { $0["rules"]?.items ?? [] }.compactMap { $0["id"]?.text } }

  /// The rule of that id.
  func rule(_ id: String) -> YAMLNode? {
    for stage in stages {
      if let rule = stage["rules"]?.items?.first(where: { $0["id"]?.text == id }) { return rule }
    }
    return nil
  }

  /// Puts another node in the place of the rule of that id, or takes it away; a stage that is left without rules goes
  /// with it.
  mutating func replaceRule(_ id: String, with replacement: YAMLNode?) {
    stages = stages.compactMap { stage in
      guard let rules = stage["rules"]?.items, rules.contains(where: { $0["id"]?.text == id }) else {
        return stage
      }
      let kept = rules.compactMap { $0["id"]?.text == id ? replacement : $0 }
      return kept.isEmpty ? nil : stage.setting("rules", to: .sequence(kept))
    }
  }
}

extension YAMLNode {
  /// The value of a key of a mapping.
  subscript(key: String) -> YAMLNode? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key.text == key }?.value
  }

  /// The entries of a mapping; none where it is something else.
  var entries: [Entry] {
    if case .mapping(let entries) = content { entries } else { [] }
  }

  /// The items of a list.
  var items: [YAMLNode]? {
    if case .sequence(let items) = content { items } else { nil }
  }

  /// The same mapping with other content under a key that it has.
  func setting(_ key: String, to content: Content) -> YAMLNode {
    guard case .mapping(let entries) = self.content else { return self }
    return YAMLNode(
      .mapping(
        entries.map { entry in
          guard entry.key.text == key else { return entry }
          return Entry(key: entry.key, value: YAMLNode(content, entry.value.span))
        }), span)
  }

  /// The same mapping with the entries of another one in the place of its own, or after them.
  func overridden(by others: [Entry]) -> YAMLNode {
    guard case .mapping(let entries) = content else { return self }
    let names = Set(others.compactMap(\.key.text))
    var merged = entries.map { entry in others.first { $0.key.text == entry.key.text } ?? entry }
    let present = Set(entries.compactMap(\.key.text))
    merged += others.filter { names.contains($0.key.text ?? "") && !present.contains($0.key.text ?? "") }
    return YAMLNode(.mapping(merged), span)
  }
}
