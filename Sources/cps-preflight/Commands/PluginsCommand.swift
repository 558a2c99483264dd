import ArgumentParser

/// What is done with plugins from outside.
struct PluginsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plugins", abstract: "List, describe, begin and verify plugins.",
    subcommands: [PluginsNewCommand.self])
}
