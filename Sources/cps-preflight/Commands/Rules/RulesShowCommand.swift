import ArgumentParser
import Preflight
import RuleFile

/// Prints the effective rules, with where each part comes from.
struct RulesShowCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print the effective rules as one rule file, with where each part comes from.")

  @OptionGroup var rules: RuleFileOption
  @OptionGroup var shown: OutputOptions

  func perform() async throws {
    let loaded = try await rules.read(in: shown.language, .warns)
    _ = try loaded.ruleSet()
    try Output().write(loaded.file.effectiveYAML)
  }
}
