package import Preflight

extension BuiltInPlugin {
  /// What this target brings.
  package static let cryptoki = BuiltInPlugin(
    "Cryptoki",
    sources: [CryptokiSource.declaration])
}
