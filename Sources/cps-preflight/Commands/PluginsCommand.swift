import ArgumentParser

/// What is done with plugins themselves.
struct PluginsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plugins", abstract: "Find, describe and try programs that bring sources and checks.",
    subcommands: [PluginsListCommand.self, PluginsDescribeCommand.self, PluginsVerifyCommand.self])
}
