/// A JSON value that is put together freely, as schemas are.
indirect enum JSONTree: Encodable, Sendable {
  case string(String)
  case integer(Int)
  case boolean(Bool)
  case array([JSONTree])
  case object([String: JSONTree])

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .string(let text): try container.encode(text)
    case .integer(let number): try container.encode(number)
    case .boolean(let flag): try container.encode(flag)
    case .array(let items): try container.encode(items)
    case .object(let members): try container.encode(members)
    }
  }

  /// The same object with more members.
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
