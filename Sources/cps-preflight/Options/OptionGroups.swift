import ArgumentParser
import FactsFile
import Preflight
import Reports
import VerdictFile

/// The options for where facts come from and which rules need them.
struct InputOptions: ParsableArguments {
  @Option(.rules) var rules: String?
  @Option(.facts) var facts: [String] = []
  @Option(.with) var with: [WrittenFact] = []
  @Option(.report) var report: String?
  @Option(.reportMaxAge) var reportMaxAge: AgeArgument?
  @Option(.reader) var reader: String?
  @Option(.wait) var wait: DurationArgument?
  @Option(.module) var module: String?
  @Option(.pinDescriptor) var pinDescriptor: Int32?
  @Option(.pinFile) var pinFile: String?
  @Flag(.offline) var offline = false
  @Option(.day) var day: CivilDate?
  @Option(.timeout) var timeout = DurationArgument(.seconds(10))
  @Option(.pluginFolder) var pluginFolders: [String] = []

  /// The options, converted.
  var inputs: Inputs {
    Inputs(
      rules: rules, facts: facts, with: with, report: report, reportMaxAge: reportMaxAge?.duration,
      reader: reader,
      wait: wait?.duration, module: module, pinDescriptor: pinDescriptor, pinFile: pinFile,
      offline: offline, on: day, timeout: timeout.duration, pluginFolders: pluginFolders)
  }

  func validate() throws {
    if let mistake = inputs.mistake { throw ValidationError(mistake) }
  }
}

/// The options for how results are written.
struct OutputOptions: ParsableArguments {
  @Option(.language) var lang: Language?
  @Flag(.reveal) var reveal = false
}

/// How a lot is judged, and what becomes of the verdict.
struct VerdictOptions: ParsableArguments {
  @Option(.use) var use: Use?
  @Option(.am) var am: String?
  @Option(.situation) var situation: Int?
  @Option(.format) var format = VerdictFormat.text
  @Flag(.nagiosExit) var nagiosExit = false
  @Option(.label) var labels: [Label] = []
  @Option(.output) var output: String?
  @Option(.key) var key: String?
  @Option(.journal) var journal: String?
  @Option(.journalSize) var journalSize: ByteCount?
  @Flag(.verbose) var verbose = false
  @Flag(.allReaders) var allReaders = false
}

/// A command that takes the options of `check`.
///
/// The groups stand side by side in each such command, and not in a group of their own: built for debugging, ArgumentParser
/// validates a group some four times for each group around it.
protocol CheckingCommand: RunnableCommand {
  var input: InputOptions { get }
  var shown: OutputOptions { get }
  var verdict: VerdictOptions { get }
}

extension CheckingCommand {
  /// The options, converted.
  var options: CheckOptions {
    CheckOptions(
      inputs: input.inputs, language: shown.lang, reveal: shown.reveal, use: verdict.use, am: verdict.am,
      situation: verdict.situation, format: verdict.format, output: verdict.output, verbose: verdict.verbose,
      allReaders: verdict.allReaders, labels: verdict.labels, key: verdict.key, journal: verdict.journal,
      journalSize: verdict.journalSize, nagiosExit: verdict.nagiosExit)
  }

  var reply: Reply { options.reply }
}

/// The options of a command that needs only a rule file and its plugins.
struct RuleFileOption: ParsableArguments {
  @Option(.rules) var rules: String?
  @OptionGroup var plugins: PluginOptions

  /// Reads the rule file.
  ///
  /// - Throws: ``Failure``: 66 if there is none, 77 if it is refused.
  func read(
    _ scope: PluginInputs.Scope = .used, in language: Language? = nil,
    _ distrust: LoadedRules.Distrust = .refuses
  ) async throws(Failure) -> LoadedRules {
    try await LoadedRules.read(rules, plugins: plugins.inputs(scope, in: language), distrust)
  }
}

/// The options for where to look for plugins.
struct PluginOptions: ParsableArguments {
  @Option(.pluginFolder) var folders: [String] = []

  /// Returns which plugins a command with these options looks at.
  func inputs(_ scope: PluginInputs.Scope = .used, in language: Language? = nil) -> PluginInputs {
    PluginInputs(folders: folders, scope: scope, language: language)
  }
}
