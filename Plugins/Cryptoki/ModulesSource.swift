import Installation
package import Preflight

/// The source `p11-kit`: the PKCS#11 modules that are configured on the workstation. None is loaded; docs/doctor.md.
package struct ModulesSource: Source {
  /// The source as rule files name it, with its options.
  package static let declaration = SourceDeclaration(
    name: "p11-kit",
    summary: LocalizedText(
      fr: "les modules PKCS#11 que p11-kit connaît", en: "the PKCS#11 modules that p11-kit knows"),
    options: [Root.option], readsCard: false
  ) { parameters throws(ParameterError) in try ModulesSource(parameters) }

  /// The name in rule files and reports.
  package let name = "p11-kit"
  /// The modules.
  package let provides: Set<FactName> = [.p11kitModules]
  private let root: Root

  /// Makes the source from its options.
  ///
  /// - Throws: `ParameterError` if `root` is not an absolute path.
  package init(_ parameters: Parameters = Parameters()) throws(ParameterError) {
    root = try Root(parameters)
  }

  /// Reads the configurations.
  package func gather(
    _ wanted: Set<FactName>, knowing known: Facts, within deadline: Duration,
    from workstation: any WorkstationAccess
  ) async -> [Fact] {
    let (prefix, name) = (root.elsewhere ?? "", name)
    return await workstation.reading {
      do throws(ModuleFile.Fault) {
        let names = try ModuleConfiguration.names(under: prefix)
        return [Fact(.p11kitModules, .list(names.map { Self.module($0, under: prefix) }), source: name)]
      } catch {
        return [Fact(.p11kitModules, unavailable: Unavailability(error), source: name)]
      }
    }
  }

  private static func module(_ name: String, under prefix: String) -> PlainValue {
    do throws(ModuleFile.Fault) {
      let path = try ModuleConfiguration(named: name, under: prefix).path
      return .map(["name": .text(name), "module": path.map { .text($0) }])
    } catch {
      return .map(["name": .text(name), "distrust": .words(Unavailability(error).message)])
    }
  }
}

extension Unavailability {
  fileprivate init(_ fault: ModuleFile.Fault) {
    switch fault {
    case .refused(let fault, let module): self.init(Reading.Refusal(module: module, fault: fault))
    case .notLoaded(let words): self.init(.service, LocalizedText(everywhere: Text(words)))
    }
  }
}

extension FactName {
  /// The PKCS#11 modules that p11-kit knows.
  package static let p11kitModules = FactName("p11kit.modules")
}

extension FactDeclaration {
  /// The facts of the source `p11-kit`.
  static let ofModules = [
    FactDeclaration(
      .p11kitModules, .list, fr: "modules PKCS#11 que p11-kit connaît",
      en: "PKCS#11 modules that p11-kit knows")
  ]
}

extension Examination {
  /// Which PKCS#11 modules other software finds, the Cryptolib's among them.
  static let p11kitModules = Examination("p11kit.modules", .cryptolib, [.p11kitModules]) {
    facts throws(Unavailability) in
    let modules = try facts.entries(.p11kitModules)
    let faults = modules.compactMap { module -> Observation? in
      guard let words = module.words("distrust") else { return nil }
      return Observation(
        .attention, "unsafe",
        LocalizedText(
          fr: "La configuration p11-kit « \(module.text("name") ?? "") » n'est pas suivie : \(words.french).",
          en: "The p11-kit configuration “\(module.text("name") ?? "")” is not followed: \(words.english)."))
    }
    let list = modules.map { module in
      "\(printable(module.text("name") ?? "", limit: 60)) (\(printable(module.text("module") ?? "–", limit: 120)))"
    }.joined(separator: ", ")
    guard !modules.isEmpty else {
      return [
        .sound("none", fr: "p11-kit ne connaît aucun module PKCS#11.", en: "p11-kit knows no PKCS#11 module.")
      ]
    }
    return faults + [
      .sound(fr: "Modules PKCS#11 de p11-kit : \(list).", en: "PKCS#11 modules of p11-kit: \(list).")
    ]
  }
}
