package import Preflight
import Reports
import RuleFile

/// The results of rule tests, for people (text), test harnesses (TAP 13) and CI (JUnit XML).
package struct RuleTestReport: Sendable {
  private let results: [RuleTestResult]
  private let gaps: [(rule: String, outcomes: [Outcome])]
  private let language: Language

  /// - Parameter gaps: the outcomes that no test has reached.
  package init(
    _ results: [RuleTestResult], gaps: [(rule: String, outcomes: [Outcome])], in language: Language
  ) {
    self.results = results
    self.gaps = gaps
    self.language = language
  }

  /// A line for each test with its failures below it, then the outcomes that no test has reached.
  package var text: String {
    var lines: [String] = []
    for result in results {
      lines.append("\(result.failures.isEmpty ? "✓" : "✗") \(result.test.name)")
      if !result.failures.isEmpty { lines.append("    \(result.test.place)") }
      lines += result.failures.map { "    " + $0.rendered(in: language) }
    }
    lines += gaps.map { gap in
      let outcomes = gap.outcomes.map(\.rawValue).joined(separator: ", ")
      return say("non essayé : \(gap.rule) (\(outcomes))", "not tested: \(gap.rule) (\(outcomes))")
    }
    let failed = results.count { !$0.failures.isEmpty }
    let tests = LocalizedText(counting: results.count, fr: "essai", en: "test")
    lines.append(
      say("\(tests.french), \(failed) en échec", "\(tests.english), \(failed) failed"))
    return lines.map { printable($0) + "\n" }.joined()
  }

  /// The results in the Test Anything Protocol, version 13.
  package var tap: String {
    var lines = ["TAP version 13", "1..\(results.count)"]
    for (index, result) in results.enumerated() {
      // A number sign would begin a directive, even with a combining accent, which makes it another Character than “#”.
      let name = printable(result.test.name).unicodeScalars.map { $0 == "#" ? "\\#" : String($0) }.joined()
      lines.append("\(result.failures.isEmpty ? "ok" : "not ok") \(index + 1) - \(name)")
      lines += result.failures.map { "# \(result.test.place): " + printable($0.rendered(in: language)) }
    }
    lines += gaps.map { "# not tested: \($0.rule) (\($0.outcomes.map(\.rawValue).joined(separator: ", ")))" }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Returns the results as JUnit XML, as CI servers read it.
  ///
  /// - Parameters:
  ///   - startedAt: when the tests began.
  ///   - durationMs: how long the tests took, in milliseconds.
  package func junit(startedAt: Moment, durationMs: Int) -> String {
    let cases = results.map { result in
      let words = result.failures.map { $0.rendered(in: language) }
      return JUnitDocument.Case(
        group: result.test.place.split(separator: ":").first.map(String.init) ?? "", name: result.test.name,
        words.isEmpty ? .passed : .failed(kind: "rule-test", lines: words + [result.test.place]))
    }
    return JUnitDocument(
      name: "cps-preflight rules", startedAt: startedAt, durationMs: durationMs, cases: cases,
      output: text.split(separator: "\n").map(String.init)
    ).text
  }

  private func say(_ french: Text, _ english: Text) -> String {
    LocalizedText(fr: french, en: english).rendered(in: language)
  }
}
