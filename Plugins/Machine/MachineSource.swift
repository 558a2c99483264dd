import Glibc
import Installation
package import Preflight

/// The source `machine`: the workstation itself: its system, clock, locale, disk space and memory;
/// docs/doctor.md.
package struct MachineSource: Source {
  /// The source as rule files name it, with its options.
  package static let declaration = SourceDeclaration(
    name: "machine",
    summary: LocalizedText(
      fr: "le poste lui-même : système, fuseau, place, mémoire",
      en: "the workstation itself: system, time zone, disk space, memory"),
    options: [
      Root.option,
      Parameter(
        "journal", .string, fr: "journal dont le dossier est regardé", en: "journal whose folder is looked at"
      ),
    ],
    readsCard: false
  ) { parameters throws(ParameterError) in try MachineSource(parameters) }

  /// The name in rule files and reports.
  package let name = "machine"
  /// The facts whose names begin with `machine.`.
  package let provides = Set(FactDeclaration.ofMachine.map(\.name))
  private let root: Root
  private let journal: String?

  /// Makes the source from its options.
  ///
  /// - Throws: `ParameterError` if `root` is not an absolute path.
  package init(_ parameters: Parameters = Parameters()) throws(ParameterError) {
    root = try Root(parameters)
    journal = parameters.string("journal")
  }

  /// Looks at the workstation.
  package func gather(
    _ wanted: Set<FactName>, knowing known: Facts, within deadline: Duration,
    from workstation: any WorkstationAccess
  ) async -> [Fact] {
    let (root, journal, name) = (root, journal, name)
    return await workstation.reading {
      let look = MachineLook(root: root, workstation: workstation, source: name)
      return (look.facts + [look.rooms(journal), look.journal(journal)]).filter { wanted.contains($0.name) }
    }
  }
}

/// One look at a workstation.
private struct MachineLook {
  let root: Root
  let workstation: any WorkstationAccess
  let source: String

  private static let sizeLimit = 64 * 1024

  var facts: [Fact] {
    [
      known(.machineSystem, system), known(.machinePackager, packager), known(.machineContainer, container),
      known(.machineTimeZone, timeZone), known(.machineLocale, locale),
      Fact(.machineSystemd, .boolean(isFolder("/run/systemd/system")), source: source),
      Fact(.machineRoot, .boolean(geteuid() == 0), source: source), memory,
    ]
  }

  private func known(_ name: FactName, _ text: String?) -> Fact {
    text.map { Fact(name, .text(printable($0, limit: 200)), source: source) }
      ?? Fact(absent: name, source: source)
  }

