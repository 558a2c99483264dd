import Preflight

/// Two rules that ask the same of the same check for a common use: one of them was meant to ask something else.
enum SameQuestionLint: Lint {
  static func findings(in rules: DeclaredRules) -> [Finding] {
    rules.rules.enumerated().compactMap { index, declared in
      let rule = declared.rule
      let same = rules.rules[..<index].first { other in
        other.rule.checkID == rule.checkID && other.rule.parameters == rule.parameters
          && Use.allCases.contains { other.rule.concerns($0) && rule.concerns($0) }
      }
      guard let same else { return nil }
      return .warning(
        .sameQuestion, declared.span,
        LocalizedText(
          fr: "« \(rule.id) » demande la même chose que « \(same.rule.id) »",
          en: "“\(rule.id)” asks the same as “\(same.rule.id)”"),
        proposal: LocalizedText(
          fr: "supprimer l'une des deux, ou leur donner d'autres paramètres",
          en: "remove one of them, or give them other parameters"))
    }
  }
}
