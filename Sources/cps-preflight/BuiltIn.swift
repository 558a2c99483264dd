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
      CardPresentCheck.self,
      CardKindCheck.self,
      CardValidityCheck.self,
      CardPINCheck.self,
      BillingDAMCheck.self,
      BillingIdentifierCheck.self,
      SignFSECheck.self,
      SignLotsCheck.self,
      CryptolibVersionCheck.self,
      FactCheck.self,
    ],
    sources: [
      PCSCSource.declaration,
      CryptokiSource.declaration,
      CryptolibInstallation.declaration,
    ])
}
