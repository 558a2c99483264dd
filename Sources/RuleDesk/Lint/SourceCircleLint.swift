import Preflight
import RuleFile

/// Sources that wait for each other: they are never asked, so rules that need their facts are never decided.
enum SourceCircleLint: Lint {
  static func findings(in rules: DeclaredRules) -> [Finding] {
    SourceCircle.all(among: rules.sources.map(\.source.source)).map { circle in
      let first = rules.sources.first { circle.names.contains($0.source.declaration.name) }
      return .warning(.sourceCircle, first?.span ?? rules.span, circle.message)
    }
  }
}
