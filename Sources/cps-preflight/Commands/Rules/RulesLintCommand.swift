import ArgumentParser
import Glibc
import Preflight
import Reports
import RuleFile
import RuleReports
import Workstation

/// Says everything that is wrong or suspicious in a rule file.
struct RulesLintCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint", abstract: "Say everything that is wrong or suspicious in a rule file.",
    discussion: "Ends with 78 where something is wrong, and with --strict where something is suspicious.")

  /// How diagnostics are written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
    case sarif
  }

  @Argument(
    help: ArgumentHelp(
      "The rule file; default: ./rules.yaml, else /etc/cps-preflight/rules.yaml, else the shipped file.",
      valueName: "file"))
  var file: String?

  @Option(help: ArgumentHelp("The rule file, as other commands name it.", valueName: "file"))
  var rules: String?

  @Flag(help: "Fail on warnings as well.")
  var strict = false

  @Option(help: ArgumentHelp("Whether waivers count on that day, YYYY-MM-DD.", valueName: "date"))
  var on: CivilDate?

  @Option(help: "How diagnostics are written.")
  var format = Format.text

  @OptionGroup var plugins: PluginOptions
  @OptionGroup var shown: OutputOptions

  func validate() throws {
    if file != nil, rules != nil { throw ValidationError("Name the rule file once.") }
  }

  func perform() async throws {
    let loaded = try await LoadedRules.read(
      file ?? rules, plugins: plugins.inputs(in: shown.language), .warns, searchesRepairs: true)
    let errors = loaded.file.diagnostics
    let warnings = loaded.file.warnings(on: on ?? FrenchCalendar.today)
    switch format {
    case .text: try tell(errors + warnings, of: loaded)
    case .json: try Output().write(DiagnosticsJSON(in: shown.language).text(of: errors + warnings))
    case .sarif:
      let report = SARIFReport(in: shown.language, version: ProgramVersion.current)
      try Output().write(report.text(of: errors + warnings))
    }
    if !errors.isEmpty || (strict && !warnings.isEmpty) { throw Ending(code: .invalidRules) }
  }

  /// The diagnostics to standard error, where compilers write theirs, and a summary to standard output.
  private func tell(_ diagnostics: [Diagnostic], of loaded: LoadedRules) throws(Failure) {
    let text = loaded.file.text(of: diagnostics, in: shown.language)
    do throws(WriteFault) {
      try FileWriting.write(Failure.withoutCodes(text), to: STDERR_FILENO)
    } catch {
      throw Failure(error, writing: nil)
    }
    guard let ruleSet = loaded.file.ruleSet else { return }
    let count = ruleSet.rules.count
    let summary =
      diagnostics.isEmpty
      ? LocalizedText(
        fr: "\(loaded.path) : \(count) règles, aucune erreur", en: "\(loaded.path): \(count) rules, no errors"
      )
      : LocalizedText(
        fr: "\(loaded.path) : \(count) règles, \(diagnostics.count) avertissement(s)",
        en: "\(loaded.path): \(count) rules, \(diagnostics.count) warning(s)")
    try Output().write(printable(summary.rendered(in: shown.language)) + "\n")
  }
}
