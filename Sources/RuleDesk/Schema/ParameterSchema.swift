import Preflight

extension JSONTree {
  /// The schema of a parameter.
  init(_ parameter: Parameter, in language: Language) {
    var schema = JSONTree(parameter.type).with([
      "description": .string(parameter.summary.rendered(in: language))
    ])
    if let fallback = parameter.fallback, let value = JSONTree(fallback, of: parameter.type) {
      schema = schema.with(["default": value])
    }
    self = schema
  }

  /// The schema of the values of a type; docs/rule-file.md describes how each is written.
  init(_ type: ParameterType) {
    switch type {
    case .boolean: self = ["type": "boolean"]
    case .integer(let range):
      self = [
        "type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound),
      ]
    case .string: self = .text
    case .choice(let words):
      // A word that consists of digits may be written without quotes.
      let numbers = words.compactMap { word in Int(word).map { JSONTree.integer($0) } }
      self = ["enum": .array(words.map { .string($0) } + numbers)]
    case .date:
      let days = [
        "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])", "(0[469]|11)-(0[1-9]|[12][0-9]|30)",
        "02-(0[1-9]|[12][0-9])",
      ]
      self = ["type": "string", "pattern": .string("^[0-9]{4}-(\(days.joined(separator: "|")))$")]
    case .version: self = ["type": "string", "pattern": "^[0-9]{1,9}([.][0-9]{1,9}){0,5}$"]
    // A positive duration, of at most nine digits.
    case .duration:
      self = ["type": "string", "pattern": "^(?=[0-9]{1,9}[a-z])0*[1-9][0-9]*(ms|s|m|h|d)$"]
    case .wait:
      // At most one hour.
      let lengths = [
        "([1-9][0-9]{0,5}|[12][0-9]{6}|3[0-5][0-9]{5}|3600000)ms",
        "([1-9][0-9]{0,2}|[12][0-9]{3}|3[0-5][0-9]{2}|3600)s", "([1-9]|[1-5][0-9]|60)m", "1h",
      ]
      self = [
        "type": "string", "pattern": .string("^(?=[0-9]{1,9}[a-z])0*(\(lengths.joined(separator: "|")))$"),
      ]
    case .list(let element): self = ["type": "array", "items": JSONTree(element)]
    case .map(let keys, let values):
      self = [
        "type": "object", "propertyNames": JSONTree(keys), "additionalProperties": JSONTree(values),
      ]
    case .scalar: self = .text
    case .orFact(let type):
      self = [
        "anyOf": [
          JSONTree(type),
          [
            "type": "object", "properties": ["fact": .text], "required": ["fact"],
            "additionalProperties": false,
          ],
        ]
      ]
    }
  }

  /// Non-empty text. In rule files, a plain `12` or `true` is text; other YAML readers see a number or a boolean.
  static let text: JSONTree = ["type": ["string", "number", "boolean"], "pattern": "\\S"]

  /// Text that matches the pattern, which does not apply to numbers and booleans.
  static func text(like pattern: String) -> JSONTree {
    text.with(["pattern": .string(pattern)])
  }

  /// The default value. Returns `nil` for lists and maps, which only the description covers.
  private init?(_ fallback: String, of type: ParameterType) {
    switch type {
    case .boolean: self = .boolean(fallback == "true")
    case .integer:
      guard let number = Int(fallback) else { return nil }
      self = .integer(number)
    case .string, .choice, .date, .version, .duration, .wait, .scalar: self = .string(fallback)
    case .orFact(let type):
      guard let value = JSONTree(fallback, of: type) else { return nil }
      self = value
    case .list, .map: return nil
    }
  }
}
