/// A Cryptolib of the workstation: which version, and where that is written; docs/cryptolib.md.
package struct InstalledCryptolib: Sendable, Hashable {
  /// For which programs a Cryptolib is: they load the one of their own width.
  package enum Architecture: Int, Sendable, CaseIterable {
    case bits64 = 64
    case bits32 = 32

    /// « 64 bits »
    package var name: LocalizedText { LocalizedText(fr: "\(rawValue) bits", en: "\(rawValue)-bit") }
  }

  /// The version of the package.
  package let version: Version
  /// `nil` where it is not known.
  package let architecture: Architecture?
  /// The file or the package that gave the version.
  package let place: String

  package init(version: Version, architecture: Architecture? = nil, place: String) {
    self.version = version
    self.architecture = architecture
    self.place = place
  }

  /// « /a/155.adm : 5.2.2 (64 bits) »
  package var words: LocalizedText {
    let place = printable(self.place, limit: 200)
    let french = architecture.map { " (\($0.name.french))" as Text } ?? ""
    let english = architecture.map { " (\($0.name.english))" as Text } ?? ""
    return LocalizedText(
      fr: "\(place) : \(version)\(french)", en: "\(place): \(version)\(english)")
  }
}

/// The Cryptolib's PKCS#11 module.
package enum CryptolibModule {
  /// Where the Cryptolib puts it, the usual place first; docs/cryptolib.md.
  package static let usualPaths = [
    "/opt/santesocial/CPS/lib/libcps3_pkcs11_lux.so", "/usr/lib64/libcps3_pkcs11_lux.so",
    "/usr/local/galss/libcps3_pkcs11_lux.so",
  ]
}
