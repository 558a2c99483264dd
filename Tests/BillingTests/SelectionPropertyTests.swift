import Billing
import Preflight
import SeededNumbers
import Testing

@Suite("The situation that was selected is judged, and no other")
struct SelectionPropertyTests {
  private static let checks: [any Check.Type] = [SignFSECheck.self, SignLotsCheck.self]
  /// Different numbers, each with its key; one has leading zeros.
  private static let identifiers = ["991086265", "692612344", "012345674"]

  private func outcome(
    _ check: any Check.Type, _ situations: [BillingSituation], _ selection: SituationSelection
  ) throws -> Outcome {
    let check = try check.init(Parameters([:]))
    let facts = Facts(
      [Fact(.billingSituations, .situations(situations), source: "test")], selection: selection)
    do { return try check.judge(facts).outcome == .pass ? .pass : .fail } catch { return .unknown }
  }

  /// Returns a situation for each identifier, in any order, which may sign, may not, or has an unknown authorisation.
  private func situations(_ numbers: inout SeededNumbers) -> [BillingSituation] {
    Self.identifiers.shuffled(using: &numbers).map { identifier in
      BillingSituation(
        identifier: BillingIdentifier(identifier),
        signFSE: [true, false, nil].randomElement(using: &numbers).flatMap(\.self),
        signLots: [true, false, nil].randomElement(using: &numbers).flatMap(\.self))
    }
  }

  @Test("By its number or its place: as if the card had no other", arguments: 0..<10 as Range<UInt64>)
  func alone(seed: UInt64) throws {
    var numbers = SeededNumbers(seed)
    for _ in 0..<30 {
      let situations = situations(&numbers)
      for (place, situation) in situations.enumerated() {
        let number = try #require(situation.identifier?.personal)
        for check in Self.checks {
          let alone = try outcome(check, [situation], .any)
          #expect(try outcome(check, situations, .position(place + 1)) == alone)
          #expect(try outcome(check, situations, .identifier(number)) == alone)
        }
      }
    }
  }

  @Test("None selected: all that have a number must be allowed", arguments: 0..<10 as Range<UInt64>)
  func every(seed: UInt64) throws {
    var numbers = SeededNumbers(seed)
    for _ in 0..<30 {
      let situations = situations(&numbers)
      for check in Self.checks {
        let each = try situations.map { try outcome(check, [$0], .any) }
        let expected: Outcome = each.contains(.fail) ? .fail : each.contains(.unknown) ? .unknown : .pass
        #expect(try outcome(check, situations, .any) == expected)
      }
    }
  }

  @Test("A place or a number that the card has not is never ready", arguments: [-1, 0, 4, .max])
  func missing(place: Int) throws {
    var numbers = SeededNumbers(1)
    let situations = situations(&numbers)
    for check in Self.checks {
      #expect(try outcome(check, situations, .position(place)) != .pass)
      #expect(try outcome(check, situations, .identifier(Personal("123456782", as: .identifier))) != .pass)
    }
  }
}
