package import Preflight
import RuleFile

/// The result of one test.
package struct RuleTestResult: Sendable {
  /// The test that was run, or could not be run.
  package let test: RuleTest
  /// The differences from the expected results; `nil` if the test passed.
  package let failures: [LocalizedText]

  /// Judges the facts of a test, and compares the results with the expected ones.
  ///
  /// - Parameters:
  ///   - facts: the facts of the test.
  ///   - advice: returns the advice that reports give for a result.
  package init(
    _ test: RuleTest, _ ruleSet: RuleSet, facts: [Fact], advice: (RuleResult) -> LocalizedText?,
    coverage: inout RuleCoverage
  ) {
    let verdict = Self.verdict(of: test, ruleSet, facts: facts)
    coverage.add(verdict)
    self.test = test
    failures = Self.failures(of: test, verdict, advice)
  }

  /// Returns the verdict of the rules on the facts of a test.
  package static func verdict(of test: RuleTest, _ ruleSet: RuleSet, facts: [Fact]) -> Verdict {
    var known = Facts(facts, selection: test.selection)
    if let today = test.today, known[.today].value == nil {
      known.add(Fact(.today, .date(today), source: test.place))
    }
    for name in test.absent { known.add(Fact(absent: name, source: test.place)) }
    for (name, reason) in test.unavailable {
      known.settle(Fact(name, unavailable: Unavailability(reason, words(for: name)), source: test.place))
    }
    return Plan(ruleSet, for: test.use).judge(Gathered(facts: known))
  }

  /// Makes the result of a test whose facts cannot be used.
  package init(_ test: RuleTest, unusable why: LocalizedText) {
    self.test = test
    failures = [why]
  }

  private static func failures(
    of test: RuleTest, _ verdict: Verdict, _ advice: (RuleResult) -> LocalizedText?
  ) -> [LocalizedText] {
    var failures: [LocalizedText] = []
    if let expected = test.exitCode, verdict.exitCode != expected {
      failures.append(
        LocalizedText(
          fr: "code \(Int(expected.rawValue)) attendu, \(Int(verdict.exitCode.rawValue)) obtenu",
          en: "code \(Int(expected.rawValue)) expected, \(Int(verdict.exitCode.rawValue)) found"))
      if let deciding = verdict.deciding {
        failures.append(
          LocalizedText(
            fr: "la règle qui décide : \(deciding.rule.id) (\(deciding.message.french))",
            en: "the rule that decides: \(deciding.rule.id) (\(deciding.message.english))"))
      }
    }
    for expected in test.results {
      guard let result = verdict.results.first(where: { $0.rule.id == expected.rule }) else {
        failures.append(
          LocalizedText(
            fr: "« \(expected.rule) » n'est pas jugée pour cet usage",
            en: "“\(expected.rule)” is not judged for that use"))
        continue
      }
      if result.outcome != expected.outcome {
        failures.append(
          LocalizedText(
            fr: """
              \(expected.rule) : \(expected.outcome.rawValue) attendu, \(result.outcome.rawValue) obtenu \
              (\(result.message.french))
              """,
            en: """
              \(expected.rule): \(expected.outcome.rawValue) expected, \(result.outcome.rawValue) found \
              (\(result.message.english))
              """))
      }
      failures += difference(expected.rule, "message", expected.message, result.message)
      failures += difference(expected.rule, "remedy", expected.remedy, advice(result))
    }
    return failures
  }

  private static func difference(
    _ rule: String, _ what: String, _ part: String?, _ found: LocalizedText?
  ) -> [LocalizedText] {
    guard let part else { return [] }
    let sought = FrenchPrint.typed(part)
    let isThere = Language.allCases.contains { language in
      found.map { FrenchPrint.typed($0.rendered(in: language)).contains(sought) } == true
    }
    guard !isThere else { return [] }
    let none = LocalizedText(fr: "rien", en: "nothing")
    return [
      LocalizedText(
        fr: "\(rule), \(what) : « \(part) » attendu dans « \((found ?? none).french) »",
        en: "\(rule), \(what): “\(part)” expected in “\((found ?? none).english)”")
    ]
  }

  private static func words(for name: FactName) -> LocalizedText {
    LocalizedText(
      fr: "\(name.rawValue) indisponible, comme l'essai le veut",
      en: "\(name.rawValue) unavailable, as the test says")
  }
}

/// The outcomes of each rule that tests have reached.
package struct RuleCoverage: Sendable {
  private var seen: [String: Set<Outcome>] = [:]

  /// Makes a coverage in which no outcome has been reached yet.
  package init() {}

  mutating func add(_ verdict: Verdict) {
    for result in verdict.results { seen[result.rule.id, default: []].insert(result.outcome) }
  }

  /// Returns the outcomes that no test has reached, by rule, in the order of the rules.
  package func gaps(in ruleSet: RuleSet) -> [(rule: String, outcomes: [Outcome])] {
    var isFirstStage = true
    var gaps: [(rule: String, outcomes: [Outcome])] = []
    for stage in ruleSet.stages {
      for rule in stage.rules {
        var possible: Set<Outcome> = [.pass, .fail, .unknown]
        if !isFirstStage || rule.uses != nil || !rule.needs.isEmpty { possible.insert(.skipped) }
        if rule.waiver != nil { possible.insert(.waived) }
        let missing = possible.subtracting(seen[rule.id] ?? [])
        if !missing.isEmpty { gaps.append((rule.id, Outcome.allCases.filter(missing.contains))) }
      }
      // Rules of later stages may be skipped after a blocking rule.
      if stage.rules.contains(where: { $0.severity == .blocking }) { isFirstStage = false }
    }
    return gaps
  }
}
