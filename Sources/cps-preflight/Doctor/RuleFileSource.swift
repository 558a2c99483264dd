import Machine
import PluginHost
import Preflight
import Processes
import RuleDesk
import RuleFile
import Workstation

/// The source of what the rule file in use is, and of the plugins from outside. What is refused as unsafe is not read and
/// not run.
struct RuleFileSource: Source {
  /// The rule file that the command line names.
  let rules: String?
  let plugins: PluginInputs
  let language: Language

  let name = "rules"
  let provides: Set<FactName> = [
    .rulesPath, .rulesOwnersOnly, .rulesErrors, .rulesWarnings, .rulesPlugins, .rulesUnsafe,
  ]

  func gather(
    _ wanted: Set<FactName>, knowing known: Facts, within deadline: Duration,
    from workstation: any WorkstationAccess
  ) async -> [Fact] {
    do throws(Failure) {
      let composition = try LoadedRules.composition(rules, within: deadline, in: language)
      return await facts(of: composition, on: workstation)
    } catch {
      let why = Unavailability(error.code == .unsafe ? .unsafe : .service, error.message)
      var facts = [FactName.rulesPath, .rulesOwnersOnly, .rulesErrors, .rulesWarnings].map {
        Fact($0, unavailable: why, source: name)
      }
      if error.code == .unsafe, let place = error.place {
        facts.append(Fact(.rulesUnsafe, .text(place), source: name))
      }
      return facts + [await listed([])]
    }
  }

  private func facts(of composition: RuleComposition, on workstation: any WorkstationAccess) async -> [Fact] {
    let path = composition.name
    var facts = [Fact(.rulesPath, .text(path), source: name), await listed(composition.plugins)]
    // The file that is in the program itself has no path.
    if path != "default" {
      let distrust = try? workstation.distrust(
        of: path,
        consequence: LocalizedText(
          fr: "sans --rules, check le refuserait", en: "without --rules, check would refuse it"))
      facts.append(Fact(.rulesOwnersOnly, .boolean(distrust == nil), source: name, note: distrust))
    }
    do throws(Failure) {
      let file = RuleFile(
        composition, registry: BuiltIn.registry.adding(try await plugins.found(for: composition)))
      facts.append(Fact(.rulesErrors, .texts(file.diagnostics.map(shown)), source: name))
      facts.append(
        Fact(.rulesWarnings, .texts(file.warnings(on: FrenchCalendar.today).map(shown)), source: name))
    } catch {
      // The list of plugins reports a plugin that is refused; without that plugin, the rules cannot be
      // examined.
      let why = Unavailability(.service, error.message)
      facts += [.rulesErrors, .rulesWarnings].map { Fact($0, unavailable: why, source: name) }
    }
    return facts
  }

  /// A diagnostic on one line: its place, and what it says.
  private func shown(_ diagnostic: Diagnostic) -> String {
    printable(
      "\(diagnostic.file):\(diagnostic.span.start.line): \(diagnostic.words(in: language))", limit: 500)
  }

  /// Every plugin from outside, or why it cannot be used.
  private func listed(_ listed: [NamedPlugin]) async -> Fact {
    do throws(Failure) {
      let plugins = try await self.plugins.search(listed: listed).all()
      return Fact(
        .rulesPlugins,
        .list(
          plugins.map { path, result in
            switch result {
            case .success(let plugin):
              .map([
                "path": .text(path), "name": .text(plugin.manifest.name),
                "version": .text(plugin.manifest.version),
              ])
            case .failure(let fault):
              .map(["path": .text(path), "fault": .words(fault.message), "unsafe": .boolean(fault.isUnsafe)])
            }
          }), source: name)
    } catch {
      return Fact(.rulesPlugins, unavailable: Unavailability(.service, error.message), source: name)
    }
  }
}

extension Failure {
  /// What is wrong, as a part of a sentence.
  var message: LocalizedText {
    func line(_ language: Language) -> Text {
      let line = text(in: language).split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
      // The format of compilers is for standard error.
      return Text(line.replacing(": error: ", with: language == .french ? "\u{A0}: " : ": "))
    }
    return LocalizedText(fr: line(.french), en: line(.english))
  }
}
