/// The identifier that the sender gives to a line of a stream. It is returned unchanged in the result.
package enum LineID: Sendable, Hashable {
  case text(String)
  /// A number, in the digits of the input.
  case number(String)
}
