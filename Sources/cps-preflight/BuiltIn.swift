import AnyFact
import Billing
import Card
import Cryptoki
import Cryptolib
import FactsFile
import GestionnaireReport
import PCSC
import Preflight

/// The built-in plugins: the one place to register a new plugin of `Plugins/`.
enum BuiltIn {
  /// The plugins in the order of listings, gathering and judging.
  static let plugins: [BuiltInPlugin] = [
    .pcsc, .card, .billing, .cryptoki, .cryptolib, .anyFact, .gestionnaireReport, .factsFile,
  ]

  static let registry = Registry(plugins)
}
