package import Preflight

extension BuiltInPlugin {
  /// What this target brings.
  package static let cryptolib = BuiltInPlugin(
    "Cryptolib",
    checks: [
      CheckDeclaration(CryptolibVersionCheck.self)
    ],
    sources: [CryptolibInstallation.declaration])
}
