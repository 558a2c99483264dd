/// Words from outside, fit to be shown: no control or format characters, which could steer a terminal or
/// reorder a line, and not without end.
///
/// - Parameter limit: how many Unicode scalars are kept; all where `nil`.
package func printable(_ words: some StringProtocol, limit: Int? = nil) -> String {
  var shown = String.UnicodeScalarView()
  var rest = limit ?? .max
  for scalar in words.unicodeScalars {
    guard rest > 0 else { return String(shown) + "…" }
    rest -= 1
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: shown.append("?")
    default: shown.append(scalar)
    }
  }
  return String(shown)
}
