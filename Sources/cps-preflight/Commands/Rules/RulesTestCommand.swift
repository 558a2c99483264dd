import ArgumentParser
import FactsFile
import Preflight
import Reports
import RuleDesk
import RuleFile
import VerdictFile
import Workstation

/// Runs the tests of rule files.
struct RulesTestCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Run tests of rules: facts, and what is to become of them.",
    discussion: "Ends with 1 where a test fails, 65 where a test file is malformed.")

  /// How the results are written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case tap
    case junit
  }

  @Argument(help: ArgumentHelp("The test files.", valueName: "file"))
  var files: [String]

  @OptionGroup var rules: RuleFileOption
  @OptionGroup var shown: OutputOptions

  @Option(help: "How the results are written.")
  var format = Format.text

  @Flag(help: "Fail as well where an outcome of a rule is reached by no test.")
  var fullCoverage = false

  func perform() async throws {
    let start = ContinuousClock.now
    let startedAt = Surroundings.now
    var results: [RuleTestResult] = []
    var coverage: [String: Tested] = [:]
    for path in files {
      let source = RuleTestSource(try Self.contents(of: path), name: path)
      let rulesPath = rules.rules ?? source.rules
      let key = rulesPath ?? ""
      let loaded = try await Self.loaded(coverage[key], rulesPath, rules.plugins.inputs(in: shown.language))
      let file = RuleTestFile(
        source, facts: loaded.facts, rules: loaded.rules.rules.map(\.id))
      guard file.diagnostics.isEmpty else { throw Failure(file) }
      var seen = coverage[key]?.seen ?? RuleCoverage()
      results += try file.tests.map { try Self.run($0, loaded.rules, loaded.facts, &seen) }
      coverage[key] = (loaded.rules, loaded.facts, seen)
    }
    let gaps = coverage.sorted { $0.key < $1.key }.flatMap { $0.value.seen.gaps(in: $0.value.rules) }
    let report = RuleTestReport(results, gaps: gaps, in: shown.language)
    switch format {
    case .text: try Output().write(report.text)
    case .tap: try Output().write(report.tap)
    case .junit:
      try Output().write(
        report.junit(startedAt: startedAt, durationMs: start.duration(to: .now).milliseconds))
    }
    if results.contains(where: { !$0.failures.isEmpty }) || (fullCoverage && !gaps.isEmpty) {
      throw Ending(code: .blocked)
    }
  }

  /// The rules under test, the facts that tests may give, and the coverage so far.
  private typealias Tested = (rules: RuleSet, facts: FactCatalogue, seen: RuleCoverage)

  private static func loaded(
    _ known: Tested?, _ path: String?, _ plugins: PluginInputs
  ) async throws(Failure) -> (rules: RuleSet, facts: FactCatalogue) {
    if let known { return (known.rules, known.facts) }
    let loaded = try await LoadedRules.read(path, plugins: plugins, .warns)
    let rules = try loaded.ruleSet()
    return (rules, loaded.registry.facts.adding(rules.answers))
  }

  private static func run(
    _ test: RuleTest, _ ruleSet: RuleSet, _ catalogue: FactCatalogue, _ coverage: inout RuleCoverage
  ) throws(Failure) -> RuleTestResult {
    let json: [UInt8]
    switch test.facts {
    case .inline(let text): json = Array(text.utf8)
    case .file(let path): json = try contents(of: path)
    }
    do throws(FactsFileFault) {
      let facts = try FactsFile(contents: json, origin: test.place, catalogue: catalogue).facts
      return RuleTestResult(test, ruleSet, facts: facts, advice: \.advice, coverage: &coverage)
    } catch {
      return RuleTestResult(test, unusable: error.message)
    }
  }

  private static func contents(of path: String) throws(Failure) -> [UInt8] {
    do throws(FileFault) {
      return try FileReading.contents(
        of: path, limit: RuleFile.sizeLimit, kinds: .anyButFolders, within: .seconds(10))
    } catch {
      throw Failure(error, of: path, mayWaitLonger: false)
    }
  }
}
