import Preflight
import Synchronization
import Testing

/// A check with a fixed result, to test the engine alone.
private struct Saying: Check {
  static let description = CheckDescription(
    id: "saying", summary: LocalizedText(fr: "", en: ""), rationale: LocalizedText(fr: "", en: ""),
    examples: [])

  let result: Result<Judgement, Unavailability>

  init(_ parameters: Parameters) throws(ParameterError) { throw ParameterError(nil, fr: "", en: "") }
  init(_ result: Result<Judgement, Unavailability>) { self.result = result }

  var facts: Set<FactName> { [.cardKind] }
  func judge(_ facts: Facts) throws(Unavailability) -> Judgement { try result.get() }
}

/// Makes a rule from one line: its id, its result (`+` pass, `-` fail, `s` no service, `t` timeout), and the rest.
private func rule(
  _ id: String, _ says: Character, warning: Bool = false, exit: Int32? = nil, for uses: Set<Use>? = nil,
  needs: [String] = [], timeout: Duration? = nil, waiver: Waiver? = nil
) -> Rule {
  let nothing = LocalizedText(fr: "", en: "")
  let result: Result<Judgement, Unavailability> =
    switch says {
    case "+": .success(.pass(fr: "", en: ""))
    case "-": .success(.fail(fr: "", en: ""))
    case "s": .failure(Unavailability(.service, nothing))
    default: .failure(Unavailability(.timeout, nothing))
    }
  return Rule(
    id: id, title: nothing, checkID: "saying", check: Saying(result),
    severity: warning ? .warning : .blocking,
    exit: exit.map { ExitCode($0) }, uses: uses, needs: needs, timeout: timeout, waiver: waiver)
}

/// Returns the verdict of these stages.
private func verdict(
  _ stages: [[Rule]], for use: Use? = nil, facts: [Fact] = [], delays: [FactName: Duration] = [:]
) -> Verdict {
  let ruleSet = RuleSet(
    sources: [],
    stages: stages.enumerated().map {
      Stage(id: "\($0)", title: LocalizedText(everywhere: "\($0)"), rules: $1)
    })
  var gathered = Gathered(facts: Facts(facts))
  gathered.delays = delays
  return Plan(ruleSet, for: use).judge(gathered)
}

/// Returns the outcomes of these stages, a word for each rule, with the code at the end.
private func outcome(
  _ stages: [[Rule]], for use: Use? = nil, delays: [FactName: Duration] = [:]
) -> String {
  let verdict = verdict(stages, for: use, delays: delays)
  return verdict.results.map(\.outcome.rawValue).joined(separator: " ")
    + " → \(verdict.decision) \(verdict.exitCode.rawValue)"
}

@Suite("Stages, rules and the verdict")
struct JudgingTests {
  @Test("Everything passes")
  func ready() {
    #expect(outcome([[rule("a", "+")], [rule("b", "+", exit: 10)]]) == "pass pass → ready 0")
  }

  @Test("The first blocking rule in order decides; the rest of its stage is still judged")
  func firstDecides() {
    #expect(outcome([[rule("a", "-", exit: 20), rule("b", "-", exit: 10)]]) == "fail fail → blocked 20")
    #expect(outcome([[rule("a", "-"), rule("b", "-", exit: 10)]]) == "fail fail → blocked 1")
    #expect(outcome([[rule("a", "s"), rule("b", "-", exit: 10)]]) == "unknown fail → undecided 69")
    #expect(outcome([[rule("a", "t"), rule("b", "s")]]) == "unknown unknown → undecided 75")
  }

  @Test("What follows a stage that did not pass is skipped")
  func laterStages() {
    #expect(outcome([[rule("a", "-", exit: 20)], [rule("b", "+")]]) == "fail skipped → blocked 20")
    #expect(outcome([[rule("a", "s")], [rule("b", "-", exit: 20)]]) == "unknown skipped → undecided 69")
  }

