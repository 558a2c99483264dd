import Preflight

/// The package databases, asked if no ADM file gave a version; docs/cryptolib.md, “Packages”.
struct PackageDatabases: Sendable {
  let root: Root
  let workstation: any WorkstationAccess
  /// The deadline for all databases together.
  let end: ContinuousClock.Instant

  /// What the existing databases say. No program is run that could not know anything.
  func findings() async -> Findings {
    var findings = await rpm()
    findings.add(await dpkg())
    return findings
  }

  // MARK: - RPM

  private static let rpmFolders = ["/var/lib/rpm", "/usr/lib/sysimage/rpm"]
  private static let rpmPackage = "CryptolibCPS"

  private func rpm() async -> Findings {
    var findings = Findings()
    for folder in Self.rpmFolders.map(root.path) {
      guard await !names(in: folder, &findings).isEmpty else { continue }
      // The folder is named because rpm's default differs between systems, and `--root` would need root's rights.
      let arguments = ["--dbpath", folder, "-q", "--queryformat", #"%{VERSION} %{ARCH}\n"#, Self.rpmPackage]
      for line in await lines(of: "rpm", arguments, about: Self.rpmPackage, &findings) {
        let words = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        findings.add(
          version: words.first ?? "", for: words.dropFirst().first, of: "rpm \(Self.rpmPackage)")
      }
    }
    return findings
  }

  // MARK: - Debian

  private func dpkg() async -> Findings {
    var findings = Findings()
    let packages = Set(
      await names(in: root.path("/var/lib/dpkg/info"), &findings).compactMap(Self.debianPackage))
    let elsewhere = root.elsewhere.map { ["--admindir=\($0)/var/lib/dpkg"] } ?? []
    for package in packages.sorted() {
      let arguments = elsewhere + ["-W", "-f", #"${db:Status-Status} ${Version} ${Architecture}\n"#, package]
      for line in await lines(of: "dpkg-query", arguments, about: package, &findings) {
        let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard let status = words.first, status == "installed" else {
          findings.remarks.append(Remark("dpkg \(package)", Self.notInstalled(words.first ?? "")))
          continue
        }
        findings.add(
          version: Self.upstream(words.dropFirst().first ?? ""), for: words.dropFirst(2).first,
          of: "dpkg \(package)")
      }
    }
    return findings
  }

  /// The package of a file such as `cryptolibcps:amd64.list`; `nil` if it cannot be a Cryptolib.
  ///
  /// `dpkg-query` takes patterns, so only the characters of package names are allowed (Debian policy, 5.6.7).
  private static func debianPackage(_ file: String) -> String? {
    guard file.hasSuffix(".list") else { return nil }
    let package = file.dropLast(".list".count).prefix { $0 != ":" }
    guard package.lowercased().hasPrefix("cryptolib") else { return nil }
    let isName = package.unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "+", "-", ".": true
      default: false
      }
    }
    return isName ? String(package) : nil
  }

  /// The version without Debian's epoch and revision: `1:5.2.2-1` is 5.2.2.
  private static func upstream(_ version: Substring) -> Substring {
    let withoutEpoch = version.firstIndex(of: ":").map { version[$0...].dropFirst() } ?? version
    return withoutEpoch.lastIndex(of: "-").map { withoutEpoch[..<$0] } ?? withoutEpoch
  }

  private static func notInstalled(_ status: Substring) -> LocalizedText {
    let status = printable(String(status), limit: 40)
    return LocalizedText(
      fr: "n'est pas un paquet installé (« \(status) »)", en: "is not an installed package (“\(status)”)")
  }

  // MARK: - Asking

  private func names(in folder: String, _ findings: inout Findings) async -> [String] {
    do throws(FileFault) {
      let workstation = workstation
      return try await workstation.reading {
        Result { () throws(FileFault) in try workstation.names(in: folder) }
      }.get()
    } catch .missing {
      return []
    } catch {
      findings.remarks.append(Remark(folder, error.message))
      return []
    }
  }

  /// The lines that a program writes about a package. If it fails, there are none, and a remark is added.
  private func lines(
    of program: String, _ arguments: [String], about package: String, _ findings: inout Findings
  ) async -> [Substring] {
    do throws(ProgramFault) {
      let left = ContinuousClock.now.duration(to: end)
      guard left > .zero else { throw .timeout }
      let output = try await workstation.output(of: program, arguments, within: left)
      if output.exitStatus == 0 {
        return output.text.split(whereSeparator: \.isNewline)
      }
      // This is rpm's answer if the package is not installed.
      if output.text.hasPrefix("package \(package) is not installed") { return [] }
      let predicate = LocalizedText(
        fr: "a échoué (code \(output.exitStatus))", en: "failed (status \(output.exitStatus))")
      findings.remarks.append(Remark("\(program) \(package)", predicate))
    } catch {
      findings.remarks.append(Remark(program, error.predicate))
    }
    return []
  }
}

extension ProgramFault {
  /// What is wrong, phrased to follow the program's name.
  fileprivate var predicate: LocalizedText {
    switch self {
    case .missing:
      LocalizedText(
        fr: "est introuvable : le paquet n'a pas pu être cherché",
        en: "is nowhere to be found: the package could not be looked for")
    case .failed(let words):
      LocalizedText(
        fr: "a échoué : \(printable(words, limit: 200))", en: "failed: \(printable(words, limit: 200))")
    case .timeout: LocalizedText(fr: "n'a pas répondu à temps", en: "did not answer in time")
    case .ended, .killed, .tooMuchOutput, .notAProgram, .untrusted:
      LocalizedText(fr: "a échoué", en: "failed")
    }
  }
}

extension InstalledCryptolib.Architecture {
  /// The architecture with that name in rpm and dpkg; `nil` if the package is for any, or the name is unknown.
  fileprivate init?(_ machine: Substring) {
    switch machine {
    case "x86_64", "amd64", "aarch64", "arm64": self = .bits64
    case "i386", "i486", "i586", "i686": self = .bits32
    default: return nil
    }
  }
}

extension Findings {
  /// Adds the version that a package database gave, or a remark if it is not a version.
  fileprivate mutating func add(version words: Substring, for machine: Substring?, of place: String) {
    if let version = Version(words) {
      versions.append(.init(version: version, architecture: machine.flatMap { .init($0) }, place: place))
    } else {
      let words = printable(String(words), limit: 40)
      remarks.append(
        Remark(
          place,
          LocalizedText(
            fr: "donne une version illisible (« \(words) »)", en: "gives an unreadable version (“\(words)”)"))
      )
    }
  }
}
