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

/// Is it cold enough?
struct ColdEnough: EngineCheck {
  let facts: Set = ["store.degrees"]
  let most: Int

  func judge(_ facts: KnownFacts) throws(NotKnown) -> CheckAnswer {
    let degrees = try facts.integer("store.degrees")
    return degrees <= most ? .pass("\(degrees) °C") : .fail("\(degrees) °C, \(most) °C at most")
  }
}

/// Is the door closed?
struct DoorClosed: EngineCheck {
  let facts: Set = ["store.doorClosed"]

  func judge(_ facts: KnownFacts) throws(NotKnown) -> CheckAnswer {
    try facts.boolean("store.doorClosed") ? .pass("it is closed") : .fail("it is open")
  }
}

@main
enum Checker {
  static func main() async throws {
    let engine = try Engine(
      stages: [
        .init(
          title: "Store",
          rules: [
            .init(
              id: "door", title: "Door closed", check: DoorClosed(), exitCode: 10, remedy: "Close the door."),
            .init(
              id: "cold", title: "Cold enough", check: ColdEnough(most: 5), exitCode: 11,
              remedy: "Let nobody deliver, and call the technician."),
          ])
      ],
      sources: [Meter()])
    let verdict = await engine.judge()
    for line in verdict.lines { print("\(line.outcome): \(line.title), \(line.message)") }
    print("\(verdict.decision), code \(verdict.exitCode)")
  }
}
