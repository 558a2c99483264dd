package import Preflight

extension FactName {
  /// The files of the PKCS#11 module that were found.
  package static let cryptolibModules = FactName("cryptolib.modules")
  /// The version of the PKCS#11 library that the installer recorded.
  package static let cryptolibRecordedLibrary = FactName("cryptolib.recordedLibrary")
  /// The folders that the Cryptolib uses, with their permissions.
  package static let cryptolibFolders = FactName("cryptolib.folders")
}

extension FactDeclaration {
  /// The facts of the source `cryptolib-files`.
  static let ofCryptolibFiles = [
    FactDeclaration(
      .cryptolibModules, .list, fr: "fichiers du module PKCS#11 trouvés, avec leurs droits",
      en: "files of the PKCS#11 module that were found, with their permissions"),
    FactDeclaration(
      .cryptolibRecordedLibrary, .version, fr: "version de la bibliothèque PKCS#11 notée par l'installeur",
      en: "version of the PKCS#11 library that the installer recorded"),
    FactDeclaration(
      .cryptolibFolders, .list, fr: "dossiers de la Cryptolib, avec leurs droits",
      en: "folders of the Cryptolib, with their permissions"),
  ]
}

extension BuiltInPlugin {
  /// The checks, sources, facts and examinations of this target.
  package static let cryptolib = BuiltInPlugin(
    "Cryptolib",
    checks: [
      CheckDeclaration(CryptolibVersionCheck.self)
    ],
    sources: [CryptolibInstallation.declaration, CryptolibFiles.declaration],
    facts: [
      FactDeclaration(
        .cryptolibVersion, .version, fr: "version installée de la Cryptolib",
        en: "installed version of the Cryptolib"),
      FactDeclaration(
        .cryptolibVersions, .cryptolibs, fr: "Cryptolibs trouvées sur le poste",
        en: "Cryptolibs that were found on the workstation"),
    ] + FactDeclaration.ofCryptolibFiles,
    examinations: [.cryptolibModules, .cryptolibVersions, .cryptolibLibrary, .cryptolibFolders])
}
