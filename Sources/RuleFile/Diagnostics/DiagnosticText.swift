package import Preflight

/// Diagnostics as compilers write them: place, reason, the line with a caret, the proposal.
package enum DiagnosticText {
  /// - Parameters:
  ///   - files: those that the spans count.
  ///   - personal: what is personal in them.
  package static func text(
    of diagnostics: [Diagnostic], in language: Language, files: [ReadFile], hiding personal: PersonalValues
  ) -> String {
    var text = ""
    var lines: (file: Int, lines: SourceLines)?
    // One long line may have many diagnostics.
    var line: (index: Int, scalars: [Unicode.Scalar])?
    for diagnostic in diagnostics {
      let (file, index) = (diagnostic.span.file, diagnostic.span.start.line - 1)
      if lines?.file != file, files.indices.contains(file) {
        lines = (file, SourceLines(YAMLDocument.withoutMark(files[file].bytes)))
        line = nil
      }
      if line?.index != index {
        line = nil
        if let lines, lines.file == file, lines.lines.ranges.indices.contains(index) {
          let written = Array(lines.lines.text(index).unicodeScalars)
          line = (index, personal.concealed(written, index + 1, of: files[file].name))
        }
      }
      text += self.text(of: diagnostic, in: language, line: line?.scalars)
    }
    return text
  }

  private static func text(
    of diagnostic: Diagnostic, in language: Language, line: [Unicode.Scalar]?
  ) -> String {
    let place = diagnostic.span.start
    // The word after the place is English in every language: editors and CI look for “error:”.
    var text =
      "\(printable(diagnostic.file)):\(place.line):\(place.column): \(diagnostic.severity.rawValue): "
    text += printable(diagnostic.words(in: language)) + " [\(diagnostic.id.rawValue)]\n"
    if let line { text += excerpt(of: line, at: diagnostic.span) }
    if let proposal = diagnostic.proposalWords(in: language) {
      let word = LocalizedText(fr: "proposition :", en: "proposal:").rendered(in: language)
      text += "    = \(word) \(printable(proposal))\n"
    }
    return text
  }

  /// The line, cut around the place if it is long, with the caret below it.
  private static func excerpt(of scalars: [Unicode.Scalar], at span: Span) -> String {
    let column = min(span.start.column - 1, scalars.count)
    let first = max(0, column - 60)
    let shown = scalars[first..<min(scalars.count, first + 110)]
    var written = String.UnicodeScalarView()
    for scalar in shown {
      // A tab or another control character would shift the caret.
      written.append(
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) ? " " : scalar.isUnseen ? "?" : scalar)
    }
    let width = max(1, min(span.width, shown.count - (column - first)))
    return "    \(String(written))\n    "
      + String(repeating: " ", count: column - first) + "^" + String(repeating: "~", count: width - 1) + "\n"
  }
}

extension [Finding] {
  /// The most findings to report: with so many, the first ones have to be corrected before the rest is read.
  private static var limit: Int { 2000 }
  /// The bits of one sort key: enough for all lines, columns or findings in 1 MiB.
  private static var bits: Int { 21 }
  private static var mask: Int { (1 << bits) - 1 }

  /// In the order of the files; what is too much to read is counted only.
  package var told: [Finding] {
    // One number says where each is: there may be hundreds of thousands in all the files.
    var places: [Int: [Int]] = [:]
    for (index, finding) in enumerated() {
      let start = finding.span.start
      let line = Swift.min(start.line, Self.mask) << (2 * Self.bits)
      places[finding.span.file, default: []].append(
        line | Swift.min(start.column, Self.mask) << Self.bits | Swift.min(index, Self.mask))
    }
    var ordered: [Finding] = []
    for file in places.keys.sorted() where ordered.count <= Self.limit {
      ordered += (places[file] ?? []).sorted().map { self[$0 & Self.mask] }
    }
    guard ordered.count > Self.limit else { return ordered }
    let rest = count - Self.limit
    let next = ordered[Self.limit].span
    return ordered.prefix(Self.limit) + [
      Finding(
        id: .tooMany, span: Span(at: next.start, file: next.file),
        message: LocalizedText(
          fr: "et \(rest) autres erreurs à partir d'ici", en: "and \(rest) more errors from here on"))
    ]
  }
}
