package import Preflight

extension BuiltInPlugin {
  /// The checks, sources and facts of this target.
  package static let anyFact = BuiltInPlugin(
    "AnyFact",
    checks: [
      CheckDeclaration(FactCheck.self)
    ])
}
