import Glibc
package import Preflight
import Processes

extension ProgramReach {
  /// What a module may change: the Cryptolib its cache and traces, any other what the rule file names; docs/security.md.
  ///
  /// - Parameters:
  ///   - name: a path, or a name that p11-kit knows; the Cryptolib's module if `nil`.
  ///   - folders: the folders that the rule file names, in addition.
  package init(ofModule name: String?, writing folders: [String]) {
    // One that is not found is not loaded either.
    switch ModuleFile.fileName(ofModule: name) ?? "" {
    case let file where file.hasPrefix("libcps3_pkcs11_"):
      let hasGALSS = Self.hasGALSS(GALSSInstallation.folders)
      self.init(
        writes: CryptolibModule.ownFolders + (hasGALSS ? Self.ofGALSS : []) + folders, network: hasGALSS)
    case "libsofthsm2.so":
      self.init(writes: [Self.softHSMTokens].compactMap(\.self) + folders)
    default:
      self.init(writes: folders)
    }
  }

  /// What GALSS's library needs, which the Cryptolib loads if it is installed: TCP to reach its server, and a
  /// serial port and its lock for a reader of its own.
  private static let ofGALSS = [
    "/dev", "/run/lock", "/var/lock", "/tmp", "/usr/local/galss", "/usr/local/sesam",
  ]

  /// Whether one of the folders holds `galss.ini`, in any case.
  static func hasGALSS(_ folders: [String]) -> Bool {
    folders.contains { folder in
      ((try? FolderListing.names(in: folder)) ?? []).contains { $0.lowercased() == "galss.ini" }
    }
  }

  /// The folder of SoftHSM2's tokens, as its settings say: rehearsals without a card use that module (softhsm2.conf(5)).
  private static var softHSMTokens: String? {
    // Debian's place, and that of Fedora.
    let usual = ["/etc/softhsm/softhsm2.conf", "/etc/softhsm2.conf"]
    let settings = getenv("SOFTHSM2_CONF").map { [String(cString: $0)] } ?? usual
    let text = settings.lazy.compactMap { AccountFiles.text(of: $0) }.first
    let lines = text?.split(whereSeparator: \.isNewline) ?? []
    for line in lines where line.hasPrefix("directories.tokendir") {
      let folder = line.split(separator: "=", maxSplits: 1).last?.split(separator: " ").first.map(String.init)
      if let folder, folder.hasPrefix("/") { return folder }
    }
    return nil
  }
}
