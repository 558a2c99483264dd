package import Preflight

extension BuiltInPlugin {
  /// The checks, sources and facts of this target.
  package static let billing = BuiltInPlugin(
    "Billing",
    checks: [
      CheckDeclaration(BillingDAMCheck.self),
      CheckDeclaration(BillingIdentifierCheck.self),
      CheckDeclaration(SignFSECheck.self),
      CheckDeclaration(SignLotsCheck.self),
    ])
}
