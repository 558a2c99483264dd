package import Preflight

extension BuiltInPlugin {
  /// The checks, sources and facts of this target.
  package static let cryptoki = BuiltInPlugin(
    "Cryptoki",
    sources: [CryptokiSource.declaration])
}
