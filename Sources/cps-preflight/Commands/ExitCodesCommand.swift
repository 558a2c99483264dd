import ArgumentParser
import Preflight
import Reports

/// Prints the table of exit codes, with the codes of the rules in use.
struct ExitCodesCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "exit-codes", abstract: "Print the table of exit codes, with those of the rules in use.")

  /// How the table is written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
    case shell
  }

  @OptionGroup var rules: RuleFileOption
  @OptionGroup var shown: OutputOptions

  @Option(help: "How the table is written; shell gives variables.")
  var format = Format.text

  func perform() async throws {
    let ruleSet = try await rules.read(in: shown.language).ruleSet()
    let listing = ExitCodeListing(rules: ruleSet.rules, shown.reportOptions)
    switch format {
    case .text: try Output().write(listing.text)
    case .json: try Output().write(listing.json())
    case .shell: try Output().write(listing.shell)
    }
  }
}
