import Preflight

extension Diagnostic {
  /// The diagnostic as compilers write it: place, reason, the line with a caret, the proposal.
  ///
  /// - Parameter lines: the lines of the file.
  func text(in language: Language, lines: [Substring]) -> String {
    // The word after the place is English in every language: editors and CI look for “error:”.
    var text = "\(printable(file)):\(span.start.line):\(span.start.column): \(severity.rawValue): "
    text += printable(message.rendered(in: language)) + " [\(id.rawValue)]\n"
    if lines.indices.contains(span.start.line - 1) {
      text += excerpt(of: lines[span.start.line - 1])
    }
    if let proposal {
      let word = language == .french ? "proposition :" : "proposal:"
      text += "    = \(word) \(printable(proposal.words.rendered(in: language)))\n"
    }
    return text
  }

  /// The line, cut around the place where it is long, and the caret under it.
  private func excerpt(of line: Substring) -> String {
    let scalars = Array(line.unicodeScalars)
    let column = min(span.start.column - 1, scalars.count)
    let first = max(0, column - 60)
    let shown = scalars[first..<min(scalars.count, first + 110)]
    var written = String.UnicodeScalarView()
    for scalar in shown {
      // A tab or another control character would move the caret away from what it points at.
      written.append(
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) ? " " : scalar.isUnseen ? "?" : scalar)
    }
    let width = max(1, min(span.width, shown.count - (column - first)))
    return "    \(String(written))\n    "
      + String(repeating: " ", count: column - first) + "^" + String(repeating: "~", count: width - 1) + "\n"
  }
}
