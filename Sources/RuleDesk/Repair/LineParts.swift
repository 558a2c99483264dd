/// A line of YAML as people write it: spaces, perhaps a dash, perhaps a key, and the rest.
struct LineParts {
  let indentation: Int
  let hasDash: Bool
  /// What comes after the dash.
  let content: String
  /// The first word, if it could be a key.
  let key: String
  /// What comes right after the key.
  let rest: String

  init(_ line: some StringProtocol) {
    // Works on bytes for speed: lines may be long and numerous.
    let bytes = line.utf8
    var start = bytes.startIndex
    while start != bytes.endIndex, bytes[start] == 0x20 { start = bytes.index(after: start) }
    indentation = bytes.distance(from: bytes.startIndex, to: start)
    hasDash =
      start != bytes.endIndex && bytes[start] == 0x2D
      && (bytes.index(after: start) == bytes.endIndex || bytes[bytes.index(after: start)] == 0x20)
    if hasDash {
      start = bytes.index(after: start)
      while start != bytes.endIndex, bytes[start] == 0x20 { start = bytes.index(after: start) }
    }
    var end = start
    while end != bytes.endIndex, Self.isOfKey(bytes[end]) { end = bytes.index(after: end) }
    content = String(line[start...])
    key = String(line[start..<end])
    rest = String(line[end...])
  }

  private static func isOfKey(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || byte == 0x5F
  }

  /// Everything before the content.
  func prefix(of line: some StringProtocol) -> String {
    String(decoding: line.utf8.dropLast(content.utf8.count), as: UTF8.self)
  }

  /// Whether there is nothing to read: an empty line or a comment.
  var isBlank: Bool { content.isEmpty || content.hasPrefix("#") }

  /// The column in which the content begins, from 0.
  var contentIndentation: Int { hasDash ? indentation + 2 : indentation }
}
