/// What tells a line of a stream from the others, for whoever wrote it; given back as it was.
package enum LineID: Sendable, Hashable {
  case text(String)
  /// A number, as it was written.
  case number(String)
}
