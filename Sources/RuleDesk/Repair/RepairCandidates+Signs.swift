import RuleFile

/// The YAML signs that a line may lack or have in excess.
extension RepairCandidates {
  func signs(_ line: String, _ parts: LineParts) -> [(RepairKind, String)] {
    colons(line, parts) + dashes(line) + maps(line, parts) + separators(line) + brackets(line)
      + openingBrackets(line, parts) + straySigns(line, parts)
  }

  private func colons(_ line: String, _ parts: LineParts) -> [(RepairKind, String)] {
    var found: [(RepairKind, String)] = []
    let prefix = parts.prefix(of: line)
    if !parts.key.isEmpty, parts.rest.hasPrefix(":"), parts.rest.count > 1, !parts.rest.hasPrefix(": ") {
      found.append((.blankAfterColon, "\(prefix)\(parts.key): \(parts.rest.dropFirst())"))
    }
    // In a map between braces, any key may lack its space.
    for colon in line.indices where line[colon] == ":" && line.contains("{") {
      let after = line.index(after: colon)
      let before = line[..<colon].reversed().drop { $0.isLetter || $0.isNumber || "_-.".contains($0) }
      guard after < line.endIndex, line[after] != " ", before.first.map({ "{, \"".contains($0) }) ?? false
      else { continue }
      found.append((.blankAfterColon, "\(line[...colon]) \(line[after...])"))
    }
    let value = parts.rest.drop { $0 == " " }
    let isValue = value.first.map { "\"'[{".contains($0) || $0.isNumber } ?? false
    if !parts.key.isEmpty, RuleFileKey.all.contains(parts.key) ? parts.rest.first ?? " " == " " : isValue {
      found.append((.colon, "\(prefix)\(parts.key):\(parts.rest)"))
    }
    if !parts.key.isEmpty, value.hasPrefix("=") {
      found.append((.colon, "\(prefix)\(parts.key): \(value.dropFirst().drop { $0 == " " })"))
    }
    if line.contains("：") { found.append((.colon, line.replacing("：", with: ": "))) }
    if Self.isName(parts.content) { found.append((.colon, line + ":")) }
    // A list item that is named by a key instead of its id.
    if parts.hasDash, parts.content.hasSuffix(":"), Self.isName(parts.content.dropLast()) {
      found.append((.id, "\(prefix)id: \(parts.content.dropLast())"))
    }
    return found
  }

  private func dashes(_ line: String) -> [(RepairKind, String)] {
    let blanks = line.prefix { $0 == " " }
    let body = line.dropFirst(blanks.count)
    guard body.first == "-", let next = body.dropFirst().first, next != " ", next != "-" else { return [] }
    return [(.blankAfterDash, "\(blanks)- \(body.dropFirst().drop { $0 == "\t" })")]
  }

  private func brackets(_ line: String) -> [(RepairKind, String)] {
    let (body, comment) = withoutComment(line)
    let trimmed = String(body.reversed().drop { $0 == " " || $0 == "," }.reversed())
    let tail = String(body.dropFirst(trimmed.count))
    var found: [(RepairKind, String)] = []
    if let open = trimmed.firstIndex(of: "["), trimmed.hasSuffix("]"), trimmed.contains(": ") {
      let inner = trimmed[trimmed.index(after: open)...].dropLast()
      found.append((.map, "\(trimmed[..<open]){ \(inner) }\(tail)\(comment)"))
    }
    return found
      + ["]", "}", " }", "\"]", "\" }"].flatMap { sign in
        [
          (RepairKind.closingBracket, trimmed + sign + tail + comment),
          (.closingBracket, trimmed + sign + comment),
        ]
      }
  }

  private func openingBrackets(_ line: String, _ parts: LineParts) -> [(RepairKind, String)] {
    let value = value(parts, line)
    let prefix = valuePrefix(parts, line)
    let rest = line.dropFirst(prefix.count)
    if value.hasSuffix("]"), !value.contains("[") { return [(.openingBracket, "\(prefix)[\(rest)")] }
    if value.hasSuffix("}"), !value.contains("{") { return [(.openingBracket, "\(prefix){ \(rest)")] }
    return []
  }

  /// Unbalanced signs before or after the value.
  private func straySigns(_ line: String, _ parts: LineParts) -> [(RepairKind, String)] {
    let (body, comment) = withoutComment(line)
    // A quote is stray only if the quotes are not in pairs.
    func isStray(_ sign: Character, among signs: String) -> Bool {
      signs.contains(sign) || ("\"'".contains(sign) && body.count { $0 == sign } % 2 == 1)
    }
    var found: [(RepairKind, String)] = []
    if let last = body.last, isStray(last, among: ",;:") {
      found.append((.straySign, body.dropLast() + comment))
    }
    if let first = value(parts, line).first, isStray(first, among: "@`%&*!") {
      let prefix = valuePrefix(parts, line)
      found.append((.straySign, prefix + line.dropFirst(prefix.count + 1)))
    }
    return found
  }

  /// A map on the line of its key, without braces.
  private func maps(_ line: String, _ parts: LineParts) -> [(RepairKind, String)] {
    let value = value(parts, line)
    let first = LineParts(value)
    guard ["with", "title", "remedy", "reason", "issued_from"].contains(parts.key),
      first.rest.hasPrefix(": "),
      !first.key.isEmpty
    else { return [] }
    return [(.map, "\(valuePrefix(parts, line)){ \(value) }\(withoutComment(line).comment)")]
  }

  /// The separators of a list or a map on one line.
  private func separators(_ line: String) -> [(RepairKind, String)] {
    let (body, comment) = withoutComment(line)
    var found: [String] = []
    if let open = body.firstIndex(of: "["), body.hasSuffix("]") {
      let words = body[body.index(after: open)...].dropLast().split { ",; ".contains($0) }
      found.append("\(body[..<open])[\(words.joined(separator: ", "))]")
    }
    if let open = body.firstIndex(of: "{"), body.hasSuffix("}") {
      let inner = String(body[body.index(after: open)...].dropLast())
      let mended = withCommas(inner.replacing(";", with: ",").replacing(" = ", with: ": "))
      found.append("\(body[..<open]){\(mended)}")
      if !inner.contains(":") { found.append("\(body[..<open])[\(inner)]") }
    }
    if let open = body.firstIndex(of: "("), body.hasSuffix(")") {
      let inner = String(body[body.index(after: open)...].dropLast())
      let isMap = inner.contains(": ")
      found.append("\(body[..<open])\(isMap ? "{" : "[")\(inner)\(isMap ? "}" : "]")")
    }
    return found.map { (.separator, $0 + comment) }
  }

  /// Returns the entries of a map on one line with a comma before every key.
  private func withCommas(_ inner: String) -> String {
    var words: [Substring] = []
    for word in inner.split(separator: " ", omittingEmptySubsequences: false) {
      let isKey = word.hasSuffix(":") && Self.isName(word.dropLast())
      if isKey, let last = words.last, !last.isEmpty, !last.hasSuffix(","), !last.hasSuffix(":") {
        words[words.count - 1] = last + ","
      }
      words.append(word)
    }
    return words.joined(separator: " ")
  }

  /// Whether the word could be an id or a key.
  private static func isName(_ word: some StringProtocol) -> Bool {
    !word.isEmpty && word.allSatisfy { $0.isLetter || $0.isNumber || "-_.".contains($0) }
  }
}
