/// What was typed where something else belongs, and may be a code porteur, a billing identifier, a card's number or a name.
///
/// An error message, which ends up in logs, does not repeat it.
package enum TypedCode {
  /// What is shown in the place of digits; always the same, so that the length does not show either.
  package static let shown = "••••"
  /// As few digits as a code porteur may have.
  private static let fewestDigits = 4

  /// Whether the word could be a code or a number: four digits or more of any script, in groups or not, with blanks around
  /// them or not. A date is none.
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

  /// The word as an error message may show it.
  package static func shown(_ word: String) -> String { isLike(word) ? shown : word }

  /// The text without the codes and numbers among the words that were typed.
  ///
  /// Such a one counts as an argument of its own, as an option's value (`--x=1234`) and behind dashes (`-1234`).
  package static func hidden(in text: String, typed arguments: some Sequence<String>) -> String {
    var codes: Set<String> = []
    for argument in arguments {
      for part in parts(of: argument) where isLike(part) { codes.insert(trimmed(part)) }
    }
    return codes.sorted { $0.utf8.count > $1.utf8.count }.reduce(text) { hiding($1, in: $0) }
  }

  /// The text of a mistake on the command line: of what was typed nothing is repeated that has four digits in a row, and no
  /// word that cannot be an option, a command or one of their values that was misspelt.
  package static func hiddenAll(in text: String, typed arguments: some Collection<String>) -> String {
    var text = text
    let words = Set(arguments.flatMap { Self.parts(of: $0) }).sorted { $0.utf8.count > $1.utf8.count }
    // What is repeated stands in quotation marks.
    for part in words where !isPlain(hidingRuns(of: part, in: part)) {
      text = text.replacing("'\(part)'", with: "'\(Personal.concealment)'")
    }
    return words.reduce(hidden(in: text, typed: arguments)) { hidingRuns(of: $1, in: $0) }
  }

  /// The argument, and what of it may be repeated: without its dashes, its name, its value.
  private static func parts(of argument: String) -> [String] {
    let word = argument.drop { $0 == "-" }
    var parts = [argument, String(word)]
    if let equals = argument.firstIndex(of: "=") {
      parts += [String(argument[..<equals]), String(argument[argument.index(after: equals)...])]
      parts.append(String(argument[..<equals].drop { $0 == "-" }))
    }
    return parts.filter { !$0.isEmpty }
  }

  /// Whether it is small ASCII letters, digits and a few signs, as options and their values are.
  private static func isPlain(_ word: String) -> Bool {
    word.utf8.count <= 64
      && word.unicodeScalars.allSatisfy { scalar in
        ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) || scalar == "•"
          || "-_.:/=+,@~".unicodeScalars.contains(scalar)
      }
  }

  /// Each run of four digits or more of the word that stands in the text, whole, is replaced there.
  private static func hidingRuns(of word: String, in text: String) -> String {
    word.unicodeScalars.split { !isDigit($0) }.filter { $0.count >= fewestDigits }
      .reduce(text) { hiding(String($1), in: $0) }
  }

  /// Only whole runs of digits are replaced: a code within a longer number says nothing.
  private static func hiding(_ code: String, in text: String) -> String {
    let sought = Array(code.unicodeScalars)
    let scalars = Array(text.unicodeScalars)
    var shown = String.UnicodeScalarView()
    var place = 0
    while place < scalars.count {
      let end = place + sought.count
      if scalars[place] == sought.first, end <= scalars.count, Array(scalars[place..<end]) == sought,
        place == 0 || !isDigit(scalars[place - 1]), end == scalars.count || !isDigit(scalars[end])
      {
        shown.append(contentsOf: Self.shown.unicodeScalars)
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
