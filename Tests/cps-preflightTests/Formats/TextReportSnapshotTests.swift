import FactsFile
import FoundationEssentials
import Preflight
import Reports
import RuleDesk
import RuleFile
import Testing
import VerdictFile

@testable import cps_preflight

/// The text report of every case in `Tests/Rules/default-rules.test.yaml`, which covers each shipped rule in each
/// outcome.
@Suite("The text report of the shipped rules is the one that was looked at")
struct TextReportSnapshotTests {
  private static let snapshot = "Tests/Rules/default-rules.report.txt"
  /// The command that regenerates the snapshot.
  private static let mending = "make snapshots"

  private static func bytes(of path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: "\(BuiltProgram.root)/\(path)")))
  }

  /// The cases with their verdicts.
  private static func verdicts() throws -> [(test: RuleTest, verdict: Verdict)] {
    let registry = BuiltIn.registry
    let rules = try #require(
      RuleFile(try bytes(of: "rules.yaml"), name: "rules.yaml", registry: registry, access: NoOtherFiles())
        .ruleSet)
    let cases = RuleTestFile(
      try bytes(of: "Tests/Rules/default-rules.test.yaml"), name: "default-rules.test.yaml",
      facts: registry.facts, rules: rules.rules.map(\.id))
    #expect(cases.diagnostics.isEmpty)
    return try cases.tests.map { test in
      guard test.facts.file == nil else { throw SnapshotFault.factsInAFile(test.name) }
      let facts = try FactsFile(
        contents: Array(test.facts.inline.utf8), origin: test.place, catalogue: registry.facts
      )
      .facts
      return (test, RuleTestResult.verdict(of: test, rules, facts: facts))
    }
  }

  private enum SnapshotFault: Error { case factsInAFile(String) }

  private static func report(of verdict: Verdict, _ test: RuleTest, in language: Language) throws -> [String]
  {
    let details = RunDetails(
      rulesPath: "rules.yaml", rulesDigest: String(repeating: "0", count: 64),
      startedAt: Moment(secondsSince1970: 1_773_554_400), durationMs: 1)
    let report = VerdictFormat.text.report(ReportOptions(language: language, disclosure: .masked))
    // The place of the case in its file would change with every case added before it.
    return report.text(of: verdict, details).replacing(test.place, with: "case").split(
      separator: "\n", omittingEmptySubsequences: false
    )
    .map(String.init)
  }

  /// Returns every report in full, so that a line that is missing, repeated or out of order is seen as well.
  private static func text() throws -> String {
    var lines: [String] = []
    for (test, verdict) in try verdicts() {
      for language in [Language.french, .english] {
        lines.append("=== \(test.name) (\(language.rawValue))")
        lines += try report(of: verdict, test, in: language)
      }
    }
    return lines.joined(separator: "\n")
  }

  @Test("In both languages, each shipped rule in each outcome")
  func shipped() throws {
    let text = try Self.text()
    let file = URL(filePath: "\(BuiltProgram.root)/\(Self.snapshot)")
    if ProcessInfo.processInfo.environment["CPS_PREFLIGHT_WRITE_SNAPSHOTS"] != nil {
      try Data(text.utf8).write(to: file)
    }
    let looked = try String(contentsOf: file, encoding: .utf8)
    let differing = zip(
      looked.split(separator: "\n", omittingEmptySubsequences: false),
      text.split(separator: "\n", omittingEmptySubsequences: false)
    ).enumerated().first { $1.0 != $1.1 }
    #expect(
      looked == text,
      """
      From line \((differing?.offset ?? -1) + 1) of \(Self.snapshot) on, the report is another one: \
      \(differing?.element.0 ?? "") is now \(differing?.element.1 ?? ""). If it is meant to be, look at `git diff` \
      after `\(Self.mending)`.
      """)
  }
}
