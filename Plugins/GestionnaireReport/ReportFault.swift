package import Preflight

/// What makes a text no report of the Gestionnaire, or one that cannot be believed.
package struct ReportFault: Error, Sendable, Hashable {
  /// The line where it was seen, from 1; `nil` if it is the whole text.
  package let line: Int?
  /// The place in that line, from 1, in Unicode scalars; `nil` if it is the whole line.
  package let column: Int?
  /// What is wrong, without the place.
  package let message: LocalizedText

  /// A fault, with its words in both languages.
  init(line: Int? = nil, column: Int? = nil, fr: Text, en: Text) {
    self.line = line
    self.column = column
    self.message = LocalizedText(fr: fr, en: en)
  }
}
