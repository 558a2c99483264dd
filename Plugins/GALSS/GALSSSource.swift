import Installation
package import Preflight

/// The source `galss`: how GALSS, the older reader interface, and the SSV are set up on this workstation; docs/doctor.md.
package struct GALSSSource: Source {
  /// The source as rule files name it, with its options.
  package static let declaration = SourceDeclaration(
    name: "galss",
    summary: LocalizedText(
      fr: "les réglages de GALSS et des SSV : galss.ini, io_comm.ini, sesam.ini",
      en: "the settings of GALSS and the SSV: galss.ini, io_comm.ini, sesam.ini"),
    options: [Root.option], readsCard: false
  ) { parameters throws(ParameterError) in try GALSSSource(parameters) }

  /// The name in rule files and reports.
  package let name = "galss"
  /// The facts of GALSS and of the SSV.
  package let provides = Set(FactDeclaration.ofGALSS.map(\.name))
  private let root: Root

  /// Makes the source from its options.
  ///
  /// - Throws: `ParameterError` if `root` is not an absolute path.
  package init(_ parameters: Parameters = Parameters()) throws(ParameterError) {
    root = try Root(parameters)
  }

  /// Reads the settings.
  package func gather(
    _ wanted: Set<FactName>, knowing known: Facts, within deadline: Duration,
    from workstation: any WorkstationAccess
  ) async -> [Fact] {
    let root = root
    let name = name
    return await workstation.reading {
      let (settings, channels) = Self.settings(under: root, of: workstation, source: name)
      let sesam = SesamFiles(under: root, of: workstation)
      let files = sesam.paths.map { SesamSettings($0, under: root, of: workstation).plain }
      var facts = [settings, channels]
      if let fault = sesam.faults.first {
        facts.append(
          Fact(
            .sesamFiles,
            unavailable: Unavailability(
              .service,
              LocalizedText(
                fr: "\(fault.path) \(fault.fault.message.french)",
                en: "\(fault.path) \(fault.fault.message.english)")),
            source: name))
      } else {
        facts.append(Fact(.sesamFiles, .list(files), source: name))
      }
      return facts.filter { wanted.contains($0.name) }
    }
  }

  // MARK: - GALSS

  private static func settings(
    under root: Root, of workstation: any WorkstationAccess, source: String
  ) -> (Fact, Fact) {
    for folder in GALSSInstallation.folders.map(root.path) {
      let names = (try? workstation.names(in: folder)) ?? []
      guard let file = names.first(where: { $0.lowercased() == "galss.ini" }) else { continue }
      let path = "\(folder)/\(file)"
      do throws(FileFault) {
        let ini = INIFile(try workstation.contents(of: path, limit: INIFile.sizeLimit))
        let io = names.first { $0.lowercased() == "io_comm.ini" }.map { "\(folder)/\($0)" }
        let ports = io.flatMap { try? workstation.contents(of: $0, limit: INIFile.sizeLimit) }.map {
          INIFile($0)
        }
        let channels = ini.sections.filter(isChannel).map { section in
          Channel(section, in: ini, ports: ports, under: root, of: workstation).plain
        }
        return (
          Fact(
            .galssFile, .map([.init("path", .text(path))] + (io.map { [.init("ports", .text($0))] } ?? [])),
            source: source),
          Fact(.galssChannels, .list(channels), source: source)
        )
      } catch {
        let why = Unavailability(
          .service,
          LocalizedText(fr: "\(path) \(error.message.french)", en: "\(path) \(error.message.english)"))
        return (
          Fact(.galssFile, unavailable: why, source: source),
          Fact(.galssChannels, unavailable: why, source: source)
        )
      }
    }
    return (Fact(absent: .galssFile, source: source), Fact(absent: .galssChannels, source: source))
  }

  /// `[CANAL1]`, and no section of a terminal on it, such as `[CANAL1.TERMINAL1]`.
  private static func isChannel(_ section: String) -> Bool {
    section.hasPrefix("canal") && section.count > 5 && section.dropFirst(5).allSatisfy(\.isNumber)
  }
}

/// A channel of GALSS: the way to one reader.
struct Channel: Sendable, Hashable {
  let name: String
  /// What it leads to, as written: a reader of PC/SC, or a port. Nil if it says nothing.
  let target: String?
  /// The device of a port; `nil` if there is none, or it is not known.
  let device: String?
  /// Whether that device is there; `nil` without a device.
  let deviceIsThere: Bool?

  init(
    _ section: String, in ini: INIFile, ports: INIFile?, under root: Root,
    of workstation: any WorkstationAccess
  ) {
    name = section.uppercased()
    target = ini.values(of: "caracteristiques", in: section).first
    device = target.flatMap { Self.device($0, ports) }
    deviceIsThere = device.map { (try? workstation.status(of: root.path($0))) != nil }
  }

  /// The device that a port names: itself, or the one under which `io_comm.ini` lists it.
  private static func device(_ target: String, _ ports: INIFile?) -> String? {
    let word = target.split { $0 == " " || $0 == "," || $0 == ":" }.first.map(String.init) ?? target
    if word.hasPrefix("/dev/") { return absolute(word) }
    guard word.isPort, let ports else { return nil }
    let port = word.lowercased()
    return ports.entries.first {
      ($0.key == port || $0.section == port) && $0.value.hasPrefix("/dev/")
    }.flatMap { absolute($0.value) }
  }

  /// The channel as the fact holds it.
  var plain: PlainValue {
    .map([
      "name": .text(name), "target": target.map { .text($0) }, "device": device.map { .text($0) },
      "there": deviceIsThere.map { .boolean($0) },
    ])
  }
}

extension String {
  /// Whether it names a serial port, as `COM1` does.
  var isPort: Bool {
    let word = split { $0 == " " || $0 == "," || $0 == ":" }.first.map { $0.lowercased() } ?? ""
    return word.hasPrefix("com") && word.count > 3 && word.dropFirst(3).allSatisfy(\.isNumber)
  }
}
