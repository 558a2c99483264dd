import Preflight

/// An INI file, such as a `SESAM.INI` or a `galss.ini`: sections with keys and values.
///
/// The parser works on Unicode scalars because a carriage return and a line feed, or a sign and a combining accent,
/// form one `Character`.
package struct INIFile: Sendable {
  /// The largest size of such a file, in bytes.
  package static let sizeLimit = 64 * 1024

  /// One line of the file that gives a value.
  package struct Entry: Sendable, Hashable {
    /// The section, in lower case. Nil before the first one and after a malformed one.
    package let section: String?
    /// The key, in lower case.
    package let key: String
    /// The value as written, without quotes and comments. It may be empty.
    package let value: String
  }

  /// The lines that give values, in the order of the file.
  package let entries: [Entry]
  /// The names of the sections, in lower case, in the order of the file.
  package let sections: [String]

  /// Reads UTF-8 with or without a byte order mark, otherwise Latin-1. Malformed lines are skipped.
  package init(_ bytes: [UInt8]) {
    let text =
      firstInvalidUTF8(in: bytes) == nil ? String(decoding: bytes, as: UTF8.self) : String(latin1: bytes)
    var section: String?
    var sections: [String] = []
    var entries: [Entry] = []
    for line in text.unicodeScalars.split(whereSeparator: { $0 == "\n" || $0 == "\r" || $0 == "\u{FEFF}" }) {
      let line = Self.trimmed(line)
      if Self.isComment(line.first) { continue }
      if line.first == "[" {
        section = line.firstIndex(of: "]").map { Self.name(line[..<$0].dropFirst()) }
        if let section, !sections.contains(section) { sections.append(section) }
      } else if let sign = line.firstIndex(of: "=") {
        entries.append(
          Entry(
            section: section, key: Self.name(line[..<sign]), value: Self.value(line[sign...].dropFirst())))
      }
    }
    self.entries = entries
    self.sections = sections
  }

  /// Returns the values of a key in a section, without the empty ones. Both names are in lower case.
  package func values(of key: String, in section: String) -> [String] {
    entries.filter { $0.section == section && $0.key == key && !$0.value.isEmpty }.map(\.value)
  }

  private typealias Scalars = Substring.UnicodeScalarView

  /// The content of a value: the text between its quotes, otherwise the text before a comment.
  private static func value(_ written: Scalars) -> String {
    let written = trimmed(written)
    if let quote = written.first, quote == "\"" || quote == "'",
      let end = written.dropFirst().firstIndex(of: quote)
    {
      return String(trimmed(written[..<end].dropFirst()))
    }
    // A comment sign inside a word is part of the path.
    var previous: Unicode.Scalar = " "
    let end = written.indices.first { index in
      defer { previous = written[index] }
      return isComment(written[index]) && isBlank(previous)
    }
    return String(trimmed(written[..<(end ?? written.endIndex)]))
  }

  private static func name(_ written: Scalars) -> String { String(trimmed(written)).lowercased() }

  private static func trimmed(_ scalars: Scalars) -> Scalars {
    guard let first = scalars.firstIndex(where: { !isBlank($0) }),
      let last = scalars.lastIndex(where: { !isBlank($0) })
    else { return Scalars() }
    return scalars[first...last]
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }
  private static func isComment(_ scalar: Unicode.Scalar?) -> Bool { scalar == ";" || scalar == "#" }
}

extension String {
  /// Decodes bytes as Latin-1, in which every byte is a character.
  package init(latin1 bytes: some Sequence<UInt8>) {
    var scalars = UnicodeScalarView()
    scalars.append(contentsOf: bytes.lazy.map { Unicode.Scalar($0) })
    self.init(scalars)
  }
}