  @Test("A warning stops nothing and decides nothing")
  func warnings() {
    #expect(outcome([[rule("a", "-", warning: true)], [rule("b", "+")]]) == "fail pass → ready 0")
    #expect(
      outcome([[rule("a", "s", warning: true, exit: 12)], [rule("b", "+")]]) == "unknown pass → ready 0")
  }

  @Test("A rule is skipped unless those it needs passed")
  func needs() {
    #expect(
      outcome([[rule("a", "-", exit: 20), rule("b", "+", needs: ["a"])]]) == "fail skipped → blocked 20")
    #expect(outcome([[rule("a", "+"), rule("b", "-", exit: 11, needs: ["a"])]]) == "pass fail → blocked 11")
  }

  @Test("A blocking rule that was not judged is no pass, whatever kept it from being judged")
  func notJudged() {
    for says in ["-", "s", "t"] as [Character] {
      let word = says == "-" ? "fail" : "unknown"
      let stage = [rule("x", "+"), rule("a", says, warning: true), rule("b", "+", needs: ["a"])]
      #expect(outcome([stage]) == "pass \(word) skipped → undecided 75")
      // It is reported before what follows, and blocking failures are reported before it.
      #expect(outcome([stage, [rule("c", "+")]]) == "pass \(word) skipped skipped → undecided 75")
      #expect(outcome([stage + [rule("c", "-", exit: 12)]]) == "pass \(word) skipped fail → blocked 12")
      #expect(outcome([stage + [rule("c", "s")]]) == "pass \(word) skipped unknown → undecided 69")
    }
    #expect(outcome([[rule("x", "+"), rule("b", "+", needs: ["nowhere"])]]) == "pass skipped → undecided 75")
    // A warning that was not judged holds nothing back.
    #expect(
      outcome([[rule("x", "+"), rule("a", "s", warning: true), rule("b", "+", warning: true, needs: ["a"])]])
        == "pass unknown skipped → ready 0")
  }

  @Test("Only the rules for the use count; without a use, all do")
  func uses() {
    let stages = [[rule("a", "-", exit: 20, for: [.signature]), rule("b", "+")]]
    #expect(outcome(stages, for: .adri) == "skipped pass → ready 0")
    #expect(outcome(stages, for: .signature) == "fail pass → blocked 20")
    #expect(outcome(stages) == "fail pass → blocked 20")
  }

  @Test("Nothing judged is not a pass")
  func nothing() {
    #expect(outcome([]).hasSuffix("undecided 78"))
    #expect(outcome([[rule("a", "+", warning: true)]]) == "pass → undecided 78")
    #expect(outcome([[rule("a", "+", for: [.adri])]], for: .signature) == "skipped → undecided 78")
    #expect(
      outcome([[rule("a", "-", warning: true), rule("b", "+", needs: ["a"])]])
        == "fail skipped → undecided 78")
  }

  @Test("A fact that came later than the rule waits leaves it undecided")
  func lateFacts() {
    let stages = [[rule("a", "+", timeout: .seconds(1))]]
    #expect(outcome(stages, delays: [.cardKind: .seconds(2)]) == "unknown → undecided 75")
    #expect(outcome(stages, delays: [.cardKind: .milliseconds(900)]) == "pass → ready 0")
    #expect(outcome([[rule("a", "+")]], delays: [.cardKind: .seconds(2)]) == "pass → ready 0")
  }

  @Test("No reason, no case and no value is made before somebody reads it, nor in the other language")
  func late() throws {
    let made = Mutex<[String]>([])
    @Sendable func make(_ word: String) -> Text {
      made.withLock { $0.append(word) }
      return Text(word)
    }
    let failure = Judgement.fail(
      fr: make("fr"), en: make("en"),
      case: FoundCase("c", ["value": LocalizedText(everywhere: make("value"))]))
    let doubt = Unavailability(.notGiven, LocalizedText(fr: make("ufr"), en: make("uen")))
    let rules = [
      Saying(.success(.pass(fr: make("fr"), en: make("en")))),
      Saying(.success(failure.adding(failure.message))),
      Saying(.failure(doubt)),
    ].enumerated().map {
      Rule(
        id: "\($0)", title: LocalizedText(everywhere: ""), checkID: "saying", check: $1, severity: .warning)
    }
    let verdict = verdict([rules])
    #expect(made.withLock(\.self) == [])
    let fail = try #require(verdict.results.dropFirst().first)
    #expect(fail.lateMessage[.french].rendered(in: .french, .masked).hasPrefix("fr"))
    #expect(made.withLock(\.self).filter { $0 == "value" } == [])
    #expect(fail.found?.values["value"]?.rendered(in: .english) == "value")
    #expect(made.withLock(\.self).filter { $0 == "value" } == ["value"])
    made.withLock { $0 = [] }
    #expect(try #require(verdict.results.first).lateMessage[.english].rendered(in: .english, .masked) == "en")
    #expect(made.withLock(\.self) == ["en"])
    #expect(try #require(verdict.results.last).message.rendered(in: .english) == "uen")
  }
}
