/// A reason why a check fails or cannot decide that needs specific advice.
///
/// Rule files name it under `remedies`; docs/rule-file.md, “Remedies by case”.
package struct CheckCase: Sendable {
  /// The name under `remedies`.
  package let name: String
  /// One line about when the case applies.
  package let summary: LocalizedText
  /// Whether the check is undecided in this case.
  package let isUndecided: Bool
  /// The values that texts may use. Each of them has a value whenever the case is found.
  package let variables: [CaseVariable]

  package init(
    _ name: String, undecided isUndecided: Bool = false, fr: Text, en: Text, variables: [CaseVariable] = []
  ) {
    self.name = name
    self.summary = LocalizedText(fr: fr, en: en)
    self.isUndecided = isUndecided
    self.variables = variables
  }

  /// Creates a case in which the check cannot decide.
  package static func undecided(
    _ name: String, fr: Text, en: Text, variables: [CaseVariable] = []
  ) -> CheckCase {
    CheckCase(name, undecided: true, fr: fr, en: en, variables: variables)
  }
}

/// A value that the texts of a case may use by writing its name in braces.
package struct CaseVariable: Sendable {
  /// The name to write in braces.
  package let name: String
  /// The parameter that gives the value, which is then known before judging and in every case. Nil if the check
  /// measures it.
  package let parameter: String?
  /// One line about the value, for documentation.
  package let summary: LocalizedText

  package init(_ name: String, of parameter: String? = nil, fr: Text, en: Text) {
    self.name = name
    self.parameter = parameter
    self.summary = LocalizedText(fr: fr, en: en)
  }
}
