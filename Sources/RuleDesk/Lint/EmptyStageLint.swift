import Preflight
import RuleFile

/// A stage without rules, which judges nothing.
enum EmptyStageLint: Lint {
  static func findings(in rules: DeclaredRules) -> [Finding] {
    rules.stages.filter(\.isEmpty).map { stage in
      .warning(
        .emptyStage, stage.span,
        LocalizedText(
          fr: "l'étape « \(stage.stage.id) » n'a aucune règle",
          en: "the stage “\(stage.stage.id)” has no rules"),
        proposal: LocalizedText(
          fr: "lui donner une règle, ou la supprimer", en: "give it a rule, or remove it"))
    }
  }
}
