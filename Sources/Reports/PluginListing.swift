import JSON
package import Preflight

/// A plugin that was found, or a file that should be a plugin but cannot be used.
package enum ListedPluginAccount: Sendable {
  case plugin(PluginAccount)
  case fault(path: String, LocalizedText)
}

/// The list of plugins, built in and outside.
package struct PluginListing: Sendable {
  private let plugins: [ListedPluginAccount]
  private let options: ReportOptions

  package init(_ plugins: [ListedPluginAccount], _ options: ReportOptions) {
    self.plugins = plugins
    self.options = options
  }

  /// The list as text: one line per plugin, followed by its checks and sources.
  package var text: String {
    plugins.flatMap { plugin -> [String] in
      switch plugin {
      case .plugin(let plugin):
        let place = plugin.path ?? options.say(fr: "intégré", en: "built in")
        var lines = ["\(plugin.name) \(plugin.version)  (\(place))"]
        if !plugin.sources.isEmpty {
          let word = options.say(fr: "sources : ", en: "sources: ")
          lines.append("    " + word + plugin.sources.map(\.name).joined(separator: ", "))
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

  /// Returns the list as JSON.
  package func json() -> String { PluginsDocument(plugins: plugins, options: options).jsonDocument }
}

private struct PluginsDocument: JSONWritable {
  let plugins: [ListedPluginAccount]
  let options: ReportOptions

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("schema", "cps-preflight/plugins/1")
      json.member("plugins") { json in
        json.list(plugins) { json, plugin in
          json.object { json in
            switch plugin {
            case .plugin(let plugin):
              json.member("name", plugin.name)
              json.member("version", plugin.version)
              json.member("sources", plugin.sources.map(\.name))
              json.member("checks", plugin.checks.map(\.description.id))
              json.member("path", plugin.path)
              json.member("builtIn", plugin.path == nil)
            case .fault(let path, let why):
              json.member("sources", [String]())
              json.member("checks", [String]())
              json.member("path", path)
              json.member("builtIn", false)
              json.member("error", options.words(why))
            }
          }
        }
      }
    }
  }
}
