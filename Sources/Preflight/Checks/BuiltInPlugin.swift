/// A plugin that is built into the program. Each target of `Plugins/` exports one such value, and the program lists
/// them.
package struct BuiltInPlugin: Sendable {
  /// The name of the target.
  package let name: String
  /// The checks that the plugin adds.
  package let checks: [CheckDeclaration]
  /// The sources that the plugin adds.
  package let sources: [SourceDeclaration]
  /// The facts that no other plugin gives. Those that several give are in ``FactCatalogue/shared``.
  package let facts: [FactDeclaration]
  /// What the plugin examines of the workstation without any rule. Only the doctor needs it, so it is created on demand.
  package var examinations: [Examination] { makeExaminations() }
  private let makeExaminations: @Sendable () -> [Examination]

  package init(
    _ name: String, checks: [CheckDeclaration] = [], sources: [SourceDeclaration] = [],
    facts: [FactDeclaration] = [],
    examinations: @autoclosure @escaping @Sendable () -> [Examination] = []
  ) {
    self.name = name
    self.checks = checks
    self.sources = sources
    self.facts = facts
    makeExaminations = examinations
  }
}

extension Registry {
  /// Creates a registry of what these plugins add, in their order.
  package init(_ plugins: [BuiltInPlugin]) {
    self.init(
      checks: plugins.flatMap(\.checks), sources: plugins.flatMap(\.sources),
      facts: FactCatalogue(FactCatalogue.shared + plugins.flatMap(\.facts)))
  }
}
