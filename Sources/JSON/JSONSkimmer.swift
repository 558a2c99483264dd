package import Preflight

/// Reads JSON without building anything, for texts of a known shape that are read by the million.
///
/// It takes only what is plain: it gives up not only on what is not JSON, but on rare ways of writing too,
/// such as escapes in names, objects with very many members or deep nesting. Then ``JSONReader`` has to read
/// the text, and says what is wrong where. So it never accepts what that one refuses, and takes at most one
/// pass over the text.
///
/// It is not copied, as it holds all names that it has read.
package struct JSONSkimmer: ~Copyable {
  /// The text is not plain, or not JSON.
  package struct GivenUp: Error, Sendable {
    package init() {}
  }

  /// The name of a member, in ASCII and without escapes.
  package struct Name: Sendable {
    /// The place of its characters in ``JSONSkimmer/bytes``.
    package let range: Range<Int>
    /// Its ``FactName/digest``.
    package let digest: UInt64
  }

  /// A name that a member may have, looked at once for all texts.
  package struct KnownName: Sendable {
    fileprivate let text: [UInt8]
    /// Its ``FactName/digest``.
    package let digest: UInt64

    package init(_ text: String) {
      self.text = Array(text.utf8)
      digest = FactName(text).digest
    }

    /// Returns whether the name stands at that place, where one of its digest does.
    fileprivate func stands(at start: Int, in bytes: UnsafeRawBufferPointer) -> Bool {
      text.withUnsafeBytes { text in
        // Eight bytes at a time: the digest tells the last ones, fewer than eight, and the number of all.
        var offset = 0
        while offset + 8 <= text.count {
          guard
            text.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
              == bytes.loadUnaligned(fromByteOffset: start + offset, as: UInt64.self)
          else { return false }
          offset += 8
        }
        return true
      }
    }
  }

  /// The deepest nesting, less than ``JSONReader/depthLimit``.
  private static let deepest = 16

  /// The most members of an object: each name is compared with those before it.
  private static let mostMembers = 64

  private var scanner: JSONScanner
  /// The names so far, of the objects that are being read. Each object has them from some place on.
  private var names = Digests()
  private var depth = 0

  /// The digests of names. The first ones need no memory apart, and most texts have no others.
  private struct Digests {
    private var few = InlineArray<16, UInt64>(repeating: 0)
    private var others: [UInt64] = []
    private(set) var count = 0

    subscript(index: Int) -> UInt64 { index < few.count ? few[index] : others[index - few.count] }

    mutating func append(_ digest: UInt64) {
      if count < few.count { few[count] = digest } else { others.append(digest) }
      count += 1
    }

    mutating func removeAll(from first: Int) {
      if count > few.count { others.removeLast(others.count - max(0, first - few.count)) }
      count = first
    }
  }

  /// Starts reading the text. Returns nil if it is not UTF-8.
  ///
  /// - Parameter range: where the text is in the bytes; nil if it is all of them.
  package init?(_ bytes: [UInt8], in range: Range<Int>? = nil) {
    scanner = JSONScanner(bytes, range)
    guard isUTF8(range ?? bytes.indices) else { return nil }
  }

  private func isUTF8(_ range: Range<Int>) -> Bool {
    isASCII(range) || firstInvalidUTF8(in: Array(bytes[range])) == nil
  }

  private func isASCII(_ range: Range<Int>) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var offset = range.lowerBound
      var bits: UInt64 = 0
      while offset + 8 <= range.upperBound {
        bits |= buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        offset += 8
      }
      while offset < range.upperBound {
        bits |= UInt64(buffer[offset])
        offset += 1
      }
      return bits & 0x8080_8080_8080_8080 == 0
    }
  }

  /// The text.
  package var bytes: [UInt8] { scanner.bytes }

  /// Reads the end of the text, after its value.
  package mutating func end() throws(GivenUp) {
    scanner.skipBlanks()
    guard scanner.offset == scanner.end else { throw GivenUp() }
  }

  // MARK: - Objects and lists

  /// Reads an object. `read` is called at the value of each member and has to read it. No two names are equal.
  package mutating func object(
    _ read: (inout JSONSkimmer, Name) throws(GivenUp) -> Void
  ) throws(GivenUp) {
    try open("{")
    let first = names.count
    if !scanner.take("}") {
      repeat {
        let name = try name(after: first)
        try read(&self, name)
        scanner.skipBlanks()
      } while scanner.take(",")
      guard scanner.take("}") else { throw GivenUp() }
    }
    names.removeAll(from: first)
    depth -= 1
  }

  /// Reads a list. `read` is called at each element and has to read it.
  package mutating func array(_ read: (inout JSONSkimmer) throws(GivenUp) -> Void) throws(GivenUp) {
    try open("[")
    if !scanner.take("]") {
      repeat {
        try read(&self)
        scanner.skipBlanks()
      } while scanner.take(",")
      guard scanner.take("]") else { throw GivenUp() }
    }
    depth -= 1
  }

  private mutating func open(_ bracket: Unicode.Scalar) throws(GivenUp) {
    scanner.skipBlanks()
    guard depth < Self.deepest, scanner.take(bracket) else { throw GivenUp() }
    depth += 1
    scanner.skipBlanks()
  }

  /// Reads the name of a member and the colon. Names with equal digests are taken for equal.
  private mutating func name(after first: Int) throws(GivenUp) -> Name {
    scanner.skipBlanks()
    guard let range = scanner.plainString() else { throw GivenUp() }
    let digest = scanner.bytes.withUnsafeBufferPointer { FactName.digest(utf8: $0, range) }
    // Names that are not ASCII may be equal with different bytes.
    guard digest != 0, names.count - first < Self.mostMembers else { throw GivenUp() }
    for index in first..<names.count where names[index] == digest { throw GivenUp() }
    names.append(digest)
    scanner.skipBlanks()
    guard scanner.take(":") else { throw GivenUp() }
    scanner.skipBlanks()
    return Name(range: range, digest: digest)
  }

  /// Returns whether that is the name.
  package func isName(_ name: Name, _ known: KnownName) -> Bool {
    guard name.digest == known.digest, name.range.count == known.text.count else { return false }
    // The digest of a short name is all of it.
    guard known.text.count > 7 else { return true }
    return scanner.bytes.withUnsafeBytes { known.stands(at: name.range.lowerBound, in: $0) }
  }

  // MARK: - Single values

  /// Whether a string is next.
  package mutating func isAtString() -> Bool {
    scanner.skipBlanks()
    return scanner.peek == UInt8(ascii: "\"")
  }

  /// Reads `null` if it is next. Returns whether it was.
  package mutating func null() -> Bool {
    scanner.skipBlanks()
    return scanner.take(word: "null")
  }

  /// Reads `true` or `false`.
  package mutating func boolean() throws(GivenUp) -> Bool {
    scanner.skipBlanks()
    if scanner.take(word: "true") { return true }
    guard scanner.take(word: "false") else { throw GivenUp() }
    return false
  }

  /// Reads a number. Returns its digits, as they stand.
  package mutating func digits() throws(GivenUp) -> String {
    scanner.skipBlanks()
    guard let range = try? scanner.number() else { throw GivenUp() }
    return scanner.text(range)
  }

  /// Reads a string. Returns its characters, with escapes decoded.
  package mutating func text() throws(GivenUp) -> String {
    scanner.skipBlanks()
    if let range = scanner.plainString() { return scanner.text(range) }
    guard scanner.peek == UInt8(ascii: "\""), let text = try? scanner.string() else { throw GivenUp() }
    return text
  }

  /// Reads a string that is a date.
  package mutating func date() throws(GivenUp) -> CivilDate {
    guard let date = CivilDate(in: scanner.bytes, try plainText()) else { throw GivenUp() }
    return date
  }

  /// Reads a string without escapes. Returns where its characters are.
  package mutating func plainText() throws(GivenUp) -> Range<Int> {
    scanner.skipBlanks()
    guard let range = scanner.plainString() else { throw GivenUp() }
    return range
  }

  /// Reads a value of any kind, which is not needed.
  package mutating func skip() throws(GivenUp) {
    scanner.skipBlanks()
    switch scanner.peek {
    case UInt8(ascii: "{"): try object { skimmer, _ throws(GivenUp) in try skimmer.skip() }
    case UInt8(ascii: "["): try array { skimmer throws(GivenUp) in try skimmer.skip() }
    case UInt8(ascii: "\""): if scanner.plainString() == nil { _ = try text() }
    case UInt8(ascii: "t"), UInt8(ascii: "f"): _ = try boolean()
    case UInt8(ascii: "n"): guard null() else { throw GivenUp() }
    default: _ = try digits()
    }
  }
}
