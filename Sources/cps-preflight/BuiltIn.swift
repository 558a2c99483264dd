import AnyFact
import Billing
import Card
import Cryptoki
import Cryptolib
import PCSC
import Preflight

/// What comes with the program. The one place to register a new plugin of `Plugins/`.
enum BuiltIn {
  /// In the order of listings: what is gathered first, and judged first.
  static let plugins: [BuiltInPlugin] = [.pcsc, .card, .billing, .cryptoki, .cryptolib, .anyFact]

  static let registry = Registry(plugins)
}
