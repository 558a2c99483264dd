package import Preflight

/// The source `cryptolib`: which version of the Cryptolib is installed on this workstation.
///
/// The version meant is that of the package; docs/cryptolib.md says where it is looked for, and which
/// other numbers are never taken for it.
package struct CryptolibInstallation: Source {
  /// What rule files may say of the source.
  package static let declaration = SourceDeclaration(
    name: "cryptolib",
    summary: LocalizedText(
      fr: "la version de la Cryptolib installée sur le poste",
      en: "the version of the Cryptolib installed on the workstation"),
    options: [
      Parameter(
        "root", .string, default: "/", fr: "dossier sous lequel tous les chemins sont cherchés",
        en: "folder under which every path is looked for")
    ],
    readsCard: false
  ) { parameters throws(ParameterError) in try CryptolibInstallation(parameters) }

  package let name = "cryptolib"
  package let provides: Set<FactName> = [.cryptolibVersion]
  package var answersAtOnce: Bool { false }
  private let root: Root

  /// The source with its options. Throws where `root` is no absolute path.
  package init(_ parameters: Parameters = Parameters()) throws(ParameterError) {
    guard let value = parameters["root"] else {
      root = .workstation
      return
    }
    guard case .string(let path) = value, let root = Root(path) else {
      throw ParameterError(
        "root", fr: "il faut un chemin absolu, comme « /mnt/poste »",
        en: "an absolute path is needed, such as “/mnt/workstation”")
    }
    self.root = root
  }

  package func gather(
    _ wanted: Set<FactName>, knowing known: Facts, within deadline: Duration,
    from workstation: any WorkstationAccess
  ) async -> [Fact] {
    guard wanted.contains(.cryptolibVersion) else { return [] }
    let end = ContinuousClock.now + deadline
    let folders = ADMFolders(under: root, of: workstation)
    var findings = ADMFile.findings(in: folders.paths, of: workstation)
    findings.remarks += folders.remarks
    if findings.versions.isEmpty {
      findings.add(await PackageDatabases(root: root, workstation: workstation, end: end).findings())
      // One of several databases may have a newer version than those that answered.
      guard ContinuousClock.now < end else {
        return [Fact(.cryptolibVersion, unavailable: Self.tooLate(deadline), source: name)]
      }
    }
    guard let newest = findings.newest else {
      let why = Self.nothingFound(in: folders.paths, findings.remarks)
      return [Fact(.cryptolibVersion, unavailable: why, source: name)]
    }
    return [Fact(.cryptolibVersion, .version(newest), source: name, note: findings.note)]
  }

  private static func tooLate(_ deadline: Duration) -> Unavailability {
    Unavailability(
      .timeout,
      LocalizedText(
        fr: "les bases de paquets (rpm, dpkg) n'ont pas répondu en \(deadline.milliseconds) ms ; réessayer",
        en: "the package databases (rpm, dpkg) did not answer within \(deadline.milliseconds) ms; try again"))
  }

  /// Nothing can be said of the version. What is wrong with a file that is there comes first: it is
  /// more likely the cause than the absence of the Cryptolib.
  private static func nothingFound(in folders: [String], _ remarks: [Remark]) -> Unavailability {
    let files = ADMFile.names.joined(separator: ", ")
    let places = printable(folders.joined(separator: ", "), limit: 400)
    let nothing = LocalizedText(
      fr: "aucune Cryptolib trouvée sur ce poste (cherchée : \(files) dans \(places) ; paquets rpm et dpkg)",
      en: "no Cryptolib found on this workstation (looked for: \(files) in \(places); rpm and dpkg packages)")
    let first = remarks.filter(\.isOfADMFile).map(\.text)
    let last = remarks.filter { !$0.isOfADMFile }.map(\.text)
    return Unavailability(.service, LocalizedText(first + [nothing] + last) ?? nothing)
  }
}
