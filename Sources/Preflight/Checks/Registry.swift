/// All the checks, sources and facts that rule files may name. A value: made once, passed on, never changed.
package struct Registry: Sendable {
  package let checks: [CheckDeclaration]
  package let sources: [SourceDeclaration]
  package let facts: FactCatalogue
  private let checksByID: [String: CheckDeclaration]

  package init(
    checks: [CheckDeclaration], sources: [SourceDeclaration], facts: FactCatalogue = .standard
  ) {
    self.checks = checks
    self.sources = sources
    self.facts = facts
    self.checksByID = Dictionary(
      checks.map { ($0.description.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The check that rule files call `id`.
  package func check(_ id: String) -> CheckDeclaration? { checksByID[id] }

  /// The source that rule files call `name`.
  package func source(_ name: String) -> SourceDeclaration? { sources.first { $0.name == name } }
}
