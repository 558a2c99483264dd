import Preflight
import Reports
import SeededNumbers
import Testing
import VerdictFile

@testable import cps_preflight

@Suite("Every format of a verdict says what the verdict is")
struct AgreeingFormatsTests {
  /// The words that each format has for a decision, and cannot have for another one.
  private static func words(_ decision: Verdict.Decision, code: Int32) -> [(VerdictFormat, String)] {
    let (text, status) =
      switch decision {
      case .ready: ("READY", "")
      case .blocked: ("BLOCKED", "CPS CRITICAL - ")
      case .undecided: ("UNDECIDED", "CPS UNKNOWN - ")
      }
    return [
      (.text, text), (.html, text), (.json, "\"verdict\" : \"\(decision.rawValue)\""),
      (.json, "\"exitCode\" : \(code),"),
      (.junit, "name=\"verdict\" value=\"\(decision.rawValue)\""),
      (.junit, "name=\"exitCode\" value=\"\(code)\""),
      (.nagios, status),
      (
        .prometheus,
        decision == .ready ? "cps_preflight_ready{use=\"all\"} 1\n" : "cps_preflight_ready{use=\"all\"} 0\n"
      ),
      (.prometheus, "cps_preflight_exit_code{use=\"all\"} \(code)\n"),
    ]
  }

  @Test("On drawn facts, by the shipped rules", arguments: 0..<4 as Range<UInt64>)
  func drawn(seed: UInt64) throws {
    let plan = Plan(try #require(LoadedRules.shippedRules), for: nil)
    let options = ReportOptions(language: .english, disclosure: .masked)
    let details = RunDetails(
      rulesPath: "rules.yaml", rulesDigest: "", startedAt: Moment(secondsSince1970: 0), durationMs: 1)
    var numbers = SeededNumbers(seed)
    var seen: Set<Int32> = []
    for _ in 0..<12 {
      let verdict = plan.judge(Gathered(facts: Facts(DrawnFacts.some(&numbers))))
      let code = verdict.exitCode.rawValue
      seen.insert(code)
      var texts: [VerdictFormat: String] = [:]
      for format in VerdictFormat.allCases {
        texts[format] = format.report(options).text(of: verdict, details)
      }
      for (format, words) in Self.words(verdict.decision, code: code) where !words.isEmpty {
        #expect(texts[format]?.contains(words) == true, "\(format) \(words) \(texts[format] ?? "")")
      }
      let nagios = try #require(texts[.nagios])
      let isGood = nagios.hasPrefix("CPS OK") || nagios.hasPrefix("CPS WARNING")
      #expect(isGood == (verdict.decision == .ready), "\(nagios)")
      let junit = try #require(texts[.junit])
      #expect(
        (junit.contains("<failure") || junit.contains("<error")) == (verdict.decision != .ready), "\(junit)")
    }
    #expect(seen.count > 2)
  }
}
