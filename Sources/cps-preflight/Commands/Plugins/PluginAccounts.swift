import PluginHost
import Preflight
import Reports

extension PluginAccount {
  /// What a plugin from outside says of itself.
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

  /// The plugins that come with the program: what each target in `Plugins/` registers.
  static var builtIn: [PluginAccount] {
    [
      ("BillingChecks", [], ["billing.dam", "billing.identifier", "billing.sign_fse", "billing.sign_lots"]),
      ("CardChecks", [], ["card.present", "card.kind", "card.validity", "card.pin"]),
      ("Cryptoki", ["cryptoki"], []),
      ("Cryptolib", ["cryptolib"], ["cryptolib.version"]),
      ("GenericChecks", [], ["fact"]),
      ("PCSC", ["pcsc"], []),
    ].map { (name: String, sources: [String], checks: [String]) in
      PluginAccount(
        name: name, version: ProgramVersion.current,
        sources: sources.compactMap { BuiltIn.registry.source($0) }.map { source in
          Source(
            name: source.name, summary: source.summary, options: source.publicOptions,
            facts: facts(of: source))
        },
        checks: checks.compactMap { BuiltIn.registry.check($0) }.map { Check($0.description) })
    }
  }

  private static func facts(of source: SourceDeclaration) -> [FactDeclaration] {
    guard let provided = try? source.make(Parameters()).provides else { return [] }
    return BuiltIn.registry.facts.declarations.filter { provided.contains($0.name) }
  }
}
