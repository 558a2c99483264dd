import Preflight
import RuleFile

/// The indentation of the lines of a file, relative to each other.
struct Layout {
  /// A line that looks like a key but belongs to the text above it because it is indented too far.
  struct SwallowedKey {
    let index: Int
    let key: String
    /// The index of the line whose key begins the text.
    let opener: Int
    /// The indentation that the key should have, if known.
    let width: Int?
  }

  private(set) var swallowed: [SwallowedKey] = []
  /// The number of lines whose indentation under the line above differs from most lines.
  let irregularity: Int

  /// The groups of keys that belong on the same level.
  private static let families = [
    RuleFileKey.ofFile, RuleFileKey.ofStage, RuleFileKey.ofRule, RuleFileKey.ofWaiver, RuleFileKey.ofMessage,
    ["fr", "en"],
  ].map { Set($0) }

  /// The entry that stands for the dash of an item among the keys.
  private static let dash = "-"

  init(_ lines: [Substring]) {
    var levels: [(width: Int, key: String)] = []
    var block: (opener: Int, width: Int)?
    var steps: [[Int]: Int] = [:]
    for (index, line) in lines.enumerated() {
      let parts = LineParts(line)
      guard !parts.content.isEmpty else { continue }
      if let open = block {
        if parts.indentation > open.width {
          if let key = parts.knownKey {
            let families = Self.families.filter { $0.contains(key) }
            let width = levels.last { level in families.contains { $0.contains(level.key) } }?.width
            swallowed.append(SwallowedKey(index: index, key: key, opener: open.opener, width: width))
          }
          continue
        }
        block = nil
      }
      guard !parts.isBlank else { continue }
      // A list may begin right below its key, but its items and their siblings are never below a dash.
      levels.removeAll { level in
        level.width > parts.indentation
          || (level.width == parts.indentation && !(parts.hasDash && level.key != Self.dash))
      }
      steps[[parts.hasDash ? 1 : 0, parts.indentation - (levels.last?.width ?? 0)], default: 0] +=
        levels.isEmpty ? 0 : 1
      if parts.hasDash { levels.append((parts.indentation, Self.dash)) }
      levels.append((parts.contentIndentation, parts.key))
      if parts.opensText { block = (index, parts.contentIndentation) }
    }
    let usual = Dictionary(grouping: steps) { $0.key[0] }.values.map { $0.map(\.value).max() ?? 0 }
    irregularity = steps.values.reduce(0, +) - usual.reduce(0, +)
  }
}

extension LineParts {
  /// The key of the line, if it is a key of rule files.
  var knownKey: String? {
    guard rest.hasPrefix(": ") || rest == ":" else { return nil }
    return RuleFileKey.all.contains(key) ? key : nil
  }

  /// Whether the following lines are its text (`>-`, `|`…).
  fileprivate var opensText: Bool {
    guard rest.hasPrefix(": ") || hasDash else { return false }
    let words = content.split(separator: " ")
    let last = words.first { $0.hasPrefix("#") }.flatMap { words.firstIndex(of: $0) } ?? words.count
    guard last > 0 else { return false }
    let mark = words[last - 1]
    return mark.count <= 3 && (mark.hasPrefix(">") || mark.hasPrefix("|"))
  }
}
