import ArgumentParser
import PluginHost
import Preflight
import Reports
import RuleFile

/// Lists the known plugins.
struct PluginsListCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the plugins, built in and from outside, and what each brings.",
    discussion: """
      A plugin that cannot be used is listed with the reason; the command then ends with 69, with 77 where it \
      is unsafe, with 78 where two have one name.
      """)

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
    var plugins = PluginAccount.builtIn.map(ListedPluginAccount.plugin)
    var fault: PluginFault?
    var paths: [String: [String]] = [:]
    for (path, result) in try await rules.everyPlugin(in: shown.language) {
      switch result {
      case .success(let plugin):
        plugins.append(.plugin(PluginAccount(plugin)))
        paths[plugin.manifest.name, default: []].append(path)
      case .failure(let failure):
        if fault == nil || failure.isUnsafe { fault = failure }
        plugins.append(.fault(path: path, failure.message))
      }
    }
    let doubles = paths.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }
    for (name, paths) in doubles {
      plugins.append(.fault(path: paths.joined(separator: ", "), PluginSearch.several(name)))
    }
    let listing = PluginListing(plugins, shown.reportOptions)
    switch format {
    case .text: try Output().write(listing.text)
    case .json: try Output().write(listing.json())
    }
    if let fault { throw Ending(code: Failure(fault).code) }
    if !doubles.isEmpty { throw Ending(code: .invalidRules) }
  }
}

extension RuleFileOption {
  /// Every plugin that the rule file lists or that is in a folder of plugins, or why it cannot be used, by path.
  func everyPlugin(
    in language: Language
  ) async throws(Failure) -> [(path: String, result: Result<Plugin, PluginFault>)] {
    let listed = try LoadedRules.composition(rules, in: language).plugins
    return try await plugins.inputs(.all, in: language).search(listed: listed).all()
  }
}
