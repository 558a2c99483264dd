import Card
import Cryptolib
import AnyFact
import Cryptoki
import GestionnaireReport
import PCSC
package import Preflight

extension Registry {
  /// Real checks and a real source, enough to reach every kind of parameter.
  package static let forTests = Registry(
    checks: [
      CheckDeclaration(CardPresentCheck.self), CheckDeclaration(CardValidityCheck.self),
      CheckDeclaration(CryptolibVersionCheck.self), CheckDeclaration(FactCheck.self),
    ],
    sources: [CryptolibInstallation.declaration], facts: .forTests)
}

extension FactCatalogue {
  /// The facts of the program itself.
  package static let forTests = Registry([.pcsc, .cryptoki, .cryptolib, .gestionnaireReport]).facts
}
