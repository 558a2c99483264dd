package import Preflight
package import RuleFile

/// What became of tests of rules, for people (text), for test harnesses (TAP 13) and for CI (JUnit's XML).
package struct RuleTestReport: Sendable {
  private let results: [RuleTestResult]
  private let gaps: [(rule: String, outcomes: [Outcome])]
  private let language: Language

  /// - Parameter gaps: the outcomes that no test reached.
  package init(
    _ results: [RuleTestResult], gaps: [(rule: String, outcomes: [Outcome])], in language: Language
  ) {
    self.results = results
    self.gaps = gaps
    self.language = language
  }

  /// A line for each test, what went wrong under it, then what no test reaches.
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
    lines.append(
      say("\(results.count) essai(s), \(failed) en échec", "\(results.count) test(s), \(failed) failed"))
    return lines.map { printable($0) + "\n" }.joined()
  }

  /// Test Anything Protocol, version 13.
  package var tap: String {
    var lines = ["TAP version 13", "1..\(results.count)"]
    for (index, result) in results.enumerated() {
      // A number sign would begin a directive.
      let name = printable(result.test.name).replacing("#", with: "\\#")
      lines.append("\(result.failures.isEmpty ? "ok" : "not ok") \(index + 1) - \(name)")
      lines += result.failures.map { "# \(result.test.place): " + printable($0.rendered(in: language)) }
    }
    lines += gaps.map { "# not tested: \($0.rule) (\($0.outcomes.map(\.rawValue).joined(separator: ", ")))" }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The XML of JUnit, as CI servers read it.
  package var junit: String {
    let failed = results.count { !$0.failures.isEmpty }
    let counts = "tests=\"\(results.count)\" failures=\"\(failed)\" errors=\"0\" skipped=\"0\""
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites>",
      "  <testsuite name=\"cps-preflight rules\" \(counts)>",
    ]
    for result in results {
      let file = result.test.place.split(separator: ":").first.map(String.init) ?? ""
      let attributes = "classname=\"\(escaped(file))\" name=\"\(escaped(result.test.name))\""
      guard !result.failures.isEmpty else {
        lines.append("    <testcase \(attributes)/>")
        continue
      }
      let words = result.failures.map { $0.rendered(in: language) }
      lines.append("    <testcase \(attributes)>")
      lines.append(
        "      <failure message=\"\(escaped(words[0]))\">\(escaped(words.joined(separator: "; ")))</failure>")
      lines.append("    </testcase>")
    }
    lines += ["  </testsuite>", "</testsuites>"]
    return lines.map { $0 + "\n" }.joined()
  }

  private func escaped(_ words: String) -> String { Markup.escaped(words) }

  private func say(_ french: String, _ english: String) -> String { language == .french ? french : english }
}
