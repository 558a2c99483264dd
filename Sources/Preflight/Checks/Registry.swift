/// All the checks, sources and facts that rule files may name. A value: made once, passed on, never changed.
package struct Registry: Sendable {
  package let checks: [CheckDeclaration]
  package let sources: [SourceDeclaration]
  package let facts: FactCatalogue
  /// The plugins that are named and cannot be used, by name.
  package let unusable: [String: UnusablePlugin]
  /// The names of the plugins that are there, as far as they were looked for: no fact of one's own may begin with them.
  package let pluginNames: Set<String>
  private let checksByID: [String: CheckDeclaration]

  package init(
    checks: [CheckDeclaration], sources: [SourceDeclaration], facts: FactCatalogue = .standard,
    unusable: [String: UnusablePlugin] = [:], pluginNames: Set<String> = []
  ) {
    self.pluginNames = pluginNames
    self.checks = checks
    self.sources = sources
    self.facts = facts
    self.unusable = unusable
    self.checksByID = Dictionary(
      checks.map { ($0.description.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The check that rule files call `id`.
  package func check(_ id: String) -> CheckDeclaration? { checksByID[id] }

  /// The source that rule files call `name`.
  package func source(_ name: String) -> SourceDeclaration? { sources.first { $0.name == name } }

  /// These and what plugins bring. What is here already stays what it is.
  package func adding(
    checks: [CheckDeclaration] = [], sources: [SourceDeclaration] = [], facts: [FactDeclaration],
    unusable: [String: UnusablePlugin] = [:], pluginNames: Set<String> = []
  ) -> Registry {
    Registry(
      checks: self.checks + checks, sources: self.sources + sources, facts: self.facts.adding(facts),
      unusable: self.unusable.merging(unusable) { first, _ in first },
      pluginNames: self.pluginNames.union(pluginNames))
  }

  /// Why the plugin of that name cannot be used, where it cannot.
  package func reasonAgainst(_ name: String) -> UnusablePlugin? {
    OutsideName.plugin(of: name).flatMap { unusable[$0] }
  }
}

/// Why what a plugin brings cannot be used.
package enum UnusablePlugin: Sendable {
  /// It could not be asked: what is named of it is not known, and everything else is judged.
  case silent(Unavailability)
  /// There are several of its name: nobody can say which is meant, so the rules are wrong.
  case ambiguous(LocalizedText)
}

/// Judges nothing, as what should judge cannot be asked.
package struct SilentJudge: Judge {
  private let why: Unavailability

  package init(_ why: Unavailability) { self.why = why }

  package var facts: Set<FactName> { [] }
  package func judge(_ facts: Facts) throws(Unavailability) -> Judgement { throw why }
}
