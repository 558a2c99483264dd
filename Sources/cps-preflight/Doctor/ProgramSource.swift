import Cryptoki
import Glibc
import Machine
import Preflight
import Processes
import VerdictFile
import Workstation

/// The source of what this program is: only it knows itself.
struct ProgramSource: Source {
  let name = "program"
  let provides: Set<FactName> = [
    .programPath, .programVersion, .programOrigin, .programReader, .programLandlock,
  ]

  func gather(
    _ wanted: Set<FactName>, knowing known: Facts, within deadline: Duration,
    from workstation: any WorkstationAccess
  ) async -> [Fact] {
    var facts = [
      Fact(.programVersion, .text(ProgramVersion.current), source: name), reader(on: workstation),
      Fact(.programLandlock, .text(Self.landlock), source: name),
    ]
    if let path = (try? workstation.target(ofLink: "/proc/self/exe")) {
      facts.append(Fact(.programPath, .text(path), source: name))
      let origin = await origin(of: path, within: deadline, on: workstation)
      facts.append(Fact(.programOrigin, .text(origin), source: name))
    }
    return facts.filter { wanted.contains($0.name) }
  }

  /// How the program came here, as the package databases and its path say.
  private func origin(of path: String, within deadline: Duration, on workstation: any WorkstationAccess) async
    -> String
  {
    if path.contains("/.build/") { return "build" }
    for (program, arguments) in [("dpkg-query", ["-S", path]), ("rpm", ["-qf", path])] {
      let answer = try? await workstation.output(of: program, arguments, within: deadline)
      if answer?.exitStatus == 0 { return program == "rpm" ? "rpm" : "dpkg" }
    }
    return ["/usr/", "/opt/"].contains { path.hasPrefix($0) } ? "local" : "other"
  }

  private static var landlock: String {
    switch Landlock.support {
    case .version(let version): String(version)
    case .switchedOff: "off"
    case .none: "none"
    }
  }

  /// The isolated reader of cards, or why it would not be run.
  private func reader(on workstation: any WorkstationAccess) -> Fact {
    if let refusal = workstation.refusal(of: CryptokiSource.reader) {
      return Fact(.programReader, unavailable: Unavailability(.unsafe, refusal), source: name)
    }
    let paths = LocalWorkstation.ownPaths(of: CryptokiSource.reader)
    let found = paths.first { (try? workstation.status(of: $0)) != nil }
    guard let path = found else { return Fact(absent: .programReader, source: name) }
    guard access(path, X_OK) == 0 else {
      return Fact(
        .programReader,
        unavailable: Unavailability(
          .service,
          LocalizedText(fr: "\(path) n'est pas exécutable", en: "\(path) is not executable")), source: name)
    }
    return Fact(.programReader, .text(path), source: name)
  }
}
