import Preflight

/// An event of libyaml's parser, as a Swift value.
struct YAMLEvent: Sendable {
  enum Kind: Sendable {
    case streamStart
    case streamEnd
    case documentStart
    case documentEnd
    case alias(String)
    case scalar(String, isPlain: Bool, anchor: String?)
    case sequenceStart(anchor: String?)
    case sequenceEnd
    case mappingStart(anchor: String?)
    case mappingEnd
  }

  let kind: Kind
  let span: Span
  /// An explicit tag, such as `!!str`.
  let tag: String?
  /// Whether it is a text with the null character, which `"\0"` writes.
  let holdsNull: Bool
}

/// libyaml's error for a text that is not YAML.
struct YAMLSyntaxError: Error, Sendable {
  /// libyaml's own words, in English.
  let problem: String
  let place: Place
  /// The start of the construct that it was reading, if known.
  let context: Place?
}
