import Preflight

/// A value of a YAML document that knows where it stands.
struct YAMLNode: Sendable {
  enum Content: Sendable {
    case scalar(String, isPlain: Bool)
    case sequence([YAMLNode])
    case mapping([Entry])
  }

  /// A key and its value.
  struct Entry: Sendable {
    let key: YAMLNode
    let value: YAMLNode
  }

  let content: Content
  let span: Span
  /// The number of nodes in it, with aliases counted as the nodes they stand for.
  let weight: Int

  init(_ content: Content, _ span: Span) {
    self.content = content
    self.span = span
    self.weight =
      switch content {
      case .scalar: 1
      case .sequence(let nodes): nodes.reduce(1) { $0 + $1.weight }
      case .mapping(let entries): entries.reduce(1) { $0 + $1.key.weight + $1.value.weight }
      }
  }

  /// The text of a scalar; `nil` for any other node.
  var text: String? {
    if case .scalar(let text, _) = content { text } else { nil }
  }

  /// Whether there is no value: `key:` alone, `~` or `null`.
  var isNull: Bool {
    if case .scalar(let text, isPlain: true) = content {
      ["", "~", "null", "Null", "NULL"].contains(text)
    } else {
      false
    }
  }

  /// The value without places. A plain scalar that reads as a boolean or an integer becomes one.
  var plain: PlainValue {
    switch content {
    case .sequence(let items): .list(items.map(\.plain))
    case .mapping(let entries): .map(entries.map { PlainValue.Entry($0.key.text ?? "", $0.value.plain) })
    case .scalar(let text, let isPlain):
      if isNull {
        .null
      } else if isPlain, text == "true" || text == "false" {
        .boolean(text == "true")
      } else if isPlain, Int(text).map(String.init) == text {
        .number(text)
      } else {
        .text(text)
      }
    }
  }
}
