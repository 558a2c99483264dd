import Preflight

/// Escapes text for XML and HTML.
package enum Markup {
  /// Returns the text with markup characters escaped and characters replaced that XML 1.0 does not allow.
  ///
  /// This works by scalar: a quotation mark followed by a combining accent is a single `Character`, but still ends
  /// an attribute.
  package static func escaped(_ words: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in printable(words).unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;".unicodeScalars
      case "<": escaped += "&lt;".unicodeScalars
      case ">": escaped += "&gt;".unicodeScalars
      case "\"": escaped += "&quot;".unicodeScalars
      case "'": escaped += "&#39;".unicodeScalars
      // These are not XML characters: <https://www.w3.org/TR/xml/#charsets>.
      case "\u{FFFE}", "\u{FFFF}": escaped.append("?")
      default: escaped.append(scalar)
      }
    }
    return String(escaped)
  }
}
