import ArgumentParser
import Preflight
import VerdictFile

/// The root command, which does nothing itself.
struct RootCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cps-preflight",
    abstract: "Judges, before a lot is sent, whether the card and the workstation allow it.",
    discussion: discussion(in: .english),
    version: ProgramVersion.current,
    subcommands: [
      CheckCommand.self, RunCommand.self, EvaluateCommand.self, VerdictCommand.self, FactsCommand.self,
      ReadersCommand.self, DoctorCommand.self, ExplainCommand.self, RulesCommand.self, PluginsCommand.self,
      ExitCodesCommand.self,
    ])

  /// The table of exit codes, with a heading.
  static func discussion(in language: Language) -> String {
    let heading = LocalizedText(fr: "Codes de sortie :", en: "Exit codes:").rendered(in: language)
    let lines = ExitCode.table.map { entry in
      let codes =
        entry.code.map { String($0.rawValue) }
        ?? "\(ExitCode.ofRules.lowerBound)-\(ExitCode.ofRules.upperBound)"
      let padding = String(repeating: " ", count: 5 - codes.count)
      return "  \(codes)\(padding) \(entry.meaning.rendered(in: language))"
    }
    return ([heading] + lines).joined(separator: "\n")
  }

  private typealias ExitCode = Preflight.ExitCode
}

/// The group of commands for rule files.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "Examine, test and document rule files.",
    subcommands: [
      RulesLintCommand.self, RulesListCommand.self, RulesShowCommand.self, RulesInitCommand.self,
      RulesSchemaCommand.self, RulesTestCommand.self, RulesDocsCommand.self,
    ])
}

/// The group of commands for plugins.
struct PluginsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plugins", abstract: "Find, describe and try programs that bring sources and checks.",
    subcommands: [
      PluginsListCommand.self, PluginsDescribeCommand.self, PluginsNewCommand.self, PluginsVerifyCommand.self,
    ])
}

/// The group of commands for verdict files.
struct VerdictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verdict", abstract: "Examine verdict files.", subcommands: [VerdictVerifyCommand.self])
}
