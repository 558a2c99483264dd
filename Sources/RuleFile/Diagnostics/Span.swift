package import Preflight

/// A range of text in one of the files that make up a rule file.
package struct Span: Sendable, Hashable {
  /// The place of the first character; lines and columns count from 1.
  package let start: Place
  /// The place after the last character.
  package let end: Place
  /// The number of the file, in the order in which the files were read.
  package let file: Int

  /// Makes a span from its first place to the place after its end.
  ///
  /// - Parameter file: the number of the file; 0 is the named file.
  package init(start: Place, end: Place, file: Int = 0) {
    self.start = start
    self.end = end
    self.file = file
  }

  /// Makes an empty span, with nothing to underline.
  package init(at place: Place, file: Int = 0) { self.init(start: place, end: place, file: file) }

  /// The number of columns to underline on the first line.
  package var width: Int { start.line == end.line ? max(1, end.column - start.column) : 1 }
}
