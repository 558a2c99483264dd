import ArgumentParser
import Preflight

/// Where facts come from, and which rules ask for them.
struct InputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The rule file; default: ./rules.yaml, else /etc/cps-preflight/rules.yaml, else the shipped file.",
      valueName: "file"))
  var rules: String?

  @Option(
    help: ArgumentHelp(
      "A facts file, in place of the card where it speaks of one; - is standard input; may be given several times.",
      valueName: "file"))
  var facts: [String] = []

  @Option(
    help: ArgumentHelp(
      "The Gestionnaire's CPS-INFO.TXT in place of the card; - is standard input.", valueName: "file"))
  var report: String?

  @Option(
    help: ArgumentHelp(
      "How old the report may be: 12h, 30d; default: what the rule file says, else 30d.", valueName: "time"))
  var reportMaxAge: AgeArgument?

  @Option(help: ArgumentHelp("The reader that counts, by its name or a part of it.", valueName: "name"))
  var reader: String?

  @Option(help: ArgumentHelp("How long to wait for a card: 30s, 2m.", valueName: "time"))
  var wait: DurationArgument?

  @Option(
    help: ArgumentHelp("The PKCS#11 module: a path, or a name that p11-kit knows.", valueName: "module"))
  var module: String?

  @Option(help: ArgumentHelp("Read the code porteur from that descriptor.", valueName: "n"))
  var pinFd: Int32?

  @Option(
    help: ArgumentHelp("Read the code porteur from a file that is its owner's alone.", valueName: "file"))
  var pinFile: String?

  @Flag(help: "Use nothing but the files given.")
  var offline = false

  @Option(help: ArgumentHelp("Judge as on that day, YYYY-MM-DD.", valueName: "date"))
  var on: CivilDate?

  @Option(help: ArgumentHelp("How long a source may take: 500ms, 10s, 1m.", valueName: "time"))
  var timeout = DurationArgument(.seconds(10))

  @OptionGroup var plugins: PluginOptions

  /// What they say.
  var inputs: Inputs {
    Inputs(
      rules: rules, facts: facts, report: report, reportMaxAge: reportMaxAge?.duration, reader: reader,
      wait: wait?.duration, module: module,
      pinDescriptor: pinFd, pinFile: pinFile, offline: offline,
      on: on, timeout: timeout.duration, pluginFolders: plugins.folders)
  }

  func validate() throws {
    if let mistake = inputs.mistake { throw ValidationError(mistake) }
  }
}

/// How results are written.
struct OutputOptions: ParsableArguments {
  @Option(help: ArgumentHelp("fr or en; default: the locale's, else French.", valueName: "language"))
  var lang: Language?

  @Flag(help: "Show personal data unmasked.")
  var reveal = false
}
