import PluginHost
import Preflight
import Reports
import VerdictFile

extension PluginAccount {
  /// Makes the account of a plugin from outside, from its manifest.
  init(_ plugin: Plugin) {
    let manifest = plugin.manifest
    self.init(
      name: manifest.name, version: manifest.version, summary: manifest.summary,
      path: plugin.program.file.path,
      sources: manifest.sources.map { source in
        Source(
          name: manifest.fullName(of: source.name), summary: source.summary, options: source.options,
          facts: source.facts, needs: source.needs.map(\.rawValue))
      },
      checks: manifest.checks.map { check in
        let description = CheckDescription(
          id: manifest.fullName(of: check.name), summary: check.summary, rationale: check.summary,
          parameters: check.parameters, examples: [])
        return Check(description, facts: check.facts.map(\.rawValue))
      }, environment: manifest.environment)
  }

  /// The built-in plugins, by name.
  static var builtIn: [PluginAccount] {
    BuiltIn.plugins.sorted { $0.name < $1.name }.map { plugin in
      PluginAccount(
        name: plugin.name, version: ProgramVersion.current,
        sources: plugin.sources.map { source in
          Source(
            name: source.name, summary: source.summary, options: source.publicOptions,
            facts: facts(of: source))
        },
        checks: plugin.checks.map { Check($0.description) })
    }
  }

  private static func facts(of source: SourceDeclaration) -> [FactDeclaration] {
    guard let provided = try? source.make(Parameters()).provides else { return [] }
    return BuiltIn.registry.facts.declarations.filter { provided.contains($0.name) }
  }
}
