/// Hides what was typed in the wrong place and may be a code porteur, a billing identifier, a card number or a
/// name.
///
/// Error messages do not repeat such text, because they end up in logs.
package enum TypedCode {
  /// The text shown in place of digits. It is always the same, so that it does not show their number.
  package static let shown = "••••"
  /// The smallest number of digits in a code porteur.
  private static let fewestDigits = 4

  /// Whether the word could be a code or a number: at least four digits of any script, grouped or not, with or
  /// without surrounding spaces. A date is not a code.
  package static func isLike(_ word: some StringProtocol) -> Bool {
    var digits = 0
    for scalar in word.unicodeScalars {
      if isDigit(scalar) {
        digits += 1
      } else if !(scalar.properties.isWhitespace || ".-".unicodeScalars.contains(scalar)) {
        return false
      }
    }
    return digits >= fewestDigits && CivilDate(word) == nil
  }

  /// Returns the word as an error message may show it.
  package static func shown(_ word: String) -> String { isLike(word) ? shown : word }

  /// Returns the text without the codes and numbers among the typed arguments.
  ///
  /// A code may be an argument, the value of an option (`--x=1234`) or follow dashes (`-1234`).
  package static func hidden(in text: String, typed arguments: some Sequence<String>) -> String {
    var codes: Set<String> = []
    for argument in arguments {
      for part in parts(of: argument) where isLike(part) { codes.insert(trimmed(part)) }
    }
    return codes.sorted { $0.utf8.count > $1.utf8.count }.reduce(text) { hiding($1, in: $0) }
  }

  /// Returns the text of a command-line error without personal data: digits are hidden if there are four in a row,
  /// and so are all typed words that cannot be a misspelt option, command or value.
  package static func hiddenAll(in text: String, typed arguments: some Collection<String>) -> String {
    var text = text
    let words = Set(arguments.flatMap { Self.parts(of: $0) }).sorted { $0.utf8.count > $1.utf8.count }
    // Messages repeat words in quotation marks.
    for part in words where !isPlain(hidingRuns(of: part, in: part)) {
      text = replacing("'\(part)'", in: text, with: "'\(Personal.concealment)'")
    }
    return words.reduce(hidden(in: text, typed: arguments)) { hidingRuns(of: $1, in: $0) }
  }

  /// Returns the text with its runs of at least four digits hidden. Reads it once.
  package static func withoutNumbers(_ text: String) -> String {
    guard text.unicodeScalars.count(where: isDigit) >= fewestDigits else { return text }
    var kept = String.UnicodeScalarView()
    var run = String.UnicodeScalarView()
    func keepRun() {
      kept.append(contentsOf: run.count >= fewestDigits ? shown.unicodeScalars : run)
      run = String.UnicodeScalarView()
    }
    for scalar in text.unicodeScalars {
      if isDigit(scalar) {
        run.append(scalar)
      } else {
        keepRun()
        kept.append(scalar)
      }
    }
    keepRun()
    return String(kept)
  }

  /// Returns the argument and those of its parts that a message may repeat: without dashes, the name, the value.
  private static func parts(of argument: String) -> [String] {
    let word = argument.drop { $0 == "-" }
    var parts = [argument, String(word)]
    if let equals = argument.firstIndex(of: "=") {
      parts += [String(argument[..<equals]), String(argument[argument.index(after: equals)...])]
      parts.append(String(argument[..<equals].drop { $0 == "-" }))
    }
    return parts.filter { !$0.isEmpty }
  }

  /// Whether the word is made of lower-case ASCII letters, digits and a few signs, like options and their values.
  private static func isPlain(_ word: String) -> Bool {
    word.utf8.count <= 64
      && word.unicodeScalars.allSatisfy { scalar in
        ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) || scalar == "•"
          || "-_.:/=+,@~".unicodeScalars.contains(scalar)
      }
  }

  /// Replaces each run of at least four digits of the word where it appears as a whole in the text.
  private static func hidingRuns(of word: String, in text: String) -> String {
    word.unicodeScalars.split { !isDigit($0) }.filter { $0.count >= fewestDigits }
      .reduce(text) { hiding(String($1), in: $0) }
  }

  /// Only whole runs of digits are replaced: the same digits inside a longer number do not show the code.
  private static func hiding(_ code: String, in text: String) -> String {
    replacing(code, in: text, with: shown) { before, after in
      before.map(isDigit) != true && after.map(isDigit) != true
    }
  }

  /// Returns the text with another one in the place of those words.
  ///
  /// The standard library's `replacing` would bring its regular expressions into both programs, 1.3 MB.
  ///
  /// - Parameter isWhole: whether the words count, from the characters before and after them.
  private static func replacing(
    _ words: String, in text: String, with other: String,
    where isWhole: (Unicode.Scalar?, Unicode.Scalar?) -> Bool = { _, _ in true }
  ) -> String {
    let sought = Array(words.unicodeScalars)
    let scalars = Array(text.unicodeScalars)
    var shown = String.UnicodeScalarView()
    var place = 0
    while place < scalars.count {
      let end = place + sought.count
      if scalars[place] == sought.first, end <= scalars.count, scalars[place..<end].elementsEqual(sought),
        isWhole(place > 0 ? scalars[place - 1] : nil, end < scalars.count ? scalars[end] : nil)
      {
        shown.append(contentsOf: other.unicodeScalars)
        place = end
      } else {
        shown.append(scalars[place])
        place += 1
      }
    }
    return String(shown)
  }

  private static func trimmed(_ word: String) -> String {
    var scalars = word.unicodeScalars.drop { !isDigit($0) }
    while let last = scalars.last, !isDigit(last) { scalars.removeLast() }
    return String(scalars)
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.numericType == .decimal }
}
