import Preflight
import RuleFile

/// A text that is the name of a fact, where the value of the fact was probably meant: `{ fact: NAME }`.
enum FactNameLint: Lint {
  static func findings(in rules: DeclaredRules) -> [Finding] {
    rules.rules.flatMap { declared -> [Finding] in
      let parameters = rules.registry.check(declared.rule.checkID)?.description.parameters ?? []
      return parameters.compactMap { parameter in
        guard case .orFact = parameter.type, let node = declared.keys["with"]?[parameter.name],
          let text = node.text, rules.registry.facts[FactName(text)] != nil
        else { return nil }
        return Finding(
          id: .factName, severity: .warning, span: node.span,
          message: LocalizedText(
            fr: "« \(text) » est le nom d'un fait, et n'est ici que ce texte",
            en: "“\(text)” is the name of a fact, and here merely that text"),
          proposal: .fact(FactName(text), at: node.span))
      }
    }
  }
}
