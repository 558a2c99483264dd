import ArgumentParser

/// What is done with verdicts that were written down.
struct VerdictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verdict", abstract: "Examine verdict files.", subcommands: [VerdictVerifyCommand.self])
}
