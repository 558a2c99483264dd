package import Preflight

extension BuiltInPlugin {
  /// The checks, sources and facts of this target.
  package static let card = BuiltInPlugin(
    "Card",
    checks: [
      CheckDeclaration(CardPresentCheck.self),
      CheckDeclaration(CardKindCheck.self),
      CheckDeclaration(CardTestCheck.self),
      CheckDeclaration(CardValidityCheck.self),
      CheckDeclaration(CardPINCheck.self),
    ])
}
