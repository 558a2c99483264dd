import Installation
package import Preflight

/// The source `cryptolib`: which versions of the Cryptolib are installed on this workstation.
///
/// The version is that of the package. docs/cryptolib.md says where it is looked for, and which other numbers are never
/// mistaken for it.
package struct CryptolibInstallation: Source {
  /// The source as rule files name it, with its options.
  package static let declaration = SourceDeclaration(
    name: "cryptolib",
    summary: LocalizedText(
      fr: "la version de la Cryptolib installée sur le poste",
      en: "the version of the Cryptolib installed on the workstation"),
    options: [
      Root.option,
      Parameter(
        "architecture", .choice(InstalledCryptolib.Architecture.allCases.map { "\($0.rawValue)" }),
        fr: "celle de la Cryptolib dont se sert le logiciel de facturation, qui seule compte alors",
        en: "that of the Cryptolib which the billing software uses, which alone counts then"),
    ],
    readsCard: false
  ) { parameters throws(ParameterError) in try CryptolibInstallation(parameters) }

  /// The name in rule files and reports.
  package let name = "cryptolib"
  /// The newest installed version, and all installed versions with their architectures.
  package let provides: Set<FactName> = [.cryptolibVersion, .cryptolibVersions]
  /// Always `false`: package databases may be slow.
  package var answersAtOnce: Bool { false }
  private let root: Root
  /// The only architecture that counts; both if `nil`.
  private let architecture: InstalledCryptolib.Architecture?

  /// Makes the source from its options.
  ///
  /// - Throws: ``ParameterError`` if `root` is not an absolute path, or the architecture is unknown.
  package init(_ parameters: Parameters = Parameters()) throws(ParameterError) {
    let width = parameters.string("architecture")
    architecture = width.flatMap { Int($0) }.flatMap(InstalledCryptolib.Architecture.init(rawValue:))
    if parameters["architecture"] != nil, architecture == nil {
      throw ParameterError("architecture", fr: "il faut 64 ou 32", en: "64 or 32 is needed")
    }
    root = try Root(parameters)
  }

  /// Reads the ADM files, then asks the package databases if no file gave a version.
  ///
  /// All of it takes at most `deadline`. If nothing was found, the reason says where the search looked.
  package func gather(
    _ wanted: Set<FactName>, knowing known: Facts, within deadline: Duration,
    from workstation: any WorkstationAccess
  ) async -> [Fact] {
    let asked = wanted.intersection(provides).sorted()
    guard !asked.isEmpty else { return [] }
    let end = ContinuousClock.now + deadline
    let root = root
    var (findings, searched) = await workstation.reading {
      let folders = ADMFolders(under: root, of: workstation)
      var findings = ADMFile.findings(in: folders.paths, of: workstation)
      findings.remarks += folders.remarks
      return (findings, folders.paths)
    }
    findings.keep(architecture)
    if findings.versions.isEmpty {
      findings.add(await Findings(PackageDatabases(root: root, workstation: workstation, end: end)))
      // A database that has not answered may have a newer version than those that have.
      guard ContinuousClock.now < end else {
        return asked.map { Fact($0, unavailable: Self.tooLate(deadline), source: name) }
      }
      findings.keep(architecture)
    }
    if let newest = findings.newest {
      return asked.map { name in
        if name == .cryptolibVersion {
          return Fact(name, .version(newest), source: self.name, note: findings.note)
        }
        if let why = findings.incomplete { return Fact(name, unavailable: why, source: self.name) }
        return Fact(name, .cryptolibs(findings.versions), source: self.name)
      }
    }
    let module = await workstation.reading { Self.module(under: root, on: workstation) }
    let nothing = NothingFound(findings, in: searched, architecture: architecture, module: module)
    return asked.map { name in
      Fact(
        name, unavailable: name == .cryptolibVersion ? nothing.ofCryptolib : nothing.ofVersion,
        source: self.name)
    }
  }

  /// The path of the PKCS#11 module, if it is in one of its usual places.
  private static func module(under root: Root, on workstation: any WorkstationAccess) -> String? {
    CryptolibModule.usualPaths.map(root.path).first { path in
      guard let slash = path.lastIndex(of: "/") else { return false }
      let names = (try? workstation.names(in: String(path[..<slash]))) ?? []
      return names.contains(String(path[slash...].dropFirst()))
    }
  }

  private static func tooLate(_ deadline: Duration) -> Unavailability {
    Unavailability(
      .timeout,
      LocalizedText(
        fr: "les bases de paquets (rpm, dpkg) n'ont pas répondu en \(deadline.milliseconds) ms ; réessayer",
        en: "the package databases (rpm, dpkg) did not answer within \(deadline.milliseconds) ms; try again"))
  }
}
