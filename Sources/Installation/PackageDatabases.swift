package import Preflight

/// A package that a database of the system lists.
package struct ListedPackage: Sendable, Hashable {
  /// The kinds of databases.
  package enum Database: String, Sendable {
    case rpm, dpkg
  }

  /// The database that lists it.
  package let database: Database
  /// The name of the package.
  package let name: String
  /// The version, without Debian's epoch and revision: `1:5.2.2-1` is 5.2.2.
  package let version: String
  /// The machine that it is for, as the database names it. Nil if the database did not say.
  package let machine: String?

  /// The package as people name it, such as `rpm CryptolibCPS`.
  package var place: String { "\(database.rawValue) \(name)" }
}

/// Asks the package databases of a workstation; docs/cryptolib.md, “Packages”.
package struct PackageDatabases: Sendable {
  private let root: Root
  private let workstation: any WorkstationAccess
  /// The deadline for all databases together.
  private let end: ContinuousClock.Instant

  /// - Parameter end: the deadline for all databases together.
  package init(root: Root, workstation: any WorkstationAccess, end: ContinuousClock.Instant) {
    self.root = root
    self.workstation = workstation
    self.end = end
  }

  /// What a database says about packages, and what kept it from saying more.
  package struct Answer: Sendable {
    /// The packages that are installed, in the order in which they were found.
    package internal(set) var packages: [ListedPackage] = []
    /// What could not be used, phrased to follow the place.
    package internal(set) var problems: [(place: String, predicate: LocalizedText)] = []

    mutating func add(_ other: Answer) {
      packages += other.packages
      problems += other.problems
    }
  }

  // MARK: - RPM

  private static let rpmFolders = ["/var/lib/rpm", "/usr/lib/sysimage/rpm"]

  /// Returns what the RPM databases say about packages with these names. No program is run if there is no
  /// database.
  package func rpm(_ names: [String]) async -> Answer {
    var answer = Answer()
    for folder in Self.rpmFolders.map(root.path) {
      guard await !entries(in: folder, &answer).isEmpty else { continue }
      for name in names {
        // The folder is named because rpm's default differs between systems, and `--root` would need root's rights.
        let arguments = ["--dbpath", folder, "-q", "--queryformat", #"%{VERSION} %{ARCH}\n"#, name]
        for line in await lines(of: "rpm", arguments, about: name, &answer) {
          let words = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
          answer.packages.append(
            ListedPackage(
              database: .rpm, name: name, version: String(words.first ?? ""),
              machine: words.dropFirst().first.map(String.init)))
        }
      }
    }
    return answer
  }

  // MARK: - Debian

  /// Returns what dpkg's database says about the packages that are wanted. A program is run only if it could
  /// know something.
  package func dpkg(_ isWanted: @Sendable (String) -> Bool) async -> Answer {
    var answer = Answer()
    let packages = Set(
      await entries(in: root.path("/var/lib/dpkg/info"), &answer).compactMap(Self.debianPackage)
        .filter(isWanted))
    let elsewhere = root.elsewhere.map { ["--admindir=\($0)/var/lib/dpkg"] } ?? []
    for package in packages.sorted() {
      let arguments = elsewhere + ["-W", "-f", #"${db:Status-Status} ${Version} ${Architecture}\n"#, package]
      for line in await lines(of: "dpkg-query", arguments, about: package, &answer) {
        let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard let status = words.first, status == "installed" else {
          answer.problems.append(("dpkg \(package)", Self.notInstalled(words.first ?? "")))
          continue
        }
        answer.packages.append(
          ListedPackage(
            database: .dpkg, name: package, version: String(Self.upstream(words.dropFirst().first ?? "")),
            machine: words.dropFirst(2).first.map(String.init)))
      }
    }
    return answer
  }

  /// The package of a file such as `cryptolibcps:amd64.list`; `nil` if it is not the list of a package.
  ///
  /// `dpkg-query` takes patterns, so only the characters of package names are allowed (Debian policy, 5.6.7).
  private static func debianPackage(_ file: String) -> String? {
    guard file.hasSuffix(".list") else { return nil }
    let package = file.dropLast(".list".count).prefix { $0 != ":" }
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

  private func entries(in folder: String, _ answer: inout Answer) async -> [String] {
    do throws(FileFault) {
      let workstation = workstation
      return try await workstation.reading {
        Result { () throws(FileFault) in try workstation.names(in: folder) }
      }.get()
    } catch .missing {
      return []
    } catch {
      answer.problems.append((folder, error.message))
      return []
    }
  }

  /// The lines that a program writes about a package. If it fails, there are none, and a problem is added.
  private func lines(
    of program: String, _ arguments: [String], about package: String, _ answer: inout Answer
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
      answer.problems.append(("\(program) \(package)", predicate))
    } catch {
      answer.problems.append((program, error.predicate))
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
