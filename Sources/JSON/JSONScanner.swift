/// The grammar of JSON below objects and lists (RFC 8259): words, numbers, strings and the blanks between them.
///
/// Both readers use it: ``JSONReader``, which builds a tree and knows what is wrong where, and ``JSONSkimmer``, which builds nothing.
struct JSONScanner {
  let bytes: [UInt8]
  var offset: Int

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    // A byte order mark may be ignored (RFC 8259, section 8.1).
    self.offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  // MARK: - Words and numbers

  /// Reads that word. Returns false, without reading anything, if something else stands there.
  mutating func take(word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard bytes.count - offset >= count else { return false }
    let isThere = word.withUTF8Buffer { word in
      bytes.withUnsafeBufferPointer { $0[offset..<(offset + count)].elementsEqual(word) }
    }
    if isThere { offset += count }
    return isThere
  }

  /// Reads a number. Returns where its digits are.
  mutating func number() throws(JSONFault) -> Range<Int> {
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
    return start..<offset
  }

  private mutating func digits() -> Int {
    let start = offset
    while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { offset += 1 }
    return offset - start
  }

  // MARK: - Strings

  /// Reads a string, with escapes decoded.
  mutating func string() throws(JSONFault) -> String {
    let start = offset
    if let plain = plainString() { return text(plain) }
    offset += 1
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

  /// Reads a string without escapes, as most are. Returns where its characters are, or nil, without reading anything, if it
  /// has any, is not closed, or is not a string.
  mutating func plainString() -> Range<Int>? {
    let start = offset + 1
    let end = bytes.withUnsafeBufferPointer { buffer -> Int? in
      guard start <= buffer.count, buffer[start - 1] == UInt8(ascii: "\"") else { return nil }
      var end = start
      while end < buffer.count {
        let byte = buffer[end]
        if byte == UInt8(ascii: "\"") { return end }
        guard byte >= 0x20, byte != UInt8(ascii: "\\") else { return nil }
        end += 1
      }
      return nil
    }
    guard let end else { return nil }
    offset = end + 1
    return start..<end
  }

  /// Returns the characters that stand there.
  func text(_ range: Range<Int>) -> String {
    bytes.withUnsafeBufferPointer { String(decoding: $0[range], as: UTF8.self) }
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

  var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard let byte = peek, UInt32(byte) == character.value else { return false }
    offset += 1
    return true
  }

  mutating func skipBlanks() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
  }

  func unexpected() -> JSONFault {
    fault(peek == nil ? .endOfText : .unexpectedCharacter, at: offset)
  }

  func fault(_ reason: JSONFault.Reason, at offset: Int) -> JSONFault {
    JSONFault(reason: reason, offset: offset)
  }
}
