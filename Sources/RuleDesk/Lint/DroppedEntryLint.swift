import Preflight
import RuleFile

/// What an override takes away from the rule that it changes: it is told, as its absence is easily overlooked.
enum DroppedEntryLint: Lint {
  static func findings(in rules: DeclaredRules) -> [Finding] {
    rules.dropped.map { .warning(.droppedEntry, $0.span, $0.message) }
  }
}
