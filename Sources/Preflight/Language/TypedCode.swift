/// A word of four to eight digits, as a code porteur is, that was typed where something else belongs.
///
/// It may well be the code: an error message, which ends up in logs, does not repeat it.
package enum TypedCode {
  /// What is shown in its place; always the same, so that the length does not show either.
  package static let shown = "••••"

  /// Whether the word could be a code: digits of any script, with blanks around them or not.
  package static func isLike(_ word: some StringProtocol) -> Bool { code(in: word) != nil }

  /// The word as an error message may show it.
  package static func shown(_ word: String) -> String { isLike(word) ? shown : word }

  /// The text without the codes among the words that were typed.
  ///
  /// A code counts as an argument of its own, as an option's value (`--x=1234`) and behind dashes (`-1234`).
  package static func hidden(in text: String, typed arguments: some Sequence<String>) -> String {
    var codes: Set<[Unicode.Scalar]> = []
    for argument in arguments {
      let word = argument.drop { $0 == "-" }
      if let code = code(in: word) { codes.insert(code) }
      if let equals = word.firstIndex(of: "=") {
        if let code = code(in: word[..<equals]) { codes.insert(code) }
        if let code = code(in: word[word.index(after: equals)...]) { codes.insert(code) }
      }
    }
    return codes.isEmpty ? text : hiding(codes, in: text)
  }

  /// Only whole runs of digits are replaced: a code within a longer number says nothing.
  private static func hiding(_ codes: Set<[Unicode.Scalar]>, in text: String) -> String {
    var shown = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let first = rest.first {
      let run = rest.prefix { isDigit($0) == isDigit(first) }
      shown.append(contentsOf: codes.contains(Array(run)) ? Self.shown.unicodeScalars[...] : run)
      rest = rest[run.endIndex...]
    }
    return String(shown)
  }

  private static func code(in word: some StringProtocol) -> [Unicode.Scalar]? {
    var scalars = word.unicodeScalars.drop { $0.properties.isWhitespace }
    while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
    guard (4...8).contains(scalars.count), scalars.allSatisfy(isDigit) else { return nil }
    return Array(scalars)
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.numericType == .decimal }
}
