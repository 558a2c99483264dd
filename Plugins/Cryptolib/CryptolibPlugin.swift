package import Preflight

extension BuiltInPlugin {
  /// The checks, sources and facts of this target.
  package static let cryptolib = BuiltInPlugin(
    "Cryptolib",
    checks: [
      CheckDeclaration(CryptolibVersionCheck.self)
    ],
    sources: [CryptolibInstallation.declaration])
}
