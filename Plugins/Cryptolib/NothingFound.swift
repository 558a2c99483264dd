import Preflight

/// The reasons to give when no version of the Cryptolib was found.
struct NothingFound: Sendable {
  private let findings: Findings
  private let searched: LocalizedText
  private let architecture: InstalledCryptolib.Architecture?
  private let module: String?

  /// - Parameters:
  ///   - findings: what else was found.
  ///   - folders: the folders that were searched for ADM files.
  ///   - architecture: the only architecture that counts; any if `nil`.
  ///   - module: the path of the PKCS#11 module, if it exists.
  init(
    _ findings: Findings, in folders: [String], architecture: InstalledCryptolib.Architecture?,
    module: String?
  ) {
    self.findings = findings
    self.architecture = architecture
    self.module = module
    let files = ADMFile.names.joined(separator: ", ")
    let places = printable(folders.joined(separator: ", "), limit: 400)
    searched = LocalizedText(
      fr: "(cherchée : \(files) dans \(places) ; paquets rpm et dpkg)",
      en: "(looked for: \(files) in \(places); rpm and dpkg packages)")
  }

  /// Why the Cryptolib's version is unknown: it is not installed, or only its module was found.
  var ofCryptolib: Unavailability {
    guard let module else {
      return why(
        LocalizedText(fr: "aucune Cryptolib", en: "no Cryptolib"),
        LocalizedText(fr: "trouvée sur ce poste", en: "found on this workstation"))
    }
    let there = LocalizedText(moduleAt: module)
    let words = LocalizedText([there, ofVersion.message]) ?? there
    return Unavailability(.service, words, case: FoundCase(CryptolibVersionCheck.versionUnknown))
  }

  /// Why the Cryptolib's versions are unknown, which does not say whether it is installed.
  var ofVersion: Unavailability {
    why(
      LocalizedText(fr: "aucune version de Cryptolib", en: "no version of a Cryptolib"),
      LocalizedText(fr: "trouvée", en: "found"))
  }

  /// Puts a fault in an existing file first: it is a likelier cause than a missing Cryptolib.
  private func why(_ what: LocalizedText, _ found: LocalizedText) -> Unavailability {
    let width = architecture?.name
    let french: Text = width.map { " \($0.french)" } ?? ""
    let english: Text = width.map { " (\($0.english))" } ?? ""
    let nothing = LocalizedText(
      fr: "\(what.french)\(french) \(found.french) \(searched.french)",
      en: "\(what.english)\(english) \(found.english) \(searched.english)")
    let remarks = findings.remarks
    let words =
      remarks.filter(\.isOfADMFile).map(\.text) + [nothing] + [findings.leftAside].compactMap(\.self)
      + remarks.filter { !$0.isOfADMFile }.map(\.text)
    return Unavailability(.service, LocalizedText(words) ?? nothing)
  }
}

extension LocalizedText {
  /// Makes the reason for a Cryptolib of which only the PKCS#11 module is known.
  ///
  /// - Parameter library: the version that the module gives for itself, if it was asked.
  init(moduleAt path: String, library: Version? = nil) {
    let path = printable(path, limit: 200)
    let french: Text = library.map { ", bibliothèque \($0)" } ?? ""
    let english: Text = library.map { ", library \($0)" } ?? ""
    self.init(
      fr:
        "le module PKCS#11 de la Cryptolib est là (\(path)\(french)), mais la version du paquet n'est pas connue",
      en:
        "the Cryptolib's PKCS#11 module is there (\(path)\(english)), but the package's version is not known")
  }
}
