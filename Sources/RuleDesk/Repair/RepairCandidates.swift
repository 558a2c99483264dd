import RuleFile

/// The changes to a line that might make a file readable.
struct RepairCandidates {
  let lines: [Substring]

  static let lengthLimit = 1000
  /// The most changes to try in one line.
  private static let limit = 80
  /// How many lines above may contain the parent of this line.
  private static let reach = 200

  /// The candidates for the line at `index`.
  func candidates(at index: Int) -> [RepairCandidate] {
    guard lines.indices.contains(index) else { return [] }
    // Nobody corrects a longer line by hand, and the number of changes grows with the length.
    guard lines[index].utf8.count <= Self.lengthLimit else { return [] }
    let line = String(lines[index])
    let parts = LineParts(line)
    guard !parts.isBlank else { return [] }
    var found: [(RepairKind, String)] = []
    if line.unicodeScalars.contains(where: { OddCharacter($0)?.kind == .blank }) {
      var blanks = String.UnicodeScalarView()
      for scalar in line.unicodeScalars {
        blanks.append(OddCharacter(scalar)?.kind == .blank ? " " : scalar)
      }
      found.append((.noBreakSpace, String(blanks)))
    }
    found += signs(line, parts) + quotes(line, parts) + indentations(line, parts, index)
    var seen: Set<String> = [line]
    return found.filter { seen.insert($0.1).inserted }.prefix(Self.limit).map {
      RepairCandidate(kind: $0.0, index: index, line: $0.1)
    }
  }

  // MARK: - Quotes

  private func quotes(_ line: String, _ parts: LineParts) -> [(RepairKind, String)] {
    var found: [(RepairKind, String)] = []
    let (body, comment) = withoutComment(line)
    for quote in ["\"", "'"] where body.count(where: { String($0) == quote }) % 2 == 1 {
      // The quotes end with the line, or before a closing bracket or brace.
      let closing = body.reversed().prefix { "]}, ".contains($0) }
      let inner = String(body.dropLast(closing.count))
      if !closing.isEmpty { found.append((.closingQuote, inner + quote + closing.reversed() + comment)) }
      found.append((.closingQuote, body + quote + comment))
      let opening = body.prefix { String($0) != quote }
      if body.hasSuffix(quote), opening.count == body.count - 1 {
        found.append((.closingQuote, String(valuePrefix(parts, line)) + quote + value(parts, line)))
      }
    }
    let value = value(parts, line)
    let prefix = valuePrefix(parts, line)
    if value.hasPrefix("'"), value.hasSuffix("'"), value.dropFirst().dropLast().contains("'") {
      found.append((.apostrophe, prefix + quoted(String(value.dropFirst().dropLast()))))
    } else if value.hasPrefix("'"), !value.dropFirst().hasSuffix("'") {
      found.append((.apostrophe, prefix + quoted(String(value.dropFirst()))))
    }
    if let first = value.first, !"\"'{[".contains(first) {
      found.append((.quotedValue, prefix + quoted(value)))
    }
    return found
  }

  // MARK: - Where the line begins

  private func indentations(_ line: String, _ parts: LineParts, _ index: Int) -> [(RepairKind, String)] {
    let widths = likelyWidths(at: index, parts)
    let body = line.drop { $0 == " " || $0 == "\t" }
    let isTabbed = line.prefix { $0 == " " || $0 == "\t" }.contains("\t")
    var found = widths.map { width in
      (isTabbed ? RepairKind.tab : .indentation, String(repeating: " ", count: width) + body)
    }
    guard !isTabbed else { return found }
    if parts.hasDash {
      for width in [parts.indentation + 2, parts.indentation] {
        found.append((.superfluousDash, String(repeating: " ", count: width) + parts.content))
      }
    } else {
      for width in [parts.indentation - 2, parts.indentation] + widths where width >= 0 {
        found.append((.dash, String(repeating: " ", count: width) + "- " + body))
      }
    }
    return found
  }

  /// The likely indentations: those of the lines around, and of their parents.
  private func likelyWidths(at index: Int, _ parts: LineParts) -> [Int] {
    let before = lines[max(0, index - Self.reach)..<index].reversed().lazy.map { LineParts($0) }.filter {
      !$0.isBlank
    }
    let after = lines[(index + 1)...].prefix(Self.reach).lazy.map { LineParts($0) }.filter { !$0.isBlank }
    var widths: [Int] = []
    for other in Array(before.prefix(6)) + Array(after.prefix(2)) {
      for width in [other.contentIndentation, other.indentation, other.contentIndentation + 2]
      where !widths.contains(width) {
        widths.append(width)
      }
    }
    var innermost = Int.max
    for other in before where other.indentation < innermost {
      innermost = other.indentation
      for width in [other.contentIndentation, innermost] where !widths.contains(width) {
        widths.append(width)
      }
      if innermost == 0 { break }
    }
    return widths
  }

  // MARK: - Parts of a line

  /// The value after a key, or the whole content of an item, without its comment.
  func value(_ parts: LineParts, _ line: String) -> String {
    let (body, _) = withoutComment(String(line.dropFirst(valuePrefix(parts, line).count)))
    return body
  }

  func valuePrefix(_ parts: LineParts, _ line: String) -> String {
    let prefix = parts.prefix(of: line)
    guard !parts.key.isEmpty, parts.rest.hasPrefix(":") else { return prefix }
    let blanks = parts.rest.dropFirst().prefix { $0 == " " }
    return "\(prefix)\(parts.key):\(blanks)"
  }

  private func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  /// Splits a line into the part before a comment, and the comment with the spaces before it.
  func withoutComment(_ line: String) -> (body: String, comment: String) {
    guard let sign = line.firstRange(of: " #") else { return (trimmedEnd(line), "") }
    let body = trimmedEnd(String(line[..<sign.lowerBound]))
    return (body, String(line.dropFirst(body.count)))
  }

  private func trimmedEnd(_ text: String) -> String { String(text.reversed().drop { $0 == " " }.reversed()) }
}
