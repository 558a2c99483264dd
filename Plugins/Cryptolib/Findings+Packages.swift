import Installation
import Preflight

extension Findings {
  private static let rpmPackage = "CryptolibCPS"

  /// The versions that the package databases give, asked if no ADM file gave one; docs/cryptolib.md, “Packages”.
  init(_ databases: PackageDatabases) async {
    self.init()
    add(await databases.rpm([Self.rpmPackage]))
    add(await databases.dpkg { $0.lowercased().hasPrefix("cryptolib") })
  }

  private mutating func add(_ answer: PackageDatabases.Answer) {
    for package in answer.packages { add(package) }
    remarks += answer.problems.map { Remark($0.place, $0.predicate) }
  }

  /// Adds the version of a package, or a remark if it is not a version.
  private mutating func add(_ package: ListedPackage) {
    if let version = Version(package.version) {
      versions.append(
        .init(version: version, architecture: package.machine.flatMap { .init($0) }, place: package.place))
    } else {
      let words = printable(package.version, limit: 40)
      remarks.append(
        Remark(
          package.place,
          LocalizedText(
            fr: "donne une version illisible (« \(words) »)", en: "gives an unreadable version (“\(words)”)"))
      )
    }
  }
}

extension InstalledCryptolib.Architecture {
  /// The architecture with that name in rpm and dpkg; `nil` if the package is for any, or the name is unknown.
  fileprivate init?(_ machine: String) {
    switch machine {
    case "x86_64", "amd64", "aarch64", "arm64": self = .bits64
    case "i386", "i486", "i586", "i686": self = .bits32
    default: return nil
    }
  }
}
