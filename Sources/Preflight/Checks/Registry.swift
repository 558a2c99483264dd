/// All the checks, sources and facts that rule files may name. A value: made once, passed on, never changed.
package struct Registry: Sendable {
  package let checks: [any Check.Type]
  package let sources: [SourceDeclaration]
  package let facts: FactCatalogue
  private let checksByID: [String: any Check.Type]

  package init(
    checks: [any Check.Type], sources: [SourceDeclaration], facts: FactCatalogue = .standard
  ) {
    self.checks = checks
    self.sources = sources
    self.facts = facts
    self.checksByID = Dictionary(
      checks.map { ($0.description.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The check that rule files call `id`.
  package func check(_ id: String) -> (any Check.Type)? { checksByID[id] }

  /// The source that rule files call `name`.
  package func source(_ name: String) -> SourceDeclaration? { sources.first { $0.name == name } }
}
