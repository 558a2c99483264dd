import AnyFact
import Billing
import Card
import Cryptoki
import Cryptolib
import FactsFile
import GALSS
import GestionnaireReport
import Machine
import PCSC
import Preflight
import USB

/// The built-in plugins: the one place to register a new plugin of `Plugins/`.
enum BuiltIn {
  /// The plugins in the order of listings, gathering and judging.
  static let plugins: [BuiltInPlugin] = [
    .pcsc, .card, .billing, .cryptoki, .cryptolib, .anyFact, .gestionnaireReport, .factsFile, .usb, .galss,
    .machine,
  ]

  static let registry = Registry(plugins)

  /// The facts that no source gives unless a rule file names it: those of `doctor`.
  static let factsOfSourcesOnRequest: Set<FactName> = {
    func provided(by sources: [SourceDeclaration]) -> Set<FactName> {
      sources.reduce(into: []) { $0.formUnion((try? $1.make(Parameters()))?.provides ?? []) }
    }
    let usual: Set = ["pcsc", "cryptoki", "cryptolib"]
    return provided(by: registry.sources.filter { !usual.contains($0.name) })
      .subtracting(provided(by: registry.sources.filter { usual.contains($0.name) }))
  }()
}
