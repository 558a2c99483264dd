/// All checks, sources and facts that rule files may name. Created once and never changed.
package struct Registry: Sendable {
  /// The checks, built in and from plugins.
  package let checks: [CheckDeclaration]
  /// The sources, built in and from plugins.
  package let sources: [SourceDeclaration]
  /// The facts that rules may read.
  package let facts: FactCatalogue
  /// The plugins that are named but cannot be used, by name.
  package let unusable: [String: UnusablePlugin]
  /// The names of the plugins that were found. Facts that rule files declare may not begin with them.
  package let pluginNames: Set<String>

  package init(
    checks: [CheckDeclaration], sources: [SourceDeclaration],
    facts: FactCatalogue = FactCatalogue(FactCatalogue.shared),
    unusable: [String: UnusablePlugin] = [:], pluginNames: Set<String> = []
  ) {
    self.pluginNames = pluginNames
    self.checks = checks
    self.sources = sources
    self.facts = facts
    self.unusable = unusable
  }

  /// Returns the check that rule files call `id`. Nil if there is none.
  package func check(_ id: String) -> CheckDeclaration? {
    // So few are compared sooner than hashed.
    checks.firstIndex { $0.description.id == id }.map { checks[$0] }
  }

  /// Returns the source that rule files call `name`. Nil if there is none.
  package func source(_ name: String) -> SourceDeclaration? { sources.first { $0.name == name } }

  /// Returns the registry with what plugins add. Existing entries are kept.
  package func adding(
    checks: [CheckDeclaration] = [], sources: [SourceDeclaration] = [], facts: [FactDeclaration],
    unusable: [String: UnusablePlugin] = [:], pluginNames: Set<String> = []
  ) -> Registry {
    if checks.isEmpty, sources.isEmpty, facts.isEmpty, unusable.isEmpty, pluginNames.isEmpty { return self }
    return Registry(
      checks: self.checks + checks, sources: self.sources + sources, facts: self.facts.adding(facts),
      unusable: self.unusable.merging(unusable) { first, _ in first },
      pluginNames: self.pluginNames.union(pluginNames))
  }

  /// Returns why the plugin of that name cannot be used. Nil if it can, or is not known.
  package func reasonAgainst(_ name: String) -> UnusablePlugin? {
    OutsideName.plugin(of: name).flatMap { unusable[$0] }
  }
}

/// Why a plugin's checks and sources cannot be used.
package enum UnusablePlugin: Sendable {
  /// The plugin could not be asked. Rules that need it are undecided; all others are judged.
  case silent(Unavailability)
  /// Several plugins have this name, and it is not clear which one is meant, so the rule file is invalid.
  case ambiguous(LocalizedText)
}

/// A judge that is always undecided, in place of a check whose plugin could not be asked.
package struct SilentJudge: Judge {
  private let why: Unavailability

  /// - Parameter why: the reason that every judgement throws.
  package init(_ why: Unavailability) { self.why = why }

  /// No facts: no source is asked for this judge.
  package var facts: Set<FactName> { [] }
  package func judge(_ facts: Facts) throws(Unavailability) -> Judgement { throw why }
}
