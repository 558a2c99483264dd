/// An error message of other software that a rule explains.
package struct KnownMessage: Sendable, Hashable {
  /// As that software words it.
  package let text: String
  /// The id of the rule.
  package let rule: String

  package init(text: String, rule: String) {
    self.text = text
    self.rule = rule
  }
}
