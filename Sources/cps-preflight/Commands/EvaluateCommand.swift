import ArgumentParser
import Preflight
import Workstation

/// Judges a stream: a line of verdict for each line of facts.
struct EvaluateCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Judge a stream: facts as NDJSON on standard input, verdicts as NDJSON on standard output.",
    discussion: """
      Nothing but the lines is used: no reader, no Cryptolib of this machine. The exit code is 0 where every line \
      passed, 1 where one did not, 65 where one was malformed or there was none.
      """)

  @OptionGroup var ruleFile: RuleFileOption
  @OptionGroup var shown: OutputOptions

  @Option(
    name: .customLong("for"), help: ArgumentHelp("What the cards are to be used for.", valueName: "use"))
  var use: Use?

  @Option(
    help: ArgumentHelp(
      "Judge as on that day, YYYY-MM-DD; default: the line's own, else today.", valueName: "date"))
  var on: CivilDate?

  @Option(.am) var am: String?

  @Option(.situation) var situation: Int?

  @Flag(help: "Leave out of each verdict what passed, and the facts.")
  var brief = false

  @Flag(help: "No summary and no progress on standard error; errors are told all the same.")
  var quiet = false

  @Option(help: ArgumentHelp("How many lines are judged at once; default: one a core.", valueName: "n"))
  var jobs: Int?

  /// The selected billing situation, as in `check`.
  private var selection: CheckOptions { CheckOptions(am: am, situation: situation) }

  var mistake: LocalizedText? {
    if let mistake = selection.mistake { return mistake }
    guard let jobs, !(1...1024).contains(jobs) else { return nil }
    return LocalizedText(
      fr: "--jobs prend un nombre de 1 à 1024", en: "--jobs takes a number from 1 to 1024")
  }

  func perform() async throws {
    let evaluation = try Evaluation(
      rules: try await ruleFile.read(in: shown.language, .warns), use: use, day: on,
      selection: selection.selection,
      options: shown,
      isBrief: brief, isQuiet: quiet, threads: jobs ?? Surroundings.cores)
    throw Ending(code: try await evaluation.run())
  }
}
