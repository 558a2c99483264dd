/// A language the program speaks to people in.
package enum Language: String, Sendable, CaseIterable {
  case french = "fr"
  case english = "en"
}

/// Whether personal data are written as they are.
package enum Disclosure: Sendable {
  /// Personal data are masked; what every output does unless asked otherwise.
  case masked
  /// Personal data are written in full (`--reveal`).
  case revealed
}
