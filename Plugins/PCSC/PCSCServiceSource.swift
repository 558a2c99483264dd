import Glibc
import Installation
package import Preflight

/// The source `pcsc-service`: the PC/SC service itself, all that it needs, and what each of its readers holds. No card is
/// touched; docs/doctor.md.
package struct PCSCServiceSource: Source {
  /// The source as rule files name it, with its options.
  package static let declaration = SourceDeclaration(
    name: "pcsc-service",
    summary: LocalizedText(
      fr: "le service PC/SC, ses paquets, ses droits, et ce qu'il voit dans chaque lecteur",
      en: "the PC/SC service, its packages, its permissions, and what it sees in each reader"),
    options: [Root.option], readsCard: false
  ) { parameters throws(ParameterError) in try PCSCServiceSource(parameters) }

  /// The name in rule files and reports.
  package let name = "pcsc-service"
  /// The facts whose names begin with `pcsc.`.
  package let provides = Set(FactDeclaration.ofService.map(\.name))
  private let root: Root

  /// Makes the source from its options.
  ///
  /// - Throws: `ParameterError` if `root` is not an absolute path.
  package init(_ parameters: Parameters = Parameters()) throws(ParameterError) {
    root = try Root(parameters)
  }

  /// Asks the service, the package databases, polkit and systemd, each only if a wanted fact needs it.
  package func gather(
    _ wanted: Set<FactName>, knowing known: Facts, within deadline: Duration,
    from workstation: any WorkstationAccess
  ) async -> [Fact] {
    let end = ContinuousClock.now + deadline
    var facts: [Fact] = []
    if wanted.contains(.pcscPackages) { facts.append(await packages(until: end, of: workstation)) }
    if wanted.contains(.pcscUnit) { facts.append(await unit(until: end, of: workstation)) }
    for (fact, action) in Self.actions where wanted.contains(fact) {
      facts.append(await permission(fact, action, until: end, of: workstation))
    }
    if wanted.contains(.pcscPrograms) { facts.append(await programs(until: end, of: workstation)) }
    // The service comes last: one that does not answer takes all the time that is left.
    if wanted.contains(.pcscService) || wanted.contains(.pcscReaders) {
      facts += await service(Self.left(until: end))
    }
    return facts.filter { wanted.contains($0.name) }
  }

  // MARK: - The service

  private func service(_ deadline: Duration) async -> [Fact] {
    do throws(PCSCFault) {
      let readers = try await ReaderWatch(reader: nil, within: deadline).found()
      return [
        Fact(.pcscService, .text("running"), source: name),
        Fact(.pcscReaders, .list(readers.map(\.plain)), source: name),
      ]
    } catch {
      let why = Unavailability(error, within: deadline)
      return [
        Fact(.pcscService, .text(error.condition), source: name, note: why.message),
        Fact(.pcscReaders, unavailable: why, source: name),
      ]
    }
  }

  // MARK: - Packages

  private static let debian: Set<String> = ["pcscd", "libccid", "libpcsclite1"]
  private static let rpm = ["pcsc-lite", "pcsc-lite-ccid", "pcsc-lite-libs"]

  private func packages(until end: ContinuousClock.Instant, of workstation: any WorkstationAccess) async
    -> Fact
  {
    let databases = PackageDatabases(root: root, workstation: workstation, end: end)
    let answers = [await databases.rpm(Self.rpm), await databases.dpkg { Self.debian.contains($0) }]
    let packages = answers.flatMap(\.packages)
    let folders = ["/var/lib/dpkg/info", "/var/lib/rpm", "/usr/lib/sysimage/rpm"].map(root.path)
    let hasDatabase = await workstation.reading {
      folders.contains { ((try? workstation.names(in: $0)) ?? []).isEmpty == false }
    }
    if packages.isEmpty, let problem = answers.flatMap(\.problems).first {
      let why = LocalizedText(
        fr: "\(problem.place) \(problem.predicate.french)",
        en: "\(problem.place) \(problem.predicate.english)")
      return Fact(.pcscPackages, unavailable: Unavailability(.service, why), source: name)
    }
    // Without a database, nothing is known of packages: the service may have been installed in another way.
    guard hasDatabase else { return Fact(absent: .pcscPackages, source: name) }
    return Fact(
      .pcscPackages,
      .list(
        packages.map { .map(["name": .text($0.name), "version": .text($0.version)]) }), source: name)
  }

  // MARK: - systemd

  private func unit(until end: ContinuousClock.Instant, of workstation: any WorkstationAccess) async -> Fact {
    let folder = root.path("/run/systemd/system")
    let hasSystemd = await workstation.reading { (try? workstation.status(of: folder))?.kind == .folder }
    guard hasSystemd, root.elsewhere == nil else { return Fact(absent: .pcscUnit, source: name) }
    do throws(ProgramFault) {
      let answer = try await workstation.output(
        of: "systemctl", ["show", "--property=LoadState,ActiveState", "pcscd.socket"],
        within: Self.left(until: end))
      let lines = answer.text.split(whereSeparator: \.isNewline).map { $0.split(separator: "=") }
      let states = Dictionary(lines.compactMap { $0.count == 2 ? ($0[0], $0[1]) : nil }) { first, _ in first }
      if let load = states["LoadState"], let active = states["ActiveState"] {
        let word =
          load == "not-found"
          ? "not-found" : active == "active" ? "active" : active == "failed" ? "failed" : "inactive"
        return Fact(.pcscUnit, .text(word), source: name)
      }
    } catch {}
    return Fact(
      .pcscUnit,
      unavailable: Unavailability(
        .service,
        LocalizedText(
          fr: "systemd n'a pas dit l'état de pcscd.socket",
          en: "systemd did not report the state of pcscd.socket")),
      source: name)
  }

  // MARK: - polkit

  private static let actions: [(FactName, String)] = [
    (.pcscMayConnect, "org.debian.pcsc-lite.access_pcsc"),
    (.pcscMayUseCards, "org.debian.pcsc-lite.access_card"),
  ]
  private static let policy = "/usr/share/polkit-1/actions/org.debian.pcsc-lite.policy"

  /// Whether polkit lets this program do that. There is no answer if pcscd does not ask polkit.
  private func permission(
    _ fact: FactName, _ action: String, until end: ContinuousClock.Instant,
    of workstation: any WorkstationAccess
  ) async -> Fact {
    let policy = root.path(Self.policy)
    let isAsked = await workstation.reading { (try? workstation.status(of: policy)) != nil }
    guard isAsked, root.elsewhere == nil else { return Fact(absent: fact, source: name) }
    do throws(ProgramFault) {
      let answer = try await workstation.output(
        of: "pkcheck", ["--action-id", action, "--process", "\(getpid())"], within: Self.left(until: end))
      switch answer.exitStatus {
      case 0: return Fact(fact, .boolean(true), source: name)
      case 1, 2, 3: return Fact(fact, .boolean(false), source: name)
      default: break
      }
    } catch .missing {
      // Without polkit's own programs there is no polkit, and pcscd lets everybody in.
      return Fact(absent: fact, source: name)
    } catch {}
    return Fact(
      fact,
      unavailable: Unavailability(
        .service,
        LocalizedText(
          fr: "polkit n'a pas dit si \(action) est permis",
          en: "polkit did not say whether \(action) is allowed")),
      source: name)
  }

  // MARK: - Other programs

  /// No workstation that bills runs more.
  private static let mostProcesses = 4096
  private static let mapsLimit = 1 << 20

  /// The programs that have PC/SC's library in them, or a device of the USB bus open, as far as this user may see: their
  /// names and process ids, never their arguments.
  private func programs(until end: ContinuousClock.Instant, of workstation: any WorkstationAccess) async
    -> Fact
  {
    let source = name
    return await workstation.reading {
      let own = "\(getpid())"
      let ids: [String]
      do throws(FileFault) { ids = try workstation.names(in: "/proc") } catch {
        let why = LocalizedText(fr: "/proc \(error.message.french)", en: "/proc \(error.message.english)")
        return Fact(.pcscPrograms, unavailable: Unavailability(.service, why), source: source)
      }
      var found: [String] = []
      for id in ids.filter({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }).prefix(Self.mostProcesses)
      where id != own && ContinuousClock.now < end {
        // The programs that this one has started look at the card too.
        let parent = Self.parent(ofProcess: id, on: workstation)
        if parent == own || parent.flatMap({ Self.parent(ofProcess: $0, on: workstation) }) == own {
          continue
        }
        guard let name = Self.name(ofProcess: id, on: workstation), name != "pcscd" else { continue }
        if Self.usesReaders(id, named: name, on: workstation) {
          found.append("\(printable(name, limit: 32)) (\(id))")
        }
      }
      return Fact(.pcscPrograms, .texts(found), source: source)
    }
  }

  private static func name(ofProcess id: String, on workstation: any WorkstationAccess) -> String? {
    guard let bytes = try? workstation.contents(of: "/proc/\(id)/comm", limit: 4096) else { return nil }
    return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).first.map(String.init)
  }

  /// Returns the process that started another one, or a process above it (proc_pid_status(5)).
  private static func parent(ofProcess id: String, on workstation: any WorkstationAccess) -> String? {
    guard let bytes = try? workstation.contents(of: "/proc/\(id)/status", limit: 1 << 16) else { return nil }
    return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
      .first { $0.hasPrefix("PPid:") }.map { String($0.filter(\.isNumber)) }
  }

  private static func usesReaders(_ id: String, named name: String, on workstation: any WorkstationAccess)
    -> Bool
  {
    // GnuPG's and GALSS's own programs reach a reader without PC/SC.
    if name == "scdaemon" || name.lowercased().hasPrefix("galss") { return true }
    if let maps = try? workstation.contents(of: "/proc/\(id)/maps", limit: mapsLimit),
      String(decoding: maps, as: UTF8.self).utf8.contains(text: "/libpcsclite.so")
    {
      return true
    }
    let descriptors = (try? workstation.names(in: "/proc/\(id)/fd")) ?? []
    return descriptors.prefix(256).contains {
      (try? workstation.target(ofLink: "/proc/\(id)/fd/\($0)"))?.hasPrefix("/dev/bus/usb/") == true
    }
  }

  private static func left(until end: ContinuousClock.Instant) -> Duration {
    max(.milliseconds(1), ContinuousClock.now.duration(to: end))
  }
}

