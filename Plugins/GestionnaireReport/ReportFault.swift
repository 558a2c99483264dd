package import Preflight

/// Why a text is not a report of the Gestionnaire, or cannot be trusted.
package struct ReportFault: Error, Sendable, Hashable {
  /// The line of the fault, from 1; `nil` if it is the whole text.
  package let line: Int?
  /// The column in that line, from 1, in Unicode scalars; `nil` if it is the whole line.
  package let column: Int?
  /// What is wrong, without the place.
  package let message: LocalizedText

  /// Makes a fault with its message in both languages.
  init(line: Int? = nil, column: Int? = nil, fr: Text, en: Text) {
    self.line = line
    self.column = column
    self.message = LocalizedText(fr: fr, en: en)
  }
}
