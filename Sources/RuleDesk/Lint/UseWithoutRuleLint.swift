import Preflight
import RuleFile

/// A use without a blocking rule: `--for` with that use judges nothing, which is never a pass.
enum UseWithoutRuleLint: Lint {
  static let needsSoundFile = true

  static func findings(in rules: DeclaredRules) -> [Finding] {
    Use.allCases.filter { use in
      !rules.rules.contains { $0.rule.severity == .blocking && $0.rule.concerns(use) }
    }.map { use in
      .warning(
        .useWithoutRule, rules.span,
        LocalizedText(
          fr: "aucune règle bloquante pour « --for \(use.rawValue) », qui finira toujours par 78",
          en: "no blocking rule for “--for \(use.rawValue)”, which will always end with 78"))
    }
  }
}
