import Preflight
import RuleFile

/// A line that looks like a key but, indented too far, is part of the text above it and has no effect.
enum SwallowedKeyLint: Lint {
  /// The most lines to search; nobody writes longer rule files.
  private static let lineLimit = 200_000

  static func findings(in rules: DeclaredRules) -> [Finding] {
    var size = 0
    return rules.files.enumerated().flatMap { number, file -> [Finding] in
      // Without a text of several lines, no key can be swallowed.
      guard file.bytes.contains(UInt8(ascii: "|")) || file.bytes.contains(UInt8(ascii: ">")) else {
        return []
      }
      let lines = YAMLDocument.lines(of: file.bytes)
      size += lines.count
      guard size <= lineLimit else {
        return [.searchEnded(at: Span(at: Place(line: 1, column: 1), file: number))]
      }
      return Layout(lines).swallowed.map { .swallowedKey($0, in: lines, file: number, severity: .warning) }
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
