package import Preflight

extension BuiltInPlugin {
  /// What this target brings.
  package static let billing = BuiltInPlugin(
    "Billing",
    checks: [
      CheckDeclaration(BillingDAMCheck.self),
      CheckDeclaration(BillingIdentifierCheck.self),
      CheckDeclaration(SignFSECheck.self),
      CheckDeclaration(SignLotsCheck.self),
    ])
}
