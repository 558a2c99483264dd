import Preflight
import RuleFile

/// Two rules with the same check and parameters for a common use: one of them was probably meant to be different.
enum SameQuestionLint: Lint {
  static func findings(in rules: DeclaredRules) -> [Finding] {
    // The first rule that asks the question, for each use.
    var asked: [Question: (index: Int, rule: Rule)] = [:]
    return rules.rules.enumerated().compactMap { index, declared in
      let rule = declared.rule
      let questions = Use.allCases.filter { rule.concerns($0) }.map {
        Question(check: rule.checkID, parameters: rule.parameters, use: $0)
      }
      let same = questions.compactMap { asked[$0] }.min { $0.index < $1.index }
      for question in questions where asked[question] == nil { asked[question] = (index, rule) }
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

  private struct Question: Hashable {
    let check: String
    let parameters: Parameters
    let use: Use
  }
}
