package import Preflight

extension BuiltInPlugin {
  /// What this target brings.
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
