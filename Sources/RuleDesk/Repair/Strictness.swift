import Preflight
import RuleFile

/// How strict rules are, to make sure that no edit lowers them.
struct Strictness {
  /// The number of rules and stages by id.
  private var rules: [String: Int] = [:]
  private var stages: [String: Int] = [:]
  /// The rules that are only warnings.
  private var warnings: Set<String> = []
  /// The rules that the files disable, whether they exist or not.
  private var disabled: Set<String> = []
  private var waivers: [String: Int] = [:]
  /// Whether part of the named file was not read, so that something missing here may be in it.
  private let isPartial: Bool

  init(_ composition: RuleComposition) {
    let composer = composition.composer
    isPartial = composer.documents.first?.isPartial ?? true
    for stage in composer.composed.stages {
      if let id = stage["id"]?.text, belongs(stage) { stages[id, default: 0] += 1 }
      for rule in stage["rules"]?.items ?? [] {
        guard let id = rule["id"]?.text, belongs(rule) else { continue }
        rules[id, default: 0] += 1
        if rule["severity"]?.text == Severity.warning.rawValue { warnings.insert(id) }
      }
    }
    if isPartial {
      // The last ones may have been read only in part.
      forgetLast(of: composer.composed.stages)
      return
    }
    for document in composer.documents {
      disabled.formUnion((document.root?["disable"]?.items ?? []).compactMap(\.text))
    }
    for waiver in composer.composed.waivers {
      if let id = waiver["rule"]?.text { waivers[id, default: 0] += 1 }
    }
  }

  /// Whether the node counts: of a partly read file, only its own rules are known, as the rest may change those of
  /// others.
  private func belongs(_ node: YAMLNode) -> Bool { !isPartial || node.span.file == 0 }

  private mutating func forgetLast(of nodes: [YAMLNode]) {
    let own = nodes.filter { $0.span.file == 0 }
    guard let stage = own.max(by: { $0.span.start < $1.span.start }) else { return }
    if let id = stage["id"]?.text { stages[id] = nil }
    guard let id = stage["rules"]?.items?.last?["id"]?.text else { return }
    rules[id] = nil
    warnings.remove(id)
  }

  /// Whether the other rules are less strict: a rule or stage is gone, a rule is no longer blocking, or one is newly
  /// disabled or waived.
  func isLowered(in other: Strictness) -> Bool {
    let isGone =
      rules.contains { $0.value > other.rules[$0.key] ?? 0 }
      || stages.contains { $0.value > other.stages[$0.key] ?? 0 }
    if isGone || other.warnings.contains(where: { rules[$0] != nil && !warnings.contains($0) }) {
      return true
    }
    guard !isPartial else { return false }
    return !other.disabled.isSubset(of: disabled)
      || other.waivers.contains { $0.value > waivers[$0.key] ?? 0 }
  }
}

/// The places in a rule file that can lower a rule: under `severity`, `disable` and `waivers`, wherever they are.
struct LoweringPlaces {
  private static let keys: Set<String> = ["severity", "disable", "waivers"]

  private var spans: [Span] = []
  /// The place where reading stopped before the end, if it did.
  private let stop: Place?
  private let lines: SourceLines

  /// - Parameter bytes: the bytes of the file, with or without a byte order mark.
  init(_ bytes: [UInt8]) {
    let document = YAMLDocument(bytes, file: 0)
    lines = SourceLines(YAMLDocument.withoutMark(bytes))
    stop = document.root == nil ? Place(line: 1, column: 1) : document.stop
    if let root = document.root { collect(root) }
  }

  private mutating func collect(_ node: YAMLNode) {
    for entry in node.entries {
      if let key = entry.key.text, Self.keys.contains(key) {
        spans.append(Span(start: lead(of: entry.key.span.start), end: end(of: entry.value, after: entry.key)))
      } else {
        collect(entry.value)
      }
    }
    for item in node.items ?? [] { collect(item) }
  }

  /// The start of what belongs to a key and precedes it: its indentation, and the dash of its item.
  private func lead(of place: Place) -> Place {
    guard lines.ranges.indices.contains(place.line - 1) else { return place }
    let before = lines.text(place.line - 1).unicodeScalars.prefix(place.column - 1)
    let lead = before.reversed().prefix { " \t-?,".unicodeScalars.contains($0) }
    return Place(line: place.line, column: place.column - lead.count)
  }

  /// The end of a value. For libyaml, a block ends where the next one begins.
  private func end(of node: YAMLNode, after key: YAMLNode) -> Place {
    let span = node.span
    guard span.start.line != span.end.line, !isFlow(span.start) else { return max(span.end, key.span.end) }
    let parts = node.entries.flatMap { [$0.key, $0.value] } + (node.items ?? [])
    guard !parts.isEmpty else { return max(span.end, key.span.end) }
    return parts.reduce(key.span.end) { max($0, end(of: $1, after: key)) }
  }

  private func isFlow(_ place: Place) -> Bool {
    guard lines.ranges.indices.contains(place.line - 1) else { return false }
    let rest = lines.text(place.line - 1).unicodeScalars.dropFirst(place.column - 1)
    return rest.first == "[" || rest.first == "{"
  }

  /// Whether that span is in one of the places; `nil` if too little could be read to know.
  func contains(_ span: Span) -> Bool? {
    let isInside = spans.contains { own in
      if span.start == span.end {
        return span.start.column == 1 && own.start == span.start
          || own.start < span.start && span.start <= own.end
      }
      return span.start < own.end && own.start < span.end
    }
    if isInside { return true }
    if let stop, span.end.line >= stop.line { return nil }
    return false
  }

  /// Whether the line contains one of the words.
  func isNamed(onLine number: Int) -> Bool {
    guard lines.ranges.indices.contains(number - 1) else { return false }
    let line = lines.text(number - 1)
    return Self.keys.contains { line.contains($0) }
  }
}
