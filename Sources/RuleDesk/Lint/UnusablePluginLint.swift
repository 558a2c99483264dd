import Preflight
import RuleFile

/// What is named of a plugin that cannot be asked is not known here; where the rules are used, it may be.
enum UnusablePluginLint: Lint {
  static func findings(in rules: DeclaredRules) -> [Finding] {
    rules.unusablePlugins.map { .warning(.unusablePlugin, $0.span, $0.why) }
  }
}
