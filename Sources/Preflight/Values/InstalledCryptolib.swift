/// A Cryptolib found on the workstation: its version and the place that gives it; docs/cryptolib.md.
package struct InstalledCryptolib: Sendable, Hashable {
  /// The programs that a Cryptolib is for: a program loads the one of its own word size. The raw values are bits.
  package enum Architecture: Int, Sendable, CaseIterable {
    case bits64 = 64
    case bits32 = 32

    /// The name in a sentence, such as « 64 bits ».
    package var name: LocalizedText { LocalizedText(fr: "\(rawValue) bits", en: "\(rawValue)-bit") }
  }

  /// The version of the package.
  package let version: Version
  /// The word size. Nil if it is not known.
  package let architecture: Architecture?
  /// The file or package that gives the version.
  package let place: String

  /// - Parameter place: the file or package that gives the version.
  package init(version: Version, architecture: Architecture? = nil, place: String) {
    self.version = version
    self.architecture = architecture
    self.place = place
  }

  /// The Cryptolib in a sentence, such as « /a/155.adm : 5.2.2 (64 bits) ».
  package var words: LocalizedText {
    let place = printable(self.place, limit: 200)
    let french = architecture.map { " (\($0.name.french))" as Text } ?? ""
    let english = architecture.map { " (\($0.name.english))" as Text } ?? ""
    return LocalizedText(
      fr: "\(place) : \(version)\(french)", en: "\(place): \(version)\(english)")
  }
}

/// The PKCS#11 module of the Cryptolib.
package enum CryptolibModule {
  /// The paths where the Cryptolib installs the module, the most common first; docs/cryptolib.md.
  package static let usualPaths = [
    "/opt/santesocial/CPS/lib/libcps3_pkcs11_lux.so", "/usr/lib64/libcps3_pkcs11_lux.so",
    "/usr/local/galss/libcps3_pkcs11_lux.so",
  ]
  /// The folder in which the module keeps what it read of cards, and the one of its traces; docs/card-data.md.
  package static let ownFolders = ["/etc/opt/santesocial/CPS/cache", "/var/opt/santesocial/CPS/log"]
}

/// GALSS, the older reader interface.
package enum GALSSInstallation {
  /// Where GALSS keeps its settings on Linux.
  package static let folders = ["/usr/local/galss", "/etc/opt/santesocial/galss", "/etc"]
}
