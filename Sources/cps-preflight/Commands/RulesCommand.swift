import ArgumentParser

/// What is done with rule files themselves.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "Examine a rule file.",
    subcommands: [
      RulesLintCommand.self, RulesListCommand.self, RulesSchemaCommand.self, RulesDocsCommand.self,
    ])
}
