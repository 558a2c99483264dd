package import Preflight

extension BuiltInPlugin {
  /// The checks, sources and facts of this target.
  package static let cryptolib = BuiltInPlugin(
    "Cryptolib",
    checks: [
      CheckDeclaration(CryptolibVersionCheck.self)
    ],
    sources: [CryptolibInstallation.declaration],
    facts: [
      FactDeclaration(
        .cryptolibVersion, .version, fr: "version installée de la Cryptolib",
        en: "installed version of the Cryptolib"),
      FactDeclaration(
        .cryptolibVersions, .cryptolibs, fr: "Cryptolibs trouvées sur le poste",
        en: "Cryptolibs that were found on the workstation"),
    ])
}
