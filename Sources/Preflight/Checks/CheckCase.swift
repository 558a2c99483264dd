/// A reason for which a check is not satisfied, or cannot decide, that needs advice of its own.
///
/// Rule files name it under `remedies`; docs/rule-file.md, “Remedies by case”.
package struct CheckCase: Sendable {
  package let name: String
  /// When it is the case, in a line.
  package let summary: LocalizedText
  /// Whether nothing is decided then.
  package let isUndecided: Bool
  /// What texts may say of it. Every one of them has a value whenever the case is found.
  package let variables: [CaseVariable]

  package init(
    _ name: String, undecided isUndecided: Bool = false, fr: Text, en: Text, variables: [CaseVariable] = []
  ) {
    self.name = name
    self.summary = LocalizedText(fr: fr, en: en)
    self.isUndecided = isUndecided
    self.variables = variables
  }

  /// The check cannot decide, and this is why.
  package static func undecided(
    _ name: String, fr: Text, en: Text, variables: [CaseVariable] = []
  ) -> CheckCase {
    CheckCase(name, undecided: true, fr: fr, en: en, variables: variables)
  }
}

/// What a text may say of a case by writing its name in braces.
package struct CaseVariable: Sendable {
  package let name: String
  /// The parameter whose value it is, where it is one: it is known before anything is judged, and for every case.
  package let parameter: String?
  package let summary: LocalizedText

  package init(_ name: String, of parameter: String? = nil, fr: Text, en: Text) {
    self.name = name
    self.parameter = parameter
    self.summary = LocalizedText(fr: fr, en: en)
  }
}
