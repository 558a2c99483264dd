import AnyFact
import Billing
import Card
import Cryptoki
import Cryptolib
import GALSS
import Machine
import PCSC
import Preflight
import USB

/// The built-in plugins: the one place to register a new plugin of `Plugins/`.
enum BuiltIn {
  /// The plugins in the order of listings, gathering and judging.
  static let plugins: [BuiltInPlugin] = [
    .pcsc, .card, .billing, .cryptoki, .cryptolib, .anyFact, .usb, .galss, .machine,
  ]

  static let registry = Registry(plugins)

  /// The facts of sources that a rule file has to name, and of `doctor` alone: the facts that its examinations read, and
  /// that no source of a rule file without `sources:` gives.
  static let factsOfSourcesOnRequest: Set<FactName> = {
    let declared = plugins.flatMap(\.examinations).reduce(into: Set<FactName>()) { $0.formUnion($1.facts) }
    let usual = ["pcsc", "cryptoki", "cryptolib"].compactMap { registry.source($0) }
      .compactMap { try? $0.make(Parameters()).provides }
    return usual.reduce(declared.subtracting([.today])) { $0.subtracting($1) }
  }()
}
