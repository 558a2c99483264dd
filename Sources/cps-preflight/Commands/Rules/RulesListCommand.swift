import ArgumentParser
import Preflight
import Reports

/// Lists the rules of a file.
struct RulesListCommand: ReportingCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List the rules, in order.")

  /// How the list is written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  @OptionGroup var rules: RuleFileOption
  @OptionGroup var shown: OutputOptions

  @Option(help: "How the list is written.")
  var format = Format.text

  func perform() async throws {
    let listing = RuleListing(try await rules.read(in: shown.language, .warns).ruleSet(), shown.reportOptions)
    switch format {
    case .text: try Output().write(listing.text)
    case .json: try Output().write(listing.json())
    }
  }
}
