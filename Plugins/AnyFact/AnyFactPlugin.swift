package import Preflight

extension BuiltInPlugin {
  /// What this target brings.
  package static let anyFact = BuiltInPlugin(
    "AnyFact",
    checks: [
      CheckDeclaration(FactCheck.self)
    ])
}
