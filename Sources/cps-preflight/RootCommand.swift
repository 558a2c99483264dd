import ArgumentParser
import Preflight

/// The program as a command; it does nothing itself.
struct RootCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cps-preflight",
    abstract: "Judges, before a lot is sent, whether the card and the workstation allow it.",
    discussion: """
      Exit codes:
      \(exitCodes)
      """,
    version: ProgramVersion.current,
    subcommands: [
      CheckCommand.self, RunCommand.self, EvaluateCommand.self, VerdictCommand.self, FactsCommand.self,
      ReadersCommand.self, ExplainCommand.self, RulesCommand.self, PluginsCommand.self, ExitCodesCommand.self,
    ])

  private static var exitCodes: String {
    ExitCode.table.map { entry in
      let codes =
        entry.code.map { String($0.rawValue) }
        ?? "\(ExitCode.ofRules.lowerBound)-\(ExitCode.ofRules.upperBound)"
      let padding = String(repeating: " ", count: 5 - codes.count)
      return "  \(codes)\(padding) \(entry.meaning.rendered(in: .english))"
    }.joined(separator: "\n")
  }

  private typealias ExitCode = Preflight.ExitCode
}

/// The version of the program.
enum ProgramVersion {
  static let current = "0.1.0"
}
