import JSON

/// A JSON value that is built freely, such as a schema.
indirect enum JSONTree: JSONWritable, Sendable {
  case string(String)
  case integer(Int)
  case boolean(Bool)
  case array([JSONTree])
  case object([String: JSONTree])

  func write(to json: inout JSONWriter) {
    switch self {
    case .string(let text): json.string(text)
    case .integer(let number): json.number(number)
    case .boolean(let flag): json.boolean(flag)
    case .array(let items): items.write(to: &json)
    case .object(let members): members.write(to: &json)
    }
  }

  /// Returns the same object with more members.
  func with(_ members: [String: JSONTree]) -> JSONTree {
    guard case .object(let own) = self else { return self }
    return .object(own.merging(members) { $1 })
  }
}

extension JSONTree: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  init(stringLiteral text: String) { self = .string(text) }
  init(booleanLiteral flag: Bool) { self = .boolean(flag) }
  init(integerLiteral number: Int) { self = .integer(number) }
  init(arrayLiteral items: JSONTree...) { self = .array(items) }
  init(dictionaryLiteral members: (String, JSONTree)...) {
    self = .object(Dictionary(members, uniquingKeysWith: { first, _ in first }))
  }
}
