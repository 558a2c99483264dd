/// The colours of a terminal (ECMA-48, SGR).
enum Colour: String {
  case green = "32"
  case red = "31"
  case yellow = "33"
  case dim = "2"
  case bold = "1"
}

extension ReportOptions {
  /// The text in that colour, where colours may be used.
  func paint(_ text: String, _ colour: Colour) -> String {
    self.colour ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
  }
}

/// A text from outside, made harmless for a terminal: no control characters, so no escape sequences.
func printable(_ text: String) -> String {
  var scalars = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: scalars.append(" ")
    // Bidirectional overrides and the like could show a line other than it is.
    case .format: continue
    default: scalars.append(scalar)
    }
  }
  return String(scalars)
}
