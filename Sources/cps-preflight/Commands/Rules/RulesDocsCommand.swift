import ArgumentParser
import Preflight
import Reports
import RuleDesk

/// Writes the rules as a page for the help desk.
struct RulesDocsCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "docs", abstract: "Write the rules as a page for the help desk.")

  /// How the page is written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case markdown
    case html
  }

  @OptionGroup var rules: RuleFileOption
  @OptionGroup var shown: OutputOptions

  @Option(help: "How the page is written.")
  var format = Format.markdown

  @Option(
    help: ArgumentHelp("Write the page to a file, whole or not at all.", valueName: "file"),
    completion: .file())
  var output: String?

  func perform() async throws {
    let loaded = try await rules.read(
      in: shown.language, .warns, sparing: FilesWritten(output: output))
    let page = RulePage(try loaded.ruleSet(), loaded.registry, in: shown.language)
    switch format {
    case .markdown: try Output(path: output).write(page.markdown)
    case .html: try Output(path: output).write(page.html)
    }
  }
}
