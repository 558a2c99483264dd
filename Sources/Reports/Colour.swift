/// The colours of a terminal (ECMA-48, SGR).
enum Colour: String {
  case green = "32"
  case red = "31"
  case yellow = "33"
  case dim = "2"
  case bold = "1"
}

extension ReportOptions {
  /// Returns the text in that colour, if colours may be used.
  func paint(_ text: String, _ colour: Colour) -> String {
    self.colour ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
  }
}
