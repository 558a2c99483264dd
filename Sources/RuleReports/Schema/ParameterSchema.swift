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

  /// The schema of the values of a type; docs/rule-file.md says how each is written.
  init(_ type: ParameterType) {
    switch type {
    case .boolean: self = ["type": "boolean"]
    case .integer(let range):
      self = [
        "type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound),
      ]
    case .string: self = .text
    case .choice(let words): self = ["enum": .array(words.map { .string($0) })]
    case .date: self = ["type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"]
    case .version: self = ["type": "string", "pattern": "^[0-9]+([.][0-9]+)*$"]
    case .duration, .wait: self = ["type": "string", "pattern": "^[0-9]{1,9}(ms|s|m|h|d)$"]
    case .list(let element): self = ["type": "array", "items": JSONTree(element)]
    case .map(let keys, let values):
      self = [
        "type": "object", "propertyNames": JSONTree(keys), "additionalProperties": JSONTree(values),
      ]
    case .scalar: self = ["type": ["string", "integer", "number", "boolean"]]
    }
  }

  /// Text with something in it.
  static let text: JSONTree = ["type": "string", "pattern": "\\S"]

  /// The value that counts where none is given; lists and maps are left to their description.
  private init?(_ fallback: String, of type: ParameterType) {
    switch type {
    case .boolean: self = .boolean(fallback == "true")
    case .integer:
      guard let number = Int(fallback) else { return nil }
      self = .integer(number)
    case .string, .choice, .date, .version, .duration, .wait, .scalar: self = .string(fallback)
    case .list, .map: return nil
    }
  }
}
