package import Preflight

extension Registry {
  /// Returns the registry with the checks, sources and facts of the plugins that were found.
  package func adding(_ found: FoundPlugins) -> Registry {
    adding(
      checks: found.plugins.flatMap(\.checks), sources: found.plugins.flatMap(\.sources),
      facts: found.plugins.flatMap(\.facts), unusable: found.unusable,
      pluginNames: found.names)
  }
}

extension Plugin {
  /// The checks of the plugin, with their full names.
  fileprivate var checks: [CheckDeclaration] {
    manifest.checks.map { check in
      let description = CheckDescription(
        id: manifest.fullName(of: check.name), summary: check.summary, rationale: origin,
        parameters: check.parameters, examples: [])
      return CheckDeclaration(description) { parameters, context throws(ParameterError) in
        OutsideCheck(check, of: self, parameters, rule: context.rule)
      }
    }
  }

  /// The sources of the plugin, with their full names.
  fileprivate var sources: [SourceDeclaration] {
    manifest.sources.map { source in
      SourceDeclaration(
        name: manifest.fullName(of: source.name), summary: source.summary, options: source.options,
        readsCard: false
      ) { parameters throws(ParameterError) in
        OutsideSource(plugin: self, source: source, options: parameters)
      }
    }
  }

  fileprivate var facts: [FactDeclaration] { manifest.sources.flatMap(\.facts) }

  private var origin: LocalizedText {
    let (name, version) = (manifest.name, manifest.version)
    return LocalizedText(fr: "plugin \(name), version \(version)", en: "plugin \(name), version \(version)")
  }
}
