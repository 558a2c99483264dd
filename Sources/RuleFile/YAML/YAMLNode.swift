package import Preflight

/// A value of a YAML document that knows where it stands.
package struct YAMLNode: Sendable {
  package enum Content: Sendable {
    case scalar(String, isPlain: Bool)
    case sequence([YAMLNode])
    case mapping([Entry])
  }

  /// A key and its value.
  package struct Entry: Sendable {
    package let key: YAMLNode
    package let value: YAMLNode
  }

  package let content: Content
  package let span: Span
  /// How many nodes it is made of, aliases counted as what they stand for.
  package let weight: Int

  package init(_ content: Content, _ span: Span) {
    let weight =
      switch content {
      case .scalar: 1
      case .sequence(let nodes): nodes.reduce(1) { $0 + $1.weight }
      case .mapping(let entries): entries.reduce(1) { $0 + $1.key.weight + $1.value.weight }
      }
    self.init(content, span, weight: weight)
  }

  /// Makes a node whose weight is known.
  init(_ content: Content, _ span: Span, weight: Int) {
    self.content = content
    self.span = span
    self.weight = weight
  }

  /// The text of a scalar.
  package var text: String? {
    if case .scalar(let text, _) = content { text } else { nil }
  }

  /// Whether there is nothing: `key:` with no value, `~` or `null`.
  package var isNull: Bool {
    if case .scalar(let text, isPlain: true) = content, text.utf8.count <= 4 {
      ["", "~", "null", "Null", "NULL"].contains(text)
    } else {
      false
    }
  }

  /// The value without its places: what is plain and reads as a boolean or a whole number is one.
  package var plain: PlainValue {
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
