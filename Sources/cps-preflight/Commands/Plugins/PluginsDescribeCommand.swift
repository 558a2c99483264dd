import ArgumentParser
import PluginHost
import Preflight
import Reports

/// Shows what a plugin provides, as documentation.
struct PluginsDescribeCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Show what a plugin brings: sources, facts, checks and their parameters.",
    discussion: "Ends with 64 where there is no such plugin.")

  @Argument(
    help: ArgumentHelp("The name of the plugin, or its file.", valueName: "name"), completion: .file())
  var name: String

  @OptionGroup var rules: RuleFileOption
  @OptionGroup var shown: OutputOptions

  func perform() async throws {
    let page = PluginPage(shown.reportOptions)
    if let plugin = PluginAccount.builtIn.first(where: { $0.name.lowercased() == name.lowercased() }) {
      return try Output().write(page.text(of: plugin))
    }
    let plugins =
      name.contains("/")
      ? [(name, await PluginSearch.file(name, knowing: BuiltIn.registry.facts, language: shown.language))]
      : try await rules.everyPlugin(in: shown.language)
    let named = plugins.filter { path, result in
      if case .success(let plugin) = result {
        plugin.manifest.name == name || path == name
      } else {
        path == name
      }
    }
    for (_, result) in named {
      switch result {
      case .success(let plugin): try Output().write(page.text(of: PluginAccount(plugin)))
      case .failure(let fault): throw Failure(fault)
      }
    }
    guard named.isEmpty else { return }
    for (_, result) in plugins { if case .failure(let fault) = result { throw Failure(fault) } }
    let known =
      (PluginAccount.builtIn.map(\.name) + plugins.compactMap { try? $0.result.get().manifest.name })
      .joined(separator: ", ")
    throw Failure(
      .usage,
      LocalizedText(
        fr: "aucun plugin ne s'appelle « \(name) » ; connus : \(known)",
        en: "there is no plugin “\(name)”; known: \(known)"))
  }
}
