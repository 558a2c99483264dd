import ArgumentParser
import Glibc
import Preflight
import Reports
import RuleDesk
import VerdictFile
import RuleFile
import Workstation

/// Reports everything that is wrong or suspicious in a rule file, or corrects it.
struct RulesLintCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Say everything that is wrong or suspicious in a rule file, or correct it.",
    discussion: """
      Ends with 78 where something is wrong, and with --strict where something is suspicious. With --fix, that is said of \
      the file as it is then.
      """)

  /// How diagnostics are written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
    case sarif
  }

  @Argument(
    help: ArgumentHelp(
      "The rule file; default: ./rules.yaml, else /etc/cps-preflight/rules.yaml, else the shipped file.",
      valueName: "file"), completion: .file())
  var file: String?

  @Option(
    help: ArgumentHelp("The rule file, as other commands name it.", valueName: "file"), completion: .file())
  var rules: String?

  @Flag(help: "Fail on warnings as well.")
  var strict = false

  @Option(help: ArgumentHelp("Whether waivers count on that day, YYYY-MM-DD.", valueName: "date"))
  var on: CivilDate?

  @Option(help: "How diagnostics are written.")
  var format = Format.text

  @Flag(
    help: """
      Write the proposed edits into the file, except those that a person has to decide on: what lowers a rule, or what is \
      not the only possibility.
      """)
  var fix = false

  @Flag(help: "Show as a unified diff what --fix would write, and write nothing; --fix may be left out.")
  var diff = false

  @OptionGroup var plugins: PluginOptions
  @OptionGroup var shown: OutputOptions

  var mistake: LocalizedText? {
    if file != nil, rules != nil {
      return LocalizedText(fr: "nommer le fichier de règles une seule fois", en: "name the rule file once")
    }
    guard diff, format != .text else { return nil }
    return LocalizedText(
      fr: "--diff est un texte à part ; --format json et sarif ont déjà les corrections",
      en: "--diff is a text of its own; --format json and sarif have the edits already")
  }

  func perform() async throws {
    if fix || diff {
      try await RuleFileFixing(
        named: file ?? rules, plugins: plugins.inputs(in: shown.language), output: self
      ).perform(writes: !diff)
      return
    }
    let loaded = try await LoadedRules.read(
      file ?? rules, plugins: plugins.inputs(in: shown.language), .warns, searchesRepairs: true)
    let found = found(in: loaded.file)
    switch format {
    case .text:
      try tell(found.all, of: loaded.file)
      try summarize(loaded.file, at: loaded.path, found.all)
    case .json: try Output().write(DiagnosticsJSON(in: shown.language).text(of: found.all))
    case .sarif: try Output().write(sarif(found.all))
    }
    try end(found)
  }

  /// What `rules lint` reports about a rule file.
  struct Found {
    let errors: [Diagnostic]
    let warnings: [Diagnostic]
    var all: [Diagnostic] { errors + warnings }
  }

  /// The errors and warnings of that file.
  func found(in file: RuleFile) -> Found {
    Found(errors: file.diagnostics, warnings: file.warnings(on: on ?? FrenchCalendar.today))
  }

  /// Ends the command if there is an error.
  ///
  /// - Throws: ``Ending`` (78) in that case.
  func end(_ found: Found) throws(Ending) {
    if !found.errors.isEmpty || (strict && !found.warnings.isEmpty) { throw Ending(code: .invalidRules) }
  }

  /// The SARIF log of the diagnostics.
  func sarif(_ diagnostics: [Diagnostic]) -> String {
    SARIFReport(in: shown.language, version: ProgramVersion.current).text(of: diagnostics)
  }

  /// Writes the diagnostics to standard error, as compilers do.
  func tell(_ diagnostics: [Diagnostic], of file: RuleFile) throws(Failure) {
    try tell(file.text(of: diagnostics, in: shown.language))
  }

  /// Writes words to standard error.
  ///
  /// - Throws: ``Failure`` (74) if it cannot be written.
  func tell(_ words: String) throws(Failure) {
    do throws(WriteFault) {
      try FileWriting.write(Failure.withoutCodes(words), to: STDERR_FILENO)
    } catch {
      throw Failure(error, writing: nil)
    }
  }

  /// Writes a summary to standard output, if the file is valid.
  func summarize(_ file: RuleFile, at path: String, _ diagnostics: [Diagnostic]) throws(Failure) {
    guard let ruleSet = file.ruleSet else { return }
    let rules = LocalizedText(counting: ruleSet.rules.count, fr: "règle", en: "rule")
    let warnings = LocalizedText(counting: diagnostics.count, fr: "avertissement", en: "warning")
    let summary =
      diagnostics.isEmpty
      ? LocalizedText(
        fr: "\(path) : \(rules.french), aucune erreur", en: "\(path): \(rules.english), no errors")
      : LocalizedText(
        fr: "\(path) : \(rules.french), \(warnings.french)",
        en: "\(path): \(rules.english), \(warnings.english)")
    try Output().write(printable(summary.rendered(in: shown.language)) + "\n")
  }
}
