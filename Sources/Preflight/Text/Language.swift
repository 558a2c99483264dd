/// A language in which the program addresses people.
package enum Language: String, Sendable, CaseIterable {
  case french = "fr"
  case english = "en"

  /// Returns the wording in this language. The other one is not made.
  package func text(fr french: @autoclosure () -> Text, en english: @autoclosure () -> Text) -> Text {
    switch self {
    case .french: french()
    case .english: english()
    }
  }
}

/// Whether personal data are shown in full.
package enum Disclosure: Sendable {
  /// Personal data are masked. This is the default of every output.
  case masked
  /// Personal data are shown in full (`--reveal`).
  case revealed
}
