/// Returns text from outside the program in a form that is safe to show. Invisible characters, and those that
/// control a terminal or reorder a line, become question marks, and the length is limited.
///
/// - Parameter limit: the largest number of Unicode scalars to keep. Nil keeps all.
package func printable(_ words: some StringProtocol, limit: Int? = nil) -> String {
  var shown = String.UnicodeScalarView()
  var rest = limit ?? .max
  for scalar in words.unicodeScalars {
    guard rest > 0 else { return String(shown) + "…" }
    rest -= 1
    shown.append(scalar.isUnseen ? "?" : scalar)
  }
  return String(shown)
}

/// Returns a whole text in the same form: as it is where nothing in it has to be replaced, as in nearly all texts.
package func printable(_ words: String) -> String {
  var words = words
  let isPlain = words.withUTF8 { $0.allSatisfy { (0x20...0x7E).contains($0) } }
  guard !isPlain, words.unicodeScalars.contains(where: { $0.isUnseen }) else { return words }
  return printable(words, limit: nil)
}

/// Returns text of several lines in a form that is safe to show, with its line breaks.
package func printableLines(_ text: some StringProtocol) -> String {
  var shown = String.UnicodeScalarView()
  for scalar in text.unicodeScalars { shown.append(scalar.isUnseen && scalar != "\n" ? "?" : scalar) }
  return String(shown)
}

extension Unicode.Scalar {
  /// Whether the scalar is invisible to a reader or controls a terminal: C0 and C1 control characters, direction
  /// marks, zero-width and other ignorable characters, Unicode line separators, and values that are not characters.
  ///
  /// The selectors of emoji and text style are not included: they appear in plain words such as « ⚠️ ».
  package var isUnseen: Bool {
    switch value {
    case 0x20...0x7E, 0xA0...0xAC, 0xAE...0x2FF, 0x2010...0x2027, 0xFE0E, 0xFE0F: return false
    case 0xFDD0...0xFDEF: return true
    default: break
    }
    if value & 0xFFFE == 0xFFFE { return true }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return true
    default: return properties.isDefaultIgnorableCodePoint
    }
  }

  /// The scalar as a JSON escape: `\u202e`, or a surrogate pair above U+FFFF.
  package var jsonEscape: String {
    UTF16.encode(self).map { units in units.map { "\\u" + hexadecimal(UInt32($0), digits: 4) }.joined() }
      ?? ""
  }

  /// The scalar as a YAML escape in double quotes: `\u202E`, or `\U000E0001`.
  package var yamlEscape: String {
    value > 0xFFFF ? "\\U" + hexadecimal(value, digits: 8) : "\\u" + hexadecimal(value, digits: 4)
  }
}

private func hexadecimal(_ number: UInt32, digits: Int) -> String {
  let written = String(number, radix: 16)
  return String(repeating: "0", count: max(0, digits - written.count)) + written
}

/// Returns an equivalent JSON text in which invisible characters in strings are escaped.
package func escapingUnseen(inJSON text: String) -> String {
  func isEscaped(_ scalar: Unicode.Scalar) -> Bool { scalar.value >= 0x7F && scalar.isUnseen }
  guard text.unicodeScalars.contains(where: isEscaped) else { return text }
  var escaped = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if isEscaped(scalar) {
      escaped.append(contentsOf: scalar.jsonEscape.unicodeScalars)
    } else {
      escaped.append(scalar)
    }
  }
  return String(escaped)
}
