import Preflight

/// Reads JSON exactly as RFC 8259 defines it: no comments, no trailing commas, no repeated keys.
package struct JSONReader {
  /// The deepest nesting that is accepted, so that no text can exhaust the stack.
  package static let depthLimit = 64

  private let bytes: [UInt8]
  private var offset: Int

  /// Parses `bytes` as a single JSON value.
  ///
  /// - Throws: `JSONFault` if they are not valid JSON.
  package static func read(_ bytes: [UInt8]) throws(JSONFault) -> JSONValue {
    var reader = JSONReader(bytes)
    if let invalid = firstInvalidUTF8(in: bytes) { throw reader.fault(.notUTF8, at: invalid) }
    let value = try reader.value(depth: 0)
    reader.skipBlanks()
    guard reader.offset == bytes.count else { throw reader.fault(.trailingText, at: reader.offset) }
    return value
  }

  /// Returns the first member of that name of the object at the start of `bytes`. Parsing stops at the first error,
  /// so that the subject of a text may be known even if the text is invalid. Returns nil if the member was not
  /// found.
  package static func firstMember(_ name: String, ofObjectIn bytes: [UInt8]) -> JSONValue? {
    var reader = JSONReader(bytes)
    reader.skipBlanks()
    guard reader.take("{") else { return nil }
    repeat {
      reader.skipBlanks()
      guard reader.peek == UInt8(ascii: "\""), let key = try? reader.string() else { return nil }
      reader.skipBlanks()
      guard reader.take(":"), let value = try? reader.value(depth: 1) else { return nil }
      if key == name { return value }
      reader.skipBlanks()
    } while reader.take(",")
    return nil
  }

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
    // A byte order mark may be ignored (RFC 8259, section 8.1).
    self.offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  // MARK: - Values

  private mutating func value(depth: Int) throws(JSONFault) -> JSONValue {
    skipBlanks()
    let start = offset
    guard depth <= Self.depthLimit else { throw fault(.tooDeep, at: start) }
    let content: JSONValue.Content
    switch peek {
    case UInt8(ascii: "{"): content = try object(depth: depth)
    case UInt8(ascii: "["): content = try array(depth: depth)
    case UInt8(ascii: "\""): content = .string(try string())
    case UInt8(ascii: "t"): content = try word("true", .boolean(true))
    case UInt8(ascii: "f"): content = try word("false", .boolean(false))
    case UInt8(ascii: "n"): content = try word("null", .null)
    case UInt8(ascii: "-"), .some(UInt8(ascii: "0")...UInt8(ascii: "9")): content = .number(try number())
    case nil: throw fault(.endOfText, at: start)
    default: throw fault(.unexpectedCharacter, at: start)
    }
    return JSONValue(content: content, offset: start)
  }

  private mutating func object(depth: Int) throws(JSONFault) -> JSONValue.Content {
    offset += 1
    var members: [JSONValue.Member] = []
    var names = Names()
    skipBlanks()
    if take("}") { return .object([]) }
    repeat {
      skipBlanks()
      let start = offset
      guard peek == UInt8(ascii: "\"") else { throw unexpected() }
      let name = try string()
      guard names.insert(name, after: members) else { throw fault(.duplicateKey(name), at: start) }
      skipBlanks()
      guard take(":") else { throw unexpected() }
      let value = try value(depth: depth + 1)
      members.append(JSONValue.Member(name: name, nameOffset: start, value: value))
      skipBlanks()
    } while take(",")
    guard take("}") else { throw unexpected() }
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
    offset += 1
    var values: [JSONValue] = []
    skipBlanks()
    if take("]") { return .array([]) }
    repeat {
      values.append(try value(depth: depth + 1))
      skipBlanks()
    } while take(",")
    guard take("]") else { throw unexpected() }
    return .array(values)
  }

  private mutating func word(
    _ word: String, _ content: JSONValue.Content
  ) throws(JSONFault) -> JSONValue.Content {
    guard bytes[offset...].starts(with: word.utf8) else { throw fault(.unexpectedCharacter, at: offset) }
    offset += word.utf8.count
    return content
  }

  private mutating func number() throws(JSONFault) -> String {
    let start = offset
    _ = take("-")
    let integer = digits()
    guard integer > 0, integer == 1 || bytes[offset - integer] != UInt8(ascii: "0") else {
      throw fault(.badNumber, at: start)
    }
    if take("."), digits() == 0 { throw fault(.badNumber, at: start) }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      if digits() == 0 { throw fault(.badNumber, at: start) }
    }
    return String(decoding: bytes[start..<offset], as: UTF8.self)
  }

  private mutating func digits() -> Int {
    let start = offset
    while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { offset += 1 }
    return offset - start
  }

  // MARK: - Strings

  private mutating func string() throws(JSONFault) -> String {
    let start = offset
    offset += 1
    if let plain = plainString() { return plain }
    var characters: [UInt8] = []
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "\""):
        offset += 1
        return String(decoding: characters, as: UTF8.self)
      case UInt8(ascii: "\\"):
        characters.append(contentsOf: String(try escaped()).utf8)
      case 0..<0x20: throw fault(.controlCharacter, at: offset)
      default:
        characters.append(byte)
        offset += 1
      }
    }
    throw fault(.endOfText, at: start)
  }

  /// Reads the rest of a string without escapes, as most are. Returns nil, without reading anything, if it has any.
  private mutating func plainString() -> String? {
    bytes.withUnsafeBufferPointer { buffer in
      var end = offset
      while end < buffer.count {
        let byte = buffer[end]
        if byte == UInt8(ascii: "\"") {
          defer { offset = end + 1 }
          return String(decoding: buffer[offset..<end], as: UTF8.self)
        }
        guard byte >= 0x20, byte != UInt8(ascii: "\\") else { return nil }
        end += 1
      }
      return nil
    }
  }

  private mutating func escaped() throws(JSONFault) -> Unicode.Scalar {
    let start = offset
    offset += 1
    guard let byte = peek else { throw fault(.endOfText, at: start) }
    offset += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let first = try hexadecimal(from: start)
      if let scalar = Unicode.Scalar(first) { return scalar }
      // Only the first half of a surrogate pair may come first, and the second half must follow.
      guard first < 0xDC00, take("\\"), take("u") else { throw fault(.badEscape, at: start) }
      let second = try hexadecimal(from: start)
      guard (0xDC00...0xDFFF).contains(second),
        let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
      else { throw fault(.badEscape, at: start) }
      return scalar
    default: throw fault(.badEscape, at: start)
    }
  }

  private mutating func hexadecimal(from start: Int) throws(JSONFault) -> UInt32 {
    let end = offset + 4
    guard end <= bytes.count else { throw fault(.endOfText, at: start) }
    let digits = bytes[offset..<end]
    guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw fault(.badEscape, at: start) }
    offset = end
    return value
  }

  // MARK: - Bytes and places

  private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard let byte = peek, UInt32(byte) == character.value else { return false }
    offset += 1
    return true
  }

  private mutating func skipBlanks() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
  }

  private func unexpected() -> JSONFault {
    fault(peek == nil ? .endOfText : .unexpectedCharacter, at: offset)
  }

  private func fault(_ reason: JSONFault.Reason, at offset: Int) -> JSONFault {
    JSONFault(reason: reason, offset: offset)
  }
}
