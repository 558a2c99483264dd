import Preflight

/// The part of a `SESAM.INI` that says where ADM files are: `RepertoireTravail=` in `[COMMUN]`.
///
/// The parser works on Unicode scalars because a carriage return and a line feed, or a sign and a combining accent,
/// form one `Character`.
struct SesamINI: Sendable {
  /// The folders as written, without quotes and comments. Empty ones are left out.
  let workFolders: [String]

  /// Reads UTF-8 with or without a byte order mark, otherwise Latin-1. Malformed lines are skipped.
  init(_ bytes: [UInt8]) {
    let text =
      firstInvalidUTF8(in: bytes) == nil ? String(decoding: bytes, as: UTF8.self) : String(latin1: bytes)
    var section: String?
    var folders: [String] = []
    for line in text.unicodeScalars.split(whereSeparator: { $0 == "\n" || $0 == "\r" || $0 == "\u{FEFF}" }) {
      let line = Self.trimmed(line)
      if Self.isComment(line.first) { continue }
      if line.first == "[" {
        section = line.firstIndex(of: "]").map { Self.name(line[..<$0].dropFirst()) }
      } else if section == "commun", let sign = line.firstIndex(of: "="),
        Self.name(line[..<sign]) == "repertoiretravail"
      {
        let value = Self.value(line[sign...].dropFirst())
        if !value.isEmpty { folders.append(value) }
      }
    }
    workFolders = folders
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
