import Preflight
import RuleFile

/// Sources that wait for each other are not asked, so that no rule that reads their facts is ever decided.
enum SourceCircleLint: Lint {
  static func findings(in rules: DeclaredRules) -> [Finding] {
    SourceCircle.all(among: rules.sources.map(\.source.source)).map { circle in
      let first = rules.sources.first { circle.names.contains($0.source.declaration.name) }
      return .warning(.sourceCircle, first?.span ?? rules.span, circle.message)
    }
  }
}
