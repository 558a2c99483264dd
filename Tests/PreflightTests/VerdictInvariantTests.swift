import Preflight
import SeededNumbers
import Testing

/// A check with a fixed result.
private struct Fixed: Judge {
  let result: Result<Judgement, Unavailability>
  var facts: Set<FactName> { [.cardKind] }
  func judge(_ facts: Facts) throws(Unavailability) -> Judgement { try result.get() }
}

private let today = CivilDate(year: 2026, month: 3, day: 15)

/// Returns rules that no file would have: needed warnings, needs of unknown rules, uses that do not cover each other.
private func stages(_ numbers: inout SeededNumbers) -> [Stage] {
  let nothing = LocalizedText(fr: "", en: "")
  let results: [Result<Judgement, Unavailability>] = [
    .success(.pass(fr: "", en: "")), .success(.pass(fr: "", en: "")), .success(.pass(fr: "", en: "")),
    .success(.fail(fr: "", en: "")), .failure(Unavailability(.service, nothing)),
    .failure(Unavailability(.timeout, nothing)),
  ]
  let untils = [today, CivilDate(year: 2026, month: 3, day: 14), CivilDate(year: 2030, month: 1, day: 1)]
  var ids: [String] = []
  return (0..<Int.random(in: 0...3, using: &numbers)).map { stage in
    let rules = (0..<Int.random(in: 0...4, using: &numbers)).map { number in
      let id = "\(stage)-\(number)"
      defer { ids.append(id) }
      let needs = (ids + ["nowhere"]).filter { _ in Int.random(in: 0..<6, using: &numbers) == 0 }
      let uses = Use.allCases.filter { _ in Bool.random(using: &numbers) }
      let until = untils.randomElement(using: &numbers).flatMap(\.self)
      return Rule(
        id: id, title: nothing, checkID: "fixed",
        check: Fixed(result: results[Int.random(in: results.indices, using: &numbers)]),
        severity: Int.random(in: 0..<3, using: &numbers) == 0 ? .warning : .blocking,
        exit: Bool.random(using: &numbers) ? ExitCode(Int32.random(in: 10...59, using: &numbers)) : nil,
        uses: Bool.random(using: &numbers) ? nil : Set(uses), needs: needs,
        timeout: Bool.random(using: &numbers) ? .seconds(1) : nil,
        waiver: until.flatMap { until in
          Int.random(in: 0..<3, using: &numbers) == 0
            ? Waiver(reason: nothing, until: until, maxDays: 90) : nil
        })
    }
    return Stage(id: "\(stage)", title: nothing, rules: rules)
  }
}

@Suite("The verdict is ready exactly where every blocking rule for the use passed or is waived")
struct VerdictInvariantTests {
  @Test("Of random rules", arguments: 0..<40 as Range<UInt64>)
  func invariant(seed: UInt64) {
    var numbers = SeededNumbers(seed)
    var seen: Set<Int32> = []
    for _ in 0..<250 {
      let stages = stages(&numbers)
      let use = ([nil] + Use.allCases).randomElement(using: &numbers).flatMap(\.self)
      var gathered = Gathered(facts: Facts(today.map { [Fact(.today, .date($0), source: "test")] } ?? []))
      gathered.delays = [.cardKind: .milliseconds(Bool.random(using: &numbers) ? 0 : 2000)]
      let verdict = Plan(RuleSet(sources: [], stages: stages), for: use).judge(gathered)
      let demanded = verdict.results.filter { $0.rule.severity == .blocking && $0.rule.concerns(use) }
      let isCleared = demanded.allSatisfy { [.pass, .waived].contains($0.outcome) }
      seen.insert(verdict.exitCode.rawValue)

      #expect((verdict.decision == .ready) == (isCleared && !demanded.isEmpty))
      #expect((verdict.decision == .ready) == (verdict.exitCode == .ready))
      #expect(verdict.results.map(\.rule.id) == stages.flatMap(\.rules).map(\.id))
      // 78 means that nothing at all was judged; no other code does.
      #expect((verdict.exitCode == .invalidRules) == demanded.allSatisfy { $0.outcome == .skipped })
      let blocking = demanded.first { $0.outcome == .fail || $0.outcome == .unknown }
      switch verdict.decision {
      case .ready: #expect(verdict.deciding == nil)
      case .blocked:
        #expect(blocking?.outcome == .fail && verdict.exitCode == (blocking?.rule.exit ?? .blocked))
      case .undecided where verdict.exitCode != .invalidRules:
        #expect(blocking?.outcome != .fail && verdict.exitCode == (blocking?.exitCode ?? .undecided))
      case .undecided: #expect(verdict.deciding == nil)
      }
    }
    #expect(seen.isSuperset(of: [0, 1, 69, 75, 78]))
  }

  @Test("One more blocking rule that does not pass lets nothing go", arguments: 0..<20 as Range<UInt64>)
  func oneMore(seed: UInt64) throws {
    var numbers = SeededNumbers(seed)
    let nothing = LocalizedText(fr: "", en: "")
    let results =
      [Result<Judgement, Unavailability>.success(.fail(fr: "", en: ""))]
      + Unavailability.Reason.allCases.map { .failure(Unavailability($0, nothing)) }
    for _ in 0..<100 {
      var stages = stages(&numbers)
      let use = ([nil] + Use.allCases).randomElement(using: &numbers).flatMap(\.self)
      // A rule that the others do not need, and that needs some of them or none.
      let needs = stages.flatMap(\.rules).map(\.id).filter { _ in
        Int.random(in: 0..<8, using: &numbers) == 0
      }
      let more = Rule(
        id: "one more", title: nothing, checkID: "fixed",
        check: Fixed(result: results[Int.random(in: results.indices, using: &numbers)]), severity: .blocking,
        uses: Bool.random(using: &numbers) ? nil : Set(Use.allCases), needs: needs)
      let place = Int.random(in: 0...stages.count, using: &numbers)
      if stages.indices.contains(place), Bool.random(using: &numbers) {
        let (stage, count) = (stages[place], stages[place].rules.count)
        var rules = stage.rules
        rules.insert(more, at: Int.random(in: 0...count, using: &numbers))
        stages[place] = Stage(id: stage.id, title: stage.title, rules: rules)
      } else {
        stages.insert(Stage(id: "new", title: nothing, rules: [more]), at: place)
      }
      let gathered = Gathered(facts: Facts(today.map { [Fact(.today, .date($0), source: "test")] } ?? []))
      let verdict = Plan(RuleSet(sources: [], stages: stages), for: use).judge(gathered)
      #expect(verdict.decision != .ready && verdict.exitCode != .ready)
    }
  }
}
