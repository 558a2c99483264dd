import Preflight
import Reports
import Testing
import VerdictFile

/// A check with a fixed result.
private struct Fixed: Judge {
  let result: Result<Judgement, Unavailability>
  var facts: Set<FactName> { [] }
  func judge(_ facts: Facts) throws(Unavailability) -> Judgement { try result.get() }
}

private func rule(
  _ id: String, _ result: Result<Judgement, Unavailability>, _ severity: Severity = .blocking,
  needs: [String] = []
) -> Rule {
  Rule(
    id: id, title: LocalizedText(everywhere: Text("title of \(id)")), checkID: "fixed",
    check: Fixed(result: result),
    severity: severity, needs: needs)
}

/// A verdict that no rule file can produce: nothing blocks, but a blocking rule was not judged.
private let verdict: Verdict = {
  let why = Unavailability(.timeout, LocalizedText(fr: "trop tard", en: "too late"))
  let rules = [
    rule("a", .success(.pass(fr: "", en: ""))), rule("w", .failure(why), .warning),
    rule("b", .success(.pass(fr: "", en: "")), needs: ["w"]),
  ]
  let stage = Stage(id: "s", title: LocalizedText(everywhere: "s"), rules: rules)
  return Plan(RuleSet(sources: [], stages: [stage]), for: nil).judge(Gathered(facts: Facts()))
}()

@Suite("A verdict in which a blocking rule was not judged is undecided in every report")
struct UnjudgedVerdictTests {
  @Test(
    "And names the rule, or the error",
    arguments: [
      (
        VerdictFormat.text,
        [
          "UNDECIDED, do not send. Title of b: not judged: the rule “title of w” did not",
          "  pass.\nCode 75; for more",
        ]
      ),
      (.json, ["\"verdict\" : \"undecided\"", "\"exitCode\" : 75"]),
      (.junit, ["errors=\"1\"", "UNDECIDED, do not send: title of b"]),
      (.nagios, ["CPS UNKNOWN - UNDECIDED, do not send: title of b (code 75)"]),
      (.prometheus, ["cps_preflight_ready{use=\"all\"} 0", "cps_preflight_exit_code{use=\"all\"} 75"]),
      (.html, ["What blocks the sending", "id=\"rule-b\"", "give the code 75"]),
    ])
  func formats(format: VerdictFormat, words: [String]) {
    let details = RunDetails(
      rulesPath: "rules.yaml", rulesDigest: String(repeating: "0", count: 64),
      startedAt: Moment(secondsSince1970: 1_773_554_400), durationMs: 1)
    let text = format.report(ReportOptions(language: .english, disclosure: .masked)).text(
      of: verdict, details)
    for words in words { #expect(text.contains(words), "\(text)") }
  }
}
