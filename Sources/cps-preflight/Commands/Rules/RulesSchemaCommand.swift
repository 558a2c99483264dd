import ArgumentParser
import Preflight
import Reports
import RuleDesk

/// Prints the JSON Schema of rule files.
struct RulesSchemaCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of rule files, for editors.",
    discussion:
      "What plugins bring is in it. Name it on the first line of a rule file: # yaml-language-server: $schema=rules.schema.json"
  )

  @OptionGroup var rules: RuleFileOption
  @OptionGroup var shown: OutputOptions

  func perform() async throws {
    let registry = try await rules.read(.all, in: shown.language, .warns).registry
    try Output().write(RuleFileSchema(registry, in: shown.language).text())
  }
}
