import FactsFile
import Preflight
import SeededNumbers
import Testing

@testable import cps_preflight

@Suite("What is not known never lets a lot go that what is known would keep")
struct TakingFactsAwayTests {
  /// The facts without which a rule passes by design; docs/cryptolib.md.
  private static let excepted: [FactName: Set<String>] = [
    // A version that is enough for any card is enough for one of which the day of issue is not known.
    .cardIssuedOn: ["cryptolib-a-jour"], .cardGeneration: ["cryptolib-a-jour"],
    // Most programs that write facts know of the newest Cryptolib alone; the others may be too old.
    .cryptolibVersions: ["cryptolib-a-jour"],
  ]

  @Test("A fact taken away turns no verdict of the shipped rules to ready", arguments: 0..<6 as Range<UInt64>)
  func taken(seed: UInt64) throws {
    let rules = try #require(LoadedRules.shippedRules)
    var numbers = SeededNumbers(seed)
    var (kept, excepted) = (0, 0)
    for _ in 0..<300 {
      let plan = Plan(rules, for: ([nil] + Use.allCases).randomElement(using: &numbers) ?? nil)
      let facts = DrawnFacts.some(&numbers)
      // A file of facts that contradict each other is refused (65).
      guard (try? FactsFile.refuseContradictions(among: facts)) != nil else { continue }
      let verdict = plan.judge(Gathered(facts: Facts(facts)))
      guard verdict.decision != .ready else { continue }
      let open = verdict.results.filter {
        $0.rule.severity == .blocking && ($0.outcome == .fail || $0.outcome == .unknown)
      }
      // Why something is not known is no fact.
      for index in facts.indices where facts[index].value != nil || facts[index].isAbsent {
        var rest = facts
        let name = rest.remove(at: index).name
        let without = plan.judge(Gathered(facts: Facts(rest)))
        kept += 1
        guard without.decision == .ready else { continue }
        excepted += 1
        #expect(
          Self.excepted[name].map { exceptions in open.allSatisfy { exceptions.contains($0.rule.id) } }
            == true,
          "without \(name.rawValue): \(open.map { "\($0.rule.id) \($0.message.rendered(in: .english))" })")
      }
    }
    #expect(kept > 500 && excepted < kept / 20, "\(kept) \(excepted)")
  }
}
