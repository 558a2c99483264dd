package import Preflight

/// A plugin that was found, or a file that should be one and is none.
package enum ListedPluginAccount: Sendable {
  case plugin(PluginAccount)
  case fault(path: String, LocalizedText)
}

/// The plugins there are, built in and from outside.
package struct PluginListing: Sendable {
  private let plugins: [ListedPluginAccount]
  private let options: ReportOptions

  package init(_ plugins: [ListedPluginAccount], _ options: ReportOptions) {
    self.plugins = plugins
    self.options = options
  }

  /// A line for each, and what it brings under it.
  package var text: String {
    plugins.flatMap { plugin -> [String] in
      switch plugin {
      case .plugin(let plugin):
        let place = plugin.path ?? options.say(fr: "intégré", en: "built in")
        var lines = ["\(plugin.name) \(plugin.version)  (\(place))"]
        if !plugin.sources.isEmpty {
          lines.append("    sources: " + plugin.sources.map(\.name).joined(separator: ", "))
        }
        if !plugin.checks.isEmpty {
          let word = options.say(fr: "contrôles : ", en: "checks: ")
          lines.append("    " + word + plugin.checks.map(\.description.id).joined(separator: ", "))
        }
        return lines
      case .fault(let path, let why): return ["? \(path): \(options.words(why))"]
      }
    }.map { printable($0) + "\n" }.joined()
  }

  /// The list as JSON. Throws what Foundation's encoder throws, which nothing here should make it do.
  package func json() throws -> String {
    try JSONDocument.text(of: PluginsDocument(plugins: plugins.map { .init($0, options) }))
  }
}

private struct PluginsDocument: Encodable {
  struct Plugin: Encodable {
    let name: String?
    let version: String?
    let sources: [String]
    let checks: [String]
    let path: String?
    let builtIn: Bool
    let error: String?
  }

  let schema = "cps-preflight/plugins/1"
  let plugins: [Plugin]
}

extension PluginsDocument.Plugin {
  init(_ plugin: ListedPluginAccount, _ options: ReportOptions) {
    switch plugin {
    case .plugin(let plugin):
      self.init(
        name: plugin.name, version: plugin.version, sources: plugin.sources.map(\.name),
        checks: plugin.checks.map(\.description.id), path: plugin.path, builtIn: plugin.path == nil,
        error: nil)
    case .fault(let path, let why):
      self.init(
        name: nil, version: nil, sources: [], checks: [], path: path, builtIn: false,
        error: options.words(why))
    }
  }
}
