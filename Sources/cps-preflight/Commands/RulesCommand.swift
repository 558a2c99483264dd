import ArgumentParser

/// What is done with rule files themselves.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "Examine, test and document rule files.",
    subcommands: [
      RulesLintCommand.self, RulesListCommand.self, RulesShowCommand.self, RulesInitCommand.self,
      RulesSchemaCommand.self, RulesTestCommand.self, RulesDocsCommand.self,
    ])
}
