import Preflight

/// Words inside XML and HTML.
package enum Markup {
  /// The words with nothing that markup would take for its own, and nothing that XML 1.0 has no place for.
  ///
  /// Scalar by scalar: a quotation mark with a combining accent after it is one `Character`, and still ends an attribute.
  package static func escaped(_ words: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in printable(words).unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;".unicodeScalars
      case "<": escaped += "&lt;".unicodeScalars
      case ">": escaped += "&gt;".unicodeScalars
      case "\"": escaped += "&quot;".unicodeScalars
      case "'": escaped += "&#39;".unicodeScalars
      // Not characters of XML: <https://www.w3.org/TR/xml/#charsets>.
      case "\u{FFFE}", "\u{FFFF}": escaped.append("?")
      default: escaped.append(scalar)
      }
    }
    return String(escaped)
  }
}