extension PCSCFault {
  /// The word of the fact `pcsc.service`.
  fileprivate var condition: String {
    switch self {
    case .unreachable(.absent, _): "absent"
    case .unreachable(.forbidden, _): "forbidden"
    case .unreachable(.refused, _): "refused"
    case .unreachable(.deaf, _), .outlasted: "deaf"
    case .otherVersion: "other-version"
    case .status(let status): status.isLossOfService ? "absent" : "failing"
    }
  }
}

extension CardReader {
  /// The reader as the fact `pcsc.readers` holds it.
  fileprivate var plain: PlainValue {
    var card: String?
    var isContactless: Bool?
    let state: String
    switch content {
    case .empty: state = "empty"
    case .mute: state = "mute"
    case .unusable: state = "unusable"
    case .card(let family, _):
      state = "card"
      switch family {
      case .cps(let generation, let contactless): (card, isContactless) = (generation.rawValue, contactless)
      case .vitale: card = "vitale"
      case .other: card = "other"
      }
    }
    return .map([
      "name": .text(name), "state": .text(state), "card": card.map { .text($0) },
      "contactless": isContactless.map { .boolean($0) }, "exclusive": .boolean(isHeldExclusively),
    ])
  }
}

extension String.UTF8View {
  /// Whether the text is anywhere in it.
  fileprivate func contains(text: String) -> Bool {
    let sought = Array(text.utf8)
    guard let first = sought.first else { return true }
    var rest = self[...]
    while let place = rest.firstIndex(of: first) {
      if rest[place...].starts(with: sought) { return true }
      rest = rest[place...].dropFirst()
    }
    return false
  }
}
