package import Preflight

extension BuiltInPlugin {
  /// The sources, facts and examinations of this target.
  package static let cryptoki = BuiltInPlugin(
    "Cryptoki",
    sources: [CryptokiSource.declaration, ModulesSource.declaration], facts: FactDeclaration.ofModules,
    examinations: [.p11kitModules])
}
