/// An error message of other software that a rule explains.
package struct KnownMessage: Sendable, Hashable {
  /// The message, in that software's own words.
  package let text: String
  /// The id of the rule that explains it.
  package let rule: String

  package init(text: String, rule: String) {
    self.text = text
    self.rule = rule
  }
}
