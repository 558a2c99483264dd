package import Preflight

/// Writes JSON (RFC 8259) directly into a buffer. All JSON of the program is written by this type.
///
/// A writer can be cleared and used again, and keeps its buffer.
package struct JSONWriter: Sendable {
  /// How much white space is written.
  package enum Layout: Sendable {
    /// One line, without spaces.
    case compact
    /// One line, with a space after each comma and colon.
    case spaced
    /// One member or element per line, indented by two spaces.
    case indented
  }

  /// The JSON written so far, in UTF-8.
  package private(set) var bytes: [UInt8] = []

  private let layout: Layout
  /// Whether the members of objects are sorted by name, so that equal documents are equal texts.
  private let isSorted: Bool
  /// The members of the current object if they are sorted: their names and start positions.
  private var members: [(name: String, start: Int)] = []
  private var depth = 0

  /// - Parameter isSorted: whether members are sorted by name. Those of a fact's own map (``PlainValue``) keep
  ///   their order.
  package init(_ layout: Layout = .compact, isSorted: Bool = false) {
    self.layout = layout
    self.isSorted = isSorted
  }

  /// The JSON written so far.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Removes the JSON written so far and keeps the buffer.
  package mutating func clear() { bytes.removeAll(keepingCapacity: true) }

  /// Ends a line, between two documents.
  package mutating func endLine() { bytes.append(UInt8(ascii: "\n")) }

  // MARK: - Single values

  /// Writes `null`.
  package mutating func null() { raw("null") }

  /// Writes `true` or `false`.
  package mutating func boolean(_ flag: Bool) { raw(flag ? "true" : "false") }

  /// Writes a whole number in decimal digits.
  package mutating func number(_ number: Int) {
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    self.number(number.magnitude)
  }

  /// Writes a whole number in decimal digits.
  package mutating func number(_ number: UInt) {
    if number >= 10 { self.number(number / 10) }
    bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
  }

  /// Writes a number in its original digits, whatever its size or precision: `1e400`, `2.50`.
  package mutating func number(digits: String) { bytes.append(contentsOf: digits.utf8) }

  /// Writes a string in quotes. Characters that are invisible in a terminal or an editor are escaped.
  package mutating func string(_ text: String) {
    let start = bytes.count
    guard !quoted(text), text.unicodeScalars.contains(where: \.isUnseen) else { return }
    let escaped = escapingUnseen(inJSON: String(decoding: bytes[start...], as: UTF8.self))
    bytes.replaceSubrange(start..., with: escaped.utf8)
  }

  /// Writes the string whose UTF-8 `write` adds to the bytes, as ``string(_:)`` does. No `String` is made of plain words.
  package mutating func string(_ write: (inout [UInt8]) -> Void) {
    let quote = bytes.count
    bytes.append(UInt8(ascii: "\""))
    write(&bytes)
    guard isWrittenPlainly(from: quote + 1) else {
      let text = String(decoding: bytes[(quote + 1)...], as: UTF8.self)
      bytes.removeSubrange(quote...)
      return string(text)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Writes members that were encoded before.
  package mutating func members(_ members: JSONMembers) {
    guard layout == .compact, !isSorted else { return members.write(&self) }
    members.bytes.withUnsafeBufferPointer { encoded in
      guard !encoded.isEmpty else { return }
      separate(after: UInt8(ascii: "{"))
      bytes.append(contentsOf: encoded)
    }
  }

  // MARK: - Lists and objects

  /// Writes a list, calling `write` for each element.
  package mutating func list<Element>(
    _ elements: [Element], _ write: (inout JSONWriter, Element) -> Void
  ) {
    list { json in for element in elements { json.element { write(&$0, element) } } }
  }

  /// Writes a list of the elements that `write` adds by ``element(_:)``.
  package mutating func list(_ write: (inout JSONWriter) -> Void) {
    open(UInt8(ascii: "["))
    write(&self)
    close(with: UInt8(ascii: "]"), after: UInt8(ascii: "["))
  }

  /// Writes an element of a list, calling `write` for its value.
  package mutating func element(_ write: (inout JSONWriter) -> Void) {
    separate(after: UInt8(ascii: "["))
    write(&self)
  }

  /// Writes an object with the members that `write` adds by ``member(_:_:)``.
  package mutating func object(_ write: (inout JSONWriter) -> Void) {
    guard isSorted else { return unsortedObject(write) }
    let outer = members
    members = []
    open(UInt8(ascii: "{"))
    let start = bytes.count
    write(&self)
    sortMembers(from: start)
    close(with: UInt8(ascii: "}"), after: UInt8(ascii: "{"))
    members = outer
  }

  private mutating func unsortedObject(_ write: (inout JSONWriter) -> Void) {
    open(UInt8(ascii: "{"))
    write(&self)
    close(with: UInt8(ascii: "}"), after: UInt8(ascii: "{"))
  }

  /// Writes a member of an object, calling `write` for its value.
  package mutating func member(_ name: String, _ write: (inout JSONWriter) -> Void) {
    begin(name)
    write(&self)
  }

  /// Writes the name of a member, as it was encoded before.
  private mutating func begin(_ name: JSONName) {
    guard layout == .compact, !isSorted else { return begin(name.text) }
    separate(after: UInt8(ascii: "{"))
    name.bytes.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
  }

  /// Writes the name of a member.
  private mutating func begin(_ name: String) {
    if isSorted { members.append((name, bytes.count)) } else { separate(after: UInt8(ascii: "{")) }
    string(name)
    colon()
  }

  /// Writes a member of an object, calling `write` for its value.
  package mutating func member(_ name: JSONName, _ write: (inout JSONWriter) -> Void) {
    begin(name)
    write(&self)
  }

  /// Writes a member of an object.
  package mutating func member(_ name: JSONName, _ value: String) {
    begin(name)
    string(value)
  }

  /// Writes a member of an object.
  package mutating func member(_ name: JSONName, _ value: Int) {
    begin(name)
    number(value)
  }

  // Each of these does for one type what the last one does for all, which is slower because it does not know
  // the type.

  /// Writes a member of an object.
  package mutating func member(_ name: String, _ value: String) {
    begin(name)
    string(value)
  }

  /// Writes a member of an object.
  package mutating func member(_ name: String, _ value: Int) {
    begin(name)
    number(value)
  }

  /// Writes a member of an object.
  package mutating func member(_ name: String, _ value: Bool) {
    begin(name)
    boolean(value)
  }

  /// Writes a member of an object.
  package mutating func member(_ name: String, _ value: some JSONWritable) {
    member(name) { value.write(to: &$0) }
  }

  /// Writes a member of an object, or nothing if the value is nil.
  package mutating func member(_ name: String, _ value: (some JSONWritable)?) {
    if let value { member(name, value) }
  }

  /// Sorts the members written since `start`, together with the white space between them.
  private mutating func sortMembers(from start: Int) {
    let ends = members.dropFirst().map(\.start) + [bytes.count]
    let written = zip(members, ends).map { (name: $0.name, bytes: Array(bytes[$0.start..<$1])) }
    bytes.removeSubrange(start...)
    for member in written.sorted(by: { $0.name < $1.name }) {
      separate(after: UInt8(ascii: "{"))
      bytes.append(contentsOf: member.bytes)
    }
  }

  /// Writes a value of any shape. Numbers keep their digits and members their order.
  package mutating func plain(_ value: PlainValue) {
    switch value {
    case .null: null()
    case .boolean(let flag): boolean(flag)
    case .number(let digits): number(digits: digits)
    case .text(let text): string(text)
    case .list(let items): list(items) { $0.plain($1) }
    case .map(let entries):
      unsortedObject { json in
        for entry in entries {
          json.separate(after: UInt8(ascii: "{"))
          json.string(entry.name)
          json.colon()
          json.plain(entry.value)
        }
      }
    }
  }

  // MARK: - Characters

  private mutating func raw(_ json: StaticString) {
    json.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  private mutating func open(_ bracket: UInt8) {
    bytes.append(bracket)
    depth += 1
  }

  /// Writes the separator before an element: no comma before the first one, which follows the bracket.
  private mutating func separate(after bracket: UInt8) {
    let isFirst = bytes.last == bracket
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    switch layout {
    case .compact: break
    case .spaced: if !isFirst { bytes.append(UInt8(ascii: " ")) }
    case .indented: newLine()
    }
  }

  private mutating func colon() {
    switch layout {
    case .compact: bytes.append(UInt8(ascii: ":"))
    case .spaced: raw(": ")
    case .indented: raw(" : ")
    }
  }

  private mutating func close(with bracket: UInt8, after opening: UInt8) {
    depth -= 1
    if layout == .indented {
      if bytes.last == opening { bytes.append(UInt8(ascii: "\n")) }
      newLine()
    }
    bytes.append(bracket)
  }

  private mutating func newLine() {
    bytes.append(UInt8(ascii: "\n"))
    for _ in 0..<depth { raw("  ") }
  }

  /// Returns whether every character can be seen for certain, as letters and signs of French and English can.
  private mutating func quoted(_ text: String) -> Bool {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    let areSeen = text.withUTF8 { quoted($0) }
    bytes.append(UInt8(ascii: "\""))
    return areSeen
  }

  private mutating func quoted(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
    var areSeen = true
    var start = 0
    var index = PlainBytes.end(from: 0, upTo: utf8.count, in: UnsafeRawBufferPointer(utf8))
    while index < utf8.count {
      let byte = utf8[index]
      if byte >= 0x7F {
        if byte >= 0xC0 || byte == 0x7F { areSeen = areSeen && Self.isSeen(at: index, in: utf8) }
      } else {
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<index]))
        escape(byte)
        start = index + 1
      }
      index = PlainBytes.end(from: index + 1, upTo: utf8.count, in: UnsafeRawBufferPointer(utf8))
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start...]))
    return areSeen
  }

  /// Whether the bytes from there on are characters that no string escapes, and that can all be seen.
  private func isWrittenPlainly(from start: Int) -> Bool {
    bytes.withUnsafeBufferPointer { utf8 in
      var index = PlainBytes.end(from: start, upTo: utf8.count, in: UnsafeRawBufferPointer(utf8))
      while index < utf8.count {
        let isPlain = utf8[index] >= 0x80 && (utf8[index] < 0xC0 || Self.isSeen(at: index, in: utf8))
        guard isPlain else { return false }
        index = PlainBytes.end(from: index + 1, upTo: utf8.count, in: UnsafeRawBufferPointer(utf8))
      }
      return true
    }
  }

  /// Whether a character of some common ones begins there: U+00AE to U+02FF, or U+2010 to U+2027, or a space at which no line
  /// breaks, or `«`.
  private static func isSeen(at index: Int, in utf8: UnsafeBufferPointer<UInt8>) -> Bool {
    switch utf8[index] {
    case 0xC2: (0xA0...0xAC).contains(utf8[index + 1]) || utf8[index + 1] >= 0xAE
    case 0xC3...0xCB: true
    case 0xE2: utf8[index + 1] == 0x80 && (0x90...0xA7).contains(utf8[index + 2])
    default: false
    }
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case 0x22: raw("\\\"")
    case 0x5C: raw("\\\\")
    case 0x0A: raw("\\n")
    case 0x0D: raw("\\r")
    case 0x09: raw("\\t")
    default:
      raw(byte < 0x10 ? "\\u000" : "\\u00")
      bytes.append(contentsOf: String(byte, radix: 16).utf8)
    }
  }
}
