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
    discussion: """
      Ends with 1 where a test fails, 65 where a test file is malformed. With --from-card, the card is asked as facts does \
      it, and a test file with what it says, masked, goes to standard output. All options but --rules, --plugin-dir, --lang, \
      --format and --full-coverage go with --from-card only.
      """)

  /// How the results are written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case tap
    case junit
  }

  @Argument(help: ArgumentHelp("The test files.", valueName: "file"), completion: .file())
  var files: [String] = []

  @Flag(help: "Run no test, and write one: of what the card says now, without personal data.")
  var fromCard = false

  @OptionGroup var input: InputOptions
  @Option(.use) var use: Use?
  @OptionGroup var shown: OutputOptions

  @Option(help: "How the results are written.")
  var format = Format.text

  @Flag(help: "Fail as well where an outcome of a rule is reached by no test.")
  var fullCoverage = false

  func perform() async throws {
    if fromCard { return try await writeTest() }
    let plugins = PluginInputs(folders: input.pluginFolders, language: shown.language)
    let start = ContinuousClock.now
    let startedAt = Surroundings.now
    var results: [RuleTestResult] = []
    var coverage: [String: Tested] = [:]
    for path in files {
      let source = RuleTestSource(try Self.contents(of: path), name: path)
      let rulesPath = input.rules ?? source.rules
      let key = rulesPath ?? ""
      let loaded = try await Self.loaded(coverage[key], rulesPath, plugins)
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
    let bytes = try test.facts.file.map { path throws(Failure) in try Self.contents(of: path) }
    do throws(FactsFileFault) {
      let own = try FactsFile(
        contents: Array(test.facts.inline.utf8), origin: test.place, catalogue: catalogue
      ).facts
      guard let bytes, let path = test.facts.file else {
        return RuleTestResult(test, ruleSet, facts: own, advice: \.advice, coverage: &coverage)
      }
      let others = try FactsFile(contents: bytes, origin: path, catalogue: catalogue).facts
        .filter { !test.facts.without.contains($0.name) }
      if let name = own.first(where: { fact in
        others.contains { $0.name == fact.name && $0.state != fact.state }
      })?.name {
        return RuleTestResult(test, unusable: saidTwice(name, in: path))
      }
      try FactsFile.refuseContradictions(among: others + own)
      return RuleTestResult(test, ruleSet, facts: others + own, advice: \.advice, coverage: &coverage)
    } catch {
      return RuleTestResult(test, unusable: error.message)
    }
  }

  private static func saidTwice(_ name: FactName, in path: String) -> LocalizedText {
    LocalizedText(
      fr: """
        « \(name.rawValue) » est donné par l'essai et par \(path), avec des valeurs différentes : ne le donner que dans l'un \
        des deux
        """,
      en: """
        “\(name.rawValue)” is given by the test and by \(path), with different values: give it in one of them only
        """)
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

// MARK: - A test of what the card says

extension RulesTestCommand {
  /// What is wrong with the combination of options; `nil` if nothing is.
  var mistake: LocalizedText? {
    if let mistake = input.inputs.mistake { return mistake }
    guard fromCard else {
      if files.isEmpty {
        return LocalizedText(
          fr: "il faut un fichier d'essais, ou --from-card", en: "a test file is needed, or --from-card")
      }
      let isPlain =
        use == nil && input.inputs == Inputs(rules: input.rules, pluginFolders: input.pluginFolders)
      return isPlain
        ? nil
        : LocalizedText(
          fr: "sans --from-card, aucune source n'est interrogée : seules --rules et --plugin-dir y servent",
          en: "without --from-card no source is asked: only --rules and --plugin-dir are of use")
    }
    if !files.isEmpty {
      return LocalizedText(
        fr: "--from-card écrit un essai et n'en lance aucun : retirer les fichiers d'essais",
        en: "--from-card writes a test and runs none: take the test files away")
    }
    if shown.reveal {
      return LocalizedText(
        fr: "un essai ne contient aucune donnée personnelle : retirer --reveal",
        en: "a test holds no personal data: take --reveal away")
    }
    if format != .text || fullCoverage {
      return LocalizedText(
        fr: "--format et --full-coverage ne vont pas avec --from-card",
        en: "--format and --full-coverage do not go with --from-card")
    }
    return nil
  }

  /// Asks the sources, and writes what they say as a test file.
  private func writeTest() async throws {
    let options = CheckOptions(inputs: input.inputs, language: shown.lang, use: use)
    let run = try await Run(input.inputs, language: shown.language)
    let plan = Assessment.plan(of: run, options)
    let assessment = try await Assessment(options, run, plan, since: .now, tellingCard: false)
    let facts = plan.facts.map { assessment.facts[$0] }
    let masked = try Self.masked(facts, run.rules.registry.facts.adding(run.ruleSet.answers))
    let isOwnFile = !run.rules.file.files.allSatisfy(\.isBuiltIn)
    let test = WrittenRuleTest(
      facts, plan.judge(Gathered(facts: masked)), exitCode: assessment.verdict.exitCode,
      rules: isOwnFile ? run.rules.path : nil, in: shown.language)
    try Output().write(test.text)
  }

  /// Returns the facts as a reader of the test knows them: without what is masked there.
  private static func masked(_ facts: [Fact], _ catalogue: FactCatalogue) throws(Failure) -> Facts {
    let json = FactsJSON(ReportOptions(language: .english, disclosure: .masked)).text(of: facts)
    do throws(FactsFileFault) {
      let read = try FactsFile(contents: Array(json.utf8), origin: "–", catalogue: catalogue)
      var masked = Facts(read.facts)
      if let today = facts.first(where: { $0.name == .today }) { masked.settle(today) }
      return masked
    } catch {
      throw Failure(.internalError, error.message)
    }
  }
}
