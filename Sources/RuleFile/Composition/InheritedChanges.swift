import Preflight

/// What files change in those that they build on. It shows where two files that do not know of each other say
/// different things: the order in which they are included would decide, unnoticed.
package struct InheritedChanges: Sendable {
  /// One change; its place says in which file.
  fileprivate struct Change: Sendable {
    let value: PlainValue
    let span: Span
  }

  /// The last change at each path of keys.
  fileprivate var last: [[String]: Change] = [:]
  /// The disagreements between a later file and an earlier one, by path of keys.
  fileprivate(set) var disagreements: [[String]: Disagreement] = [:]

  /// Two places at which one thing is said differently.
  package struct Disagreement: Sendable {
    /// Whose word counts.
    package let span: Span
    package let earlier: Span
    /// The keys that lead to what they disagree about.
    package let path: [String]
  }
}

extension RuleComposer {
  /// The disagreements of the files, in the order in which they were read.
  var disagreements: [InheritedChanges.Disagreement] {
    changes.disagreements.values.sorted {
      ($0.span.file, $0.span.start.line, $0.span.start.column)
        < ($1.span.file, $1.span.start.line, $1.span.start.column)
    }
  }

  /// Compares an override of a rule, key by key, with the overrides of files that this file does not build on.
  mutating func compare(_ overrides: [YAMLNode.Entry], of rule: String) {
    for entry in overrides {
      let path = ["override", rule, entry.key.text ?? ""]
      switch entry.key.text {
      // These are merged by parameter, and by entry if a parameter is a map.
      case "with": compare(entry, as: path, depth: 2)
      case "remedies": compare(entry, as: path, depth: 1)
      default: compare(entry, as: path, depth: 0)
      }
    }
    compare(.text("override"), at: overrides.first?.key.span, as: ["disable", rule])
  }

  /// Compares the disabling of a rule with overrides of the rule.
  mutating func compareDisabling(of rule: String, at span: Span) {
    compare(.text("disable"), at: span, as: ["disable", rule])
  }

  /// Compares the value at that path of keys.
  mutating func compare(_ node: YAMLNode, as path: [String]) { compare(node.plain, at: node.span, as: path) }

  private mutating func compare(_ entry: YAMLNode.Entry, as path: [String], depth: Int) {
    guard depth > 0, case .mapping(let entries) = entry.value.content else {
      compare(entry.value.plain, at: entry.key.span, as: path)
      return
    }
    for entry in entries { compare(entry, as: path + [entry.key.text ?? ""], depth: depth - 1) }
  }

  private mutating func compare(_ value: PlainValue, at span: Span?, as path: [String]) {
    guard let span else { return }
    if let earlier = changes.last[path], earlier.value != value, !isBuilt(on: earlier.span.file) {
      changes.disagreements[path] = InheritedChanges.Disagreement(
        span: span, earlier: earlier.span, path: path)
    } else if let known = changes.disagreements[path], isBuilt(on: known.span.file),
      isBuilt(on: known.earlier.file)
    {
      // A file that includes both decides.
      changes.disagreements[path] = nil
    }
    changes.last[path] = InheritedChanges.Change(value: value, span: span)
  }
}
