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

/// The options of a command that needs only a rule file and its plugins.
struct RuleFileOption: ParsableArguments {
  @Option(.rules) var rules: String?
  @OptionGroup var plugins: PluginOptions
}

/// The options for where to look for plugins.
struct PluginOptions: ParsableArguments {
  @Option(.pluginFolder) var folders: [String] = []
}
