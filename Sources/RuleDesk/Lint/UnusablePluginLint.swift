import Preflight
import RuleFile

/// Something named from a plugin that cannot be asked: it is unknown here, but may be known where the rules are used.
enum UnusablePluginLint: Lint {
  static func findings(in rules: DeclaredRules) -> [Finding] {
    rules.unusablePlugins.map { .warning(.unusablePlugin, $0.span, $0.why) }
  }
}
