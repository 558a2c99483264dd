import Preflight
import RuleFile

/// An exit code of a warning, which never decides how a run ends, so that the code is never seen.
enum UnusedExitLint: Lint {
  static func findings(in rules: DeclaredRules) -> [Finding] {
    rules.rules.filter { $0.rule.severity == .warning }.compactMap { declared in
      guard let exit = declared.keys.entry("exit") else { return nil }
      return .warning(
        .unusedExit, exit.key.span,
        LocalizedText(
          fr: "un avertissement ne décide de rien : ce code ne sortira jamais",
          en: "a warning decides nothing: this code will never be seen"),
        proposal: LocalizedText(
          fr: "supprimer « exit », ou écrire « severity: blocking »",
          en: "remove “exit”, or write “severity: blocking”"))
    }
  }
}
