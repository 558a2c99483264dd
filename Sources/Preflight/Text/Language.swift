/// A language in which the program addresses people.
package enum Language: String, Sendable, CaseIterable {
  case french = "fr"
  case english = "en"
}

/// Whether personal data are shown in full.
package enum Disclosure: Sendable {
  /// Personal data are masked. This is the default of every output.
  case masked
  /// Personal data are shown in full (`--reveal`).
  case revealed
}
