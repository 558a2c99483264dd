package import Preflight

extension FactType {
  /// The value of this type that a JSON value is, or nothing where it is none; situations are left to facts files.
  package func value(of json: JSONValue) -> FactValue? {
    switch (self, json.content) {
    case (.boolean, .boolean(let flag)): .boolean(flag)
    case (.integer, .number(let digits)): Int(digits).map(FactValue.integer)
    case (.list, .array(let items)): .list(items.map(\.plain))
    case (.map, .object(let members)):
      .map(members.map { PlainValue.Entry($0.name, $0.value.plain) })
    case (.concealed(let type), _): type.value(of: json).map(FactValue.concealed)
    case (.boolean, _), (.integer, _): nil
    case (_, .string(let text)): value(of: text)
    default: nil
    }
  }
}

extension JSONValue {
  /// The value without its place.
  package var plain: PlainValue {
    switch content {
    case .null: .null
    case .boolean(let flag): .boolean(flag)
    case .number(let digits): .number(digits)
    case .string(let text): .text(text)
    case .array(let items): .list(items.map(\.plain))
    case .object(let members): .map(members.map { PlainValue.Entry($0.name, $0.value.plain) })
    }
  }
}
