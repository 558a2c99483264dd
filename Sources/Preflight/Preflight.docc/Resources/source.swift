import Preflight

/// Asks the meter of a cold store how warm it is.
struct Meter: EngineSource {
  let name = "meter"
  let facts: Set = ["store.degrees", "store.doorClosed"]

  func gather(_ wanted: Set<String>) async -> [String: FactAnswer] {
    // Here the real meter would be read. If it gives no value, say why.
    ["store.degrees": .integer(7), "store.doorClosed": .boolean(true)]
  }
}
