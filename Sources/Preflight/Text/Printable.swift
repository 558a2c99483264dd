/// Words from outside, fit to be shown: what nobody would see, and what could steer a terminal or reorder a line, is a
/// question mark; and not without end.
///
/// - Parameter limit: how many Unicode scalars are kept; all where `nil`.
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

/// The same of a text that has lines, whose ends stay.
package func printableLines(_ text: some StringProtocol) -> String {
  var shown = String.UnicodeScalarView()
  for scalar in text.unicodeScalars { shown.append(scalar.isUnseen && scalar != "\n" ? "?" : scalar) }
  return String(shown)
}

extension Unicode.Scalar {
  /// Whether a reader does not see it, or a terminal obeys it: control characters of C0 and C1, marks of direction,
  /// zero-width and other ignorable characters, Unicode's own ends of lines, and what is no character at all.
  ///
  /// The selectors of emoji and text style are none of these: they are in plain words such as « ⚠️ ».
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

  /// It as an escape of JSON: `\u202e`, or two of them beyond U+FFFF.
  package var jsonEscape: String {
    UTF16.encode(self).map { units in units.map { "\\u" + hexadecimal(UInt32($0), digits: 4) }.joined() }
      ?? ""
  }

  /// It as an escape of YAML's double quotes: `\u202E`, or `\U000E0001`.
  package var yamlEscape: String {
    value > 0xFFFF ? "\\U" + hexadecimal(value, digits: 8) : "\\u" + hexadecimal(value, digits: 4)
  }
}

private func hexadecimal(_ number: UInt32, digits: Int) -> String {
  let written = String(number, radix: 16)
  return String(repeating: "0", count: max(0, digits - written.count)) + written
}

/// A JSON text that says the same, with escapes for what nobody would see in its strings.
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
