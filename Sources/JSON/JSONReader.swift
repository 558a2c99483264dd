import Preflight

/// Reads JSON exactly as RFC 8259 defines it: no comments, no trailing commas, no repeated keys.
package struct JSONReader {
  /// The deepest nesting that is accepted, so that no text can exhaust the stack.
  package static let depthLimit = 64

  private var scanner: JSONScanner

  /// Parses `bytes` as a single JSON value.
  ///
  /// - Throws: `JSONFault` if they are not valid JSON.
  package static func read(_ bytes: [UInt8]) throws(JSONFault) -> JSONValue {
    var reader = JSONReader(bytes)
    if let invalid = firstInvalidUTF8(in: bytes) { throw reader.scanner.fault(.notUTF8, at: invalid) }
    let value = try reader.value(depth: 0)
    reader.scanner.skipBlanks()
    guard reader.scanner.offset == bytes.count else {
      throw reader.scanner.fault(.trailingText, at: reader.scanner.offset)
    }
    return value
  }

  /// Returns the first member of that name of the object at the start of `bytes`. Parsing stops at the first error,
  /// so that the subject of a text may be known even if the text is invalid. Returns nil if the member was not
  /// found.
  package static func firstMember(_ name: String, ofObjectIn bytes: [UInt8]) -> JSONValue? {
    var reader = JSONReader(bytes)
    reader.scanner.skipBlanks()
    guard reader.scanner.take("{") else { return nil }
    repeat {
      reader.scanner.skipBlanks()
      guard reader.scanner.peek == UInt8(ascii: "\""), let key = try? reader.scanner.string() else {
        return nil
      }
      reader.scanner.skipBlanks()
      guard reader.scanner.take(":"), let value = try? reader.value(depth: 1) else { return nil }
      if key == name { return value }
      reader.scanner.skipBlanks()
    } while reader.scanner.take(",")
    return nil
  }

  private init(_ bytes: [UInt8]) { scanner = JSONScanner(bytes) }

  // MARK: - Values

  private mutating func value(depth: Int) throws(JSONFault) -> JSONValue {
    scanner.skipBlanks()
    let start = scanner.offset
    guard depth <= Self.depthLimit else { throw scanner.fault(.tooDeep, at: start) }
    let content: JSONValue.Content
    switch scanner.peek {
    case UInt8(ascii: "{"): content = try object(depth: depth)
    case UInt8(ascii: "["): content = try array(depth: depth)
    case UInt8(ascii: "\""): content = .string(try scanner.string())
    case UInt8(ascii: "t"): content = try word("true", .boolean(true))
    case UInt8(ascii: "f"): content = try word("false", .boolean(false))
    case UInt8(ascii: "n"): content = try word("null", .null)
    case UInt8(ascii: "-"), .some(UInt8(ascii: "0")...UInt8(ascii: "9")):
      content = .number(scanner.text(try scanner.number()))
    case nil: throw scanner.fault(.endOfText, at: start)
    default: throw scanner.fault(.unexpectedCharacter, at: start)
    }
    return JSONValue(content: content, offset: start)
  }

  private mutating func object(depth: Int) throws(JSONFault) -> JSONValue.Content {
    scanner.offset += 1
    var members: [JSONValue.Member] = []
    var names = Names()
    scanner.skipBlanks()
    if scanner.take("}") { return .object([]) }
    repeat {
      scanner.skipBlanks()
      let start = scanner.offset
      guard scanner.peek == UInt8(ascii: "\"") else { throw scanner.unexpected() }
      let name = try scanner.string()
      guard names.insert(name, after: members) else { throw scanner.fault(.duplicateKey(name), at: start) }
      scanner.skipBlanks()
      guard scanner.take(":") else { throw scanner.unexpected() }
      let value = try value(depth: depth + 1)
      members.append(JSONValue.Member(name: name, nameOffset: start, value: value))
      scanner.skipBlanks()
    } while scanner.take(",")
    guard scanner.take("}") else { throw scanner.unexpected() }
    return .object(members)
  }

  /// The names of an object's members. If there are few, comparing is faster than hashing.
  private struct Names {
    private var all: Set<String> = []

    /// Adds a name to those of `members`. Returns false if it is already there.
    mutating func insert(_ name: String, after members: [JSONValue.Member]) -> Bool {
      guard members.count >= 24 else { return !members.contains { $0.name == name } }
      if members.count == 24 { all = Set(members.map(\.name)) }
      return all.insert(name).inserted
    }
  }

  private mutating func array(depth: Int) throws(JSONFault) -> JSONValue.Content {
    scanner.offset += 1
    var values: [JSONValue] = []
    scanner.skipBlanks()
    if scanner.take("]") { return .array([]) }
    repeat {
      values.append(try value(depth: depth + 1))
      scanner.skipBlanks()
    } while scanner.take(",")
    guard scanner.take("]") else { throw scanner.unexpected() }
    return .array(values)
  }

  private mutating func word(
    _ word: StaticString, _ content: JSONValue.Content
  ) throws(JSONFault) -> JSONValue.Content {
    guard scanner.take(word: word) else { throw scanner.fault(.unexpectedCharacter, at: scanner.offset) }
    return content
  }
}