  private func text(of path: String) -> String? {
    (try? workstation.contents(of: root.path(path), limit: Self.sizeLimit)).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  private func exists(_ path: String) -> Bool { (try? workstation.status(of: root.path(path))) != nil }
  private func isFolder(_ path: String) -> Bool {
    (try? workstation.status(of: root.path(path)))?.kind == .folder
  }

  // MARK: - System

  /// os-release(5), `PRETTY_NAME`.
  private var system: String? {
    let text = text(of: "/etc/os-release") ?? text(of: "/usr/lib/os-release")
    let line = text?.split(whereSeparator: \.isNewline).first { $0.hasPrefix("PRETTY_NAME=") }
    return line.map { $0.dropFirst("PRETTY_NAME=".count).filter { $0 != "\"" && $0 != "'" } }
  }

  private var packager: String? {
    let places = [("apt", "apt-get"), ("dnf", "dnf"), ("yum", "yum"), ("zypper", "zypper")]
    return places.first { exists("/usr/bin/\($0.1)") || exists("/bin/\($0.1)") }?.0
  }

  /// The kind of container; nil if there are no signs of one.
  private var container: String? {
    if exists("/run/.containerenv") { return "podman" }
    if exists("/.dockerenv") { return "docker" }
    if let kind = text(of: "/run/systemd/container")?.split(whereSeparator: \.isNewline).first {
      return String(kind)
    }
    let groups = text(of: "/proc/1/cgroup") ?? ""
    return ["docker", "lxc", "kubepods", "containerd"].first { groups.contains("/\($0)") }
  }

  // MARK: - Time and language

  /// The name of the zone: what /etc/localtime leads to, otherwise what /etc/timezone says.
  private var timeZone: String? {
    if root.elsewhere == nil, let zone = getenv("TZ").map({ String(cString: $0) }), !zone.isEmpty {
      return zone
    }
    if let target = try? workstation.target(ofLink: root.path("/etc/localtime")),
      let zone = target.split(separator: "/zoneinfo/", maxSplits: 1).last, target.contains("/zoneinfo/")
    {
      return String(zone)
    }
    return text(of: "/etc/timezone")?.split(whereSeparator: \.isNewline).first.map(String.init)
  }

  /// The locale of messages and characters, by its first variable that counts (locale(7)).
  private var locale: String? {
    (["LC_ALL", "LC_CTYPE", "LANG"] as [String]).compactMap { getenv($0).map { String(cString: $0) } }.first {
      !$0.isEmpty
    }
  }

  // MARK: - Room and memory

  /// A number as it is reported. It is capped: beyond that, more is of no interest, and no number gets as
  /// long as an identifier.
  private static func told(_ number: Int) -> Int { min(number, 99_999_999) }

  /// The free space where the program, the Cryptolib and the system write.
  func rooms(_ journal: String?) -> Fact {
    let folders =
      ["/tmp", "/var", "/etc/opt/santesocial"].map(root.path) + [journal.map(Self.folder)].compactMap(\.self)
    let rooms = folders.compactMap { folder -> PlainValue? in
      guard let room = try? workstation.room(at: folder) else { return nil }
      return .map([
        "path": .text(folder), "availableMiB": .integer(Self.told(room.available >> 20)),
        "files": room.files.map { .integer(Self.told($0)) },
      ])
    }
    return Fact(.machineDisk, .list(rooms), source: source)
  }

  /// The memory that is left, and what limits it, in MiB (proc(5); control groups, version 2).
  private var memory: Fact {
    var available: Int?
    for line in (text(of: "/proc/meminfo") ?? "").split(whereSeparator: \.isNewline)
    where line.hasPrefix("MemAvailable:") {
      available = line.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 >> 10 }
    }
    let group = text(of: "/sys/fs/cgroup/memory.max")?.split(whereSeparator: \.isWhitespace).first.flatMap {
      Int($0)
    }
    var limit = rlimit()
    var process: Int?
    for resource in [RLIMIT_AS, RLIMIT_DATA]
    where getrlimit(__rlimit_resource_t(UInt32(resource.rawValue)), &limit) == 0 {
      if limit.rlim_cur != rlim_t.max { process = min(process ?? .max, Int(clamping: limit.rlim_cur)) }
    }
    // Another root belongs to another machine, and no file there says how much memory is left on it.
    if root.elsewhere != nil, available == nil { return Fact(absent: .machineMemory, source: source) }
    guard available != nil || group != nil || process != nil else {
      return Fact(
        .machineMemory,
        unavailable: Unavailability(
          .service,
          LocalizedText(
            fr: "la mémoire du poste n'est pas connue", en: "the workstation's memory is not known")),
        source: source)
    }
    guard
      case .map(let entries) = PlainValue.map([
        "availableMiB": available.map { .integer(Self.told($0)) },
        "groupMiB": group.map { .integer(Self.told($0 >> 20)) },
        "processMiB": process.map { .integer(Self.told($0 >> 20)) },
      ])
    else { return Fact(absent: .machineMemory, source: source) }
    return Fact(.machineMemory, .map(entries), source: source)
  }

  // MARK: - Journal

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  func journal(_ path: String?) -> Fact {
    guard let path else { return Fact(absent: .machineJournal, source: source) }
    let folder = Self.folder(of: path)
    let status = try? workstation.status(of: folder)
    let file = try? workstation.status(of: path)
    guard
      case .map(let entries) = PlainValue.map([
        "path": .text(path), "folder": .text(folder), "there": .boolean(status?.kind == .folder),
        "writable": .boolean(status?.isWritable == true && file?.isWritable != false),
      ])
    else { return Fact(absent: .machineJournal, source: source) }
    return Fact(.machineJournal, .map(entries), source: source)
  }
}
