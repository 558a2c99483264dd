import ArgumentParser
import Preflight
import Reports
import RuleReports

/// Prints the JSON Schema of rule files.
struct RulesSchemaCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of rule files, for editors.",
    discussion: "Name it on the first line of a rule file: # yaml-language-server: $schema=rules.schema.json")

  @OptionGroup var shown: OutputOptions

  func perform() throws {
    try Output().write(RuleFileSchema(BuiltIn.registry, in: shown.language).text())
  }
}
