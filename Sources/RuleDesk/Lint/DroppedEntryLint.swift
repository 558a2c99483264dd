import Preflight
import RuleFile

/// An entry that an override removes from a rule: it is reported because its absence is easily overlooked.
enum DroppedEntryLint: Lint {
  static func findings(in rules: DeclaredRules) -> [Finding] {
    rules.dropped.map { .warning(.droppedEntry, $0.span, $0.message) }
  }
}
