import Preflight
import SeededNumbers
import Testing

@Suite("Whatever the order of the sources, the same is known, and for the same kind of reason")
struct OrderOfSourcesTests {
  private static func state(_ numbers: inout SeededNumbers) -> Fact.State {
    switch Int.random(in: 0..<5, using: &numbers) {
    case 0: .absent
    case 1, 2:
      .unavailable(
        Unavailability(
          Unavailability.Reason.allCases.randomElement(using: &numbers) ?? .service,
          LocalizedText(everywhere: "drawn")))
    default: .known(.integer(Int.random(in: 0..<2, using: &numbers)))
    }
  }

  private static func fact(_ name: FactName, _ state: Fact.State, source: String) -> Fact {
    switch state {
    case .known(let value): Fact(name, value, source: source)
    case .absent: Fact(absent: name, source: source)
    case .unavailable(let why): Fact(name, unavailable: why, source: source)
    }
  }

  /// What verdicts depend on. Why a fact is doubtful changes the words only.
  private static func account(_ facts: Facts) -> [String] {
    facts.all.map { fact in
      switch fact.state {
      case .known(let value): "\(fact.name.rawValue) \(value)"
      case .absent: "\(fact.name.rawValue) absent"
      case .unavailable(let why):
        switch why.reason {
        case .notGiven, .service, .unsafe, .disagreement: "\(fact.name.rawValue) \(why.reason)"
        default: "\(fact.name.rawValue) doubtful"
        }
      }
    }
  }

  @Test("Two, three or four sources", arguments: 0..<4 as Range<UInt64>)
  func orders(seed: UInt64) {
    var numbers = SeededNumbers(seed)
    for _ in 0..<200 {
      let names = [FactName.cardKind, .cardIssuedOn, .cryptolibVersion]
      let sources = (0..<Int.random(in: 2...4, using: &numbers)).map { number in
        names.map { Self.fact($0, Self.state(&numbers), source: "\(number)") }
      }
      let expected = Self.account(Facts(sources.flatMap(\.self)))
      for _ in 0..<6 {
        let other = Self.account(Facts(sources.shuffled(using: &numbers).flatMap(\.self)))
        #expect(other == expected)
      }
    }
  }
}
