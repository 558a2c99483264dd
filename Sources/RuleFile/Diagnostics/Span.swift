package import Preflight

/// A stretch of one of the files that a rule file is made of.
package struct Span: Sendable, Hashable {
  package let start: Place
  /// The place after the last character.
  package let end: Place
  /// Which of the files, by the order in which they were read.
  package let file: Int

  package init(start: Place, end: Place, file: Int = 0) {
    self.start = start
    self.end = end
    self.file = file
  }

  /// A place where nothing is to be underlined.
  package init(at place: Place, file: Int = 0) { self.init(start: place, end: place, file: file) }

  /// How many columns to underline on the first line.
  package var width: Int { start.line == end.line ? max(1, end.column - start.column) : 1 }
}
