import BillingChecks
import CardChecks
import Cryptoki
import Cryptolib
import GenericChecks
import PCSC
import Preflight

/// The checks and sources that come with the program. The one place to register a new one.
enum BuiltIn {
  static let registry = Registry(
    checks: [
      CheckDeclaration(CardPresentCheck.self),
      CheckDeclaration(CardKindCheck.self),
      CheckDeclaration(CardTestCheck.self),
      CheckDeclaration(CardValidityCheck.self),
      CheckDeclaration(CardPINCheck.self),
      CheckDeclaration(BillingDAMCheck.self),
      CheckDeclaration(BillingIdentifierCheck.self),
      CheckDeclaration(SignFSECheck.self),
      CheckDeclaration(SignLotsCheck.self),
      CheckDeclaration(CryptolibVersionCheck.self),
      CheckDeclaration(FactCheck.self),
    ],
    sources: [
      PCSCSource.declaration,
      CryptokiSource.declaration,
      CryptolibInstallation.declaration,
    ])
}
