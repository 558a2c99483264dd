/// The grammar of JSON below objects and lists (RFC 8259): words, numbers, strings and the blanks between them.
///
/// Both readers use it: ``JSONReader``, which builds a tree and knows what is wrong where, and ``JSONSkimmer``, which builds nothing.
struct JSONScanner {
  let bytes: [UInt8]
  var offset: Int
  /// The end of the text, which may be a part of the ``bytes``.
  let end: Int

  /// - Parameter range: where the text is in the bytes; nil if it is all of them.
  init(_ bytes: [UInt8], _ range: Range<Int>? = nil) {
    self.bytes = bytes
    offset = range?.lowerBound ?? 0
    end = range?.upperBound ?? bytes.count
    // A byte order mark may be ignored (RFC 8259, section 8.1).
    if end - offset >= 3, bytes[offset] == 0xEF, bytes[offset + 1] == 0xBB, bytes[offset + 2] == 0xBF {
      offset += 3
    }
  }

  // MARK: - Words and numbers

  /// Reads that word. Returns false, without reading anything, if something else is there.
  mutating func take(word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard end - offset >= count else { return false }
    let isThere = word.withUTF8Buffer { word in
      bytes.withUnsafeBufferPointer { bytes in word.indices.allSatisfy { bytes[offset + $0] == word[$0] } }
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
    guard peek == UInt8(ascii: "\"") else { return nil }
    let close = bytes.withUnsafeBytes { buffer -> Int in
      var offset = PlainBytes.end(from: start, upTo: end, in: buffer)
      // Characters outside ASCII may be plain, too.
      while offset < end, buffer[offset] >= 0x7F {
        offset = PlainBytes.end(from: offset + 1, upTo: end, in: buffer)
      }
      return offset
    }
    guard close < end, bytes[close] == UInt8(ascii: "\"") else { return nil }
    offset = close + 1
    return start..<close
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
    guard end - offset >= 4 else { throw fault(.endOfText, at: start) }
    let digits = bytes[offset..<(offset + 4)]
    guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw fault(.badEscape, at: start) }
    offset += 4
    return value
  }

  // MARK: - Bytes and places

  var peek: UInt8? { offset < end ? bytes[offset] : nil }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard let byte = peek, UInt32(byte) == character.value else { return false }
    offset += 1
    return true
  }

  @inline(__always)
  mutating func skipBlanks() {
    // Usually there is none.
    if offset < end, bytes[offset] > 0x20 { return }
    skipAllBlanks()
  }

  private mutating func skipAllBlanks() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
  }

  func unexpected() -> JSONFault {
    fault(peek == nil ? .endOfText : .unexpectedCharacter, at: offset)
  }

  func fault(_ reason: JSONFault.Reason, at offset: Int) -> JSONFault {
    JSONFault(reason: reason, offset: offset)
  }
}
