import CardChecks
import Cryptolib
import GenericChecks
import Preflight

extension Registry {
  /// Real checks and a real source, enough to reach every kind of parameter.
  static let forTests = Registry(
    checks: [CardPresentCheck.self, CardValidityCheck.self, CryptolibVersionCheck.self, FactCheck.self],
    sources: [CryptolibInstallation.declaration])
}
