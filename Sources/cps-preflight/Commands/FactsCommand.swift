import ArgumentParser
import Preflight
import Reports

/// Shows what the sources see, with the source of each fact.
struct FactsCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "facts", abstract: "Show what the sources see, and where each fact came from.")

  /// How facts are written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  @OptionGroup var input: InputOptions
  @OptionGroup var shown: OutputOptions

  @Option(help: "How the facts are written; json is the format of facts files.")
  var format = Format.text

  var mistake: LocalizedText? { input.inputs.mistake }

  func perform() async throws {
    let run = try await Run(input.inputs, plugins: .listed, language: shown.language)
    let names = run.rules.registry.facts.declarations.map(\.name)
    let gathered = try await run.gather(Set(names), language: shown.language) { _ in input.timeout.duration }
    // A fact that only a source which nobody named would give is not missing.
    let facts = names.map { gathered.facts[$0] }.filter {
      $0.source != Facts.nobody || !BuiltIn.factsOfSourcesOnRequest.contains($0.name)
    }
    let options = shown.reportOptions
    switch format {
    case .text: try Output().write(FactsText(options).text(of: facts))
    case .json: try Output().write(FactsJSON(options).text(of: facts))
    }
  }
}
