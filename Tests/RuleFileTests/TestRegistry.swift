import Card
import Cryptolib
import AnyFact
import Preflight

extension Registry {
  /// Real checks and a real source, enough to cover every kind of parameter.
  static let forTests = Registry(
    checks: [
      CheckDeclaration(CardPresentCheck.self), CheckDeclaration(CardValidityCheck.self),
      CheckDeclaration(CryptolibVersionCheck.self), CheckDeclaration(FactCheck.self),
    ],
    sources: [CryptolibInstallation.declaration])
}
