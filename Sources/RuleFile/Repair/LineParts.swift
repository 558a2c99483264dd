/// A line of YAML as people write it: blanks, perhaps a dash, perhaps a key, and the rest.
struct LineParts {
  let indentation: Int
  let hasDash: Bool
  /// What comes after the dash.
  let content: String
  /// The first word, where it could be a key.
  let key: String
  /// What comes right after the key.
  let rest: String

  init(_ line: some StringProtocol) {
    let body = line.drop { $0 == " " }
    indentation = line.count - body.count
    hasDash = body.hasPrefix("- ") || body == "-"
    content = String(hasDash ? body.dropFirst().drop { $0 == " " } : body)
    key = String(content.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
    rest = String(content.dropFirst(key.count))
  }

  /// Everything before the content.
  func prefix(of line: some StringProtocol) -> String { String(line.dropLast(content.count)) }

  /// Whether there is nothing to read: an empty line or a comment.
  var isBlank: Bool { content.isEmpty || content.hasPrefix("#") }

  /// The column in which the content begins, from 0.
  var contentIndentation: Int { hasDash ? indentation + 2 : indentation }
}
