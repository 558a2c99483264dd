import Preflight

/// A line that looks like a key and is part of the text above it: indented too far, it says nothing.
enum SwallowedKeyLint: Lint {
  static func findings(in rules: DeclaredRules) -> [Finding] {
    rules.lines.enumerated().flatMap { file, lines in
      Layout(lines).swallowed.map { .swallowedKey($0, in: lines, file: file, severity: .warning) }
    }
  }
}

extension Finding {
  /// A key that became part of the text above it.
  static func swallowedKey(
    _ swallowed: Layout.SwallowedKey, in lines: [Substring], file: Int, severity: Diagnostic.Severity
  ) -> Finding {
    let line = lines[swallowed.index]
    let width = line.prefix { $0 == " " }.count
    let candidate = swallowed.width.map {
      RepairCandidate(
        kind: .indentation, index: swallowed.index,
        line: String(repeating: " ", count: $0) + line.dropFirst(width))
    }
    let start = Place(line: swallowed.index + 1, column: width + 1)
    return Finding(
      id: .swallowedKey, severity: severity,
      span: Span(
        start: start, end: Place(line: start.line, column: start.column + swallowed.key.count), file: file),
      message: LocalizedText(
        fr: "trop en retrait : « \(swallowed.key) » fait partie du texte de la ligne \(swallowed.opener + 1)",
        en: "indented too far: “\(swallowed.key)” is part of the text of line \(swallowed.opener + 1)"),
      proposal: candidate.map { $0.proposal($0.edit(of: line, file: file)) })
  }
}
