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
    let given = try cases.tests.map { test in
      var test = test
      // Its place in the file would change with every case added before it, and line breaks with it.
      test.place = "case"
      guard test.facts.file == nil else { throw SnapshotFault.factsInAFile(test.name) }
      let facts = try FactsFile(
        contents: Array(test.facts.inline.utf8), origin: test.place, catalogue: registry.facts
      ).facts
      return (test, facts)
    }
    // What a facts file cannot say: that the code porteur was not given to this run, and dates that contradict each other.
    let first = try #require(given.first)
    let why = Unavailability(
      .notGiven,
      LocalizedText(
        fr: "code porteur non fourni, ni par --pin-fd, ni par --pin-file, ni au terminal",
        en: "code porteur not given, neither by --pin-fd nor --pin-file, nor at the terminal"),
      case: FoundCase("code_not_given"))
    let closed: [FactName] = [.billingDAM, .billingSituations]
    func withoutCode(_ unread: [FactName]) -> [Fact] {
      first.1.filter { !unread.contains($0.name) }
        + unread.map { Fact($0, unavailable: why, source: "cryptoki") }
    }
    let past = try #require(CivilDate(year: 2024, month: 9, day: 30))
    let more = [
      (
        "a card that ended before it began",
        first.1.filter { $0.name != .cardExpiresOn } + [Fact(.cardExpiresOn, .date(past), source: "card")]
      ),
      ("no code porteur", withoutCode(closed)),
      ("no code porteur for the situations", withoutCode([.billingSituations])),
    ]
    return given.map { ($0, RuleTestResult.verdict(of: $0, rules, facts: $1)) }
      + more.map { name, facts in
        var test = first.0
        test.name = name
        return (test, RuleTestResult.verdict(of: test, rules, facts: facts))
      }
  }

  private enum SnapshotFault: Error { case factsInAFile(String) }

  /// The widths of the snapshot: a narrow window, the usual one, and a wide one.
  private static let widths = [60, 80, 120]

  private static func report(
    of verdict: Verdict, _ test: RuleTest, in language: Language, width: Int = Wrapping.usualWidth,
    verbose: Bool = false
  ) throws -> [String] {
    let details = RunDetails(
      rulesPath: "rules.yaml", rulesDigest: String(repeating: "0", count: 64),
      startedAt: Moment(secondsSince1970: 1_773_554_400), durationMs: 1)
    let report = VerdictFormat.text.report(
      ReportOptions(
        language: language, disclosure: .masked, verbose: verbose, wrapping: Wrapping(width: width)))
    return report.text(of: verdict, details).split(
      separator: "\n", omittingEmptySubsequences: false
    )
    .map(String.init)
  }

  /// Returns every report in full, so that a line that is missing, repeated or out of order is seen as well.
  private static func text() throws -> String {
    var lines: [String] = []
    for (test, verdict) in try verdicts() {
      for language in [Language.french, .english] {
        for width in widths {
          lines.append("=== \(test.name) (\(language.rawValue), \(width))")
          lines += try report(of: verdict, test, in: language, width: width)
        }
      }
    }
    return lines.joined(separator: "\n")
  }

  @Test("In both languages and three widths, each shipped rule in each outcome and case")
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

  @Test(
    "In a terminal of 80 columns, what to do is in the last eight lines, and 24 hold a report on one cause")
  func fits() throws {
    for (test, verdict) in try Self.verdicts() {
      for language in [Language.french, .english] {
        // What follows the last line break is no line.
        let lines = try Self.report(of: verdict, test, in: language).dropLast()
        let end = lines.suffix(while: { !$0.isEmpty })
        #expect(end.count <= 8, "\(test.name) (\(language)): \(end.joined(separator: "\n"))")
        if verdict.results.count(where: \.blocks) == 1, verdict.exitCode == ExitCode(40) {
          #expect(lines.count <= 23, "\(test.name) (\(language)): \(lines.joined(separator: "\n"))")
        }
      }
    }
  }

  @Test("No line is wider than the terminal, but for an address, and every line of more goes on indented")
  func widths() throws {
    for (test, verdict) in try Self.verdicts() {
      for (width, verbose) in Self.widths.flatMap({ [($0, false), ($0, true)] }) {
        let lines = try Self.report(of: verdict, test, in: .french, width: width, verbose: verbose)
        for line in lines where line.count > width {
          #expect(line.contains("://") && line.drop { $0 == " " }.allSatisfy { $0 != " " }, "\(line)")
        }
      }
    }
  }

  @Test("Nothing but line breaks depends on the width")
  func sameWords() throws {
    func words(_ lines: [String]) -> [Substring] { lines.joined(separator: " ").split(separator: " ") }
    for (test, verdict) in try Self.verdicts() {
      let usual = words(try Self.report(of: verdict, test, in: .english))
      for width in Self.widths {
        #expect(try words(Self.report(of: verdict, test, in: .english, width: width)) == usual)
      }
    }
  }

  /// Cases that the parameters of the shipped rules, or the rules before them, never let happen; their advice is there
  /// for rule files that change these.
  private static let unreachable: Set = [
    "carte-cps-ou-cpe: not_accepted", "dam-present: dam_unseen", "dam-present: dam_in_doubt",
    "identifiant-de-facturation: identifier_not_expected",
    "identifiant-de-facturation: identifier_without_key", "identifiant-de-facturation: locum_several",
    "signature-des-fse: locum_several", "signature-des-lots: locum_several",
    "identifiant-de-facturation: wanted_ill_formed", "signature-des-fse: wanted_ill_formed",
    "signature-des-lots: wanted_ill_formed",
  ]

  @Test("Each case for which a shipped rule has advice is in the snapshot")
  func cases() throws {
    let verdicts = try Self.verdicts().map(\.verdict)
    let found = Set(
      verdicts.flatMap(\.results).map { "\($0.rule.id): \($0.found?.name ?? "–")" })
    let rules = try #require(verdicts.first).results.map(\.rule)
    let declared = Set(rules.flatMap { rule in rule.advice.remedies.keys.map { "\(rule.id): \($0)" } })
    // Add a test of each to default-rules.test.yaml.
    #expect(declared.subtracting(found).subtracting(Self.unreachable) == [])
    #expect(Self.unreachable.isSubset(of: declared.subtracting(found)))
  }
}

extension BidirectionalCollection {
  /// The longest end in which every element is like that.
  fileprivate func suffix(while isWanted: (Element) -> Bool) -> SubSequence {
    var start = endIndex
    while start > startIndex, isWanted(self[index(before: start)]) { formIndex(before: &start) }
    return self[start...]
  }
}
