package import Preflight

extension FactName {
  /// The `galss.ini` in use.
  package static let galssFile = FactName("galss.file")
  /// The channels of GALSS, and whether what they lead to is there.
  package static let galssChannels = FactName("galss.channels")
  /// The `sesam.ini` files, with what they say and how much of that exists.
  package static let sesamFiles = FactName("sesam.files")
}

extension FactDeclaration {
  /// The facts of this target.
  static let ofGALSS = [
    FactDeclaration(
      .galssFile, .map, fr: "fichiers galss.ini et io_comm.ini trouvés",
      en: "files galss.ini and io_comm.ini that were found"),
    FactDeclaration(.galssChannels, .list, fr: "canaux de GALSS", en: "channels of GALSS"),
    FactDeclaration(
      .sesamFiles, .list, fr: "fichiers sesam.ini, avec ce qu'ils disent",
      en: "files sesam.ini, with what they say"),
  ]
}

extension BuiltInPlugin {
  /// The source, facts and examinations of this target.
  package static let galss = BuiltInPlugin(
    "GALSS", sources: [GALSSSource.declaration], facts: FactDeclaration.ofGALSS,
    examinations: [.galssFile, .galssChannels, .sesamFiles])
}
