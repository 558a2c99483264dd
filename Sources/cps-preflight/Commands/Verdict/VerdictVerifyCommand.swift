import ArgumentParser
import Preflight
import VerdictFile

/// Checks whether a verdict file still holds.
struct VerdictVerifyCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract:
      "Is this verdict file still good: ready, fresh, of these rules, that use, that card, unaltered?",
    discussion: """
      Exit code 0 only if all of it is so; 1 where it is not; 69 or 75 where the card cannot be asked now; 65 or 66 where the \
      file is no verdict or missing; 77 where the key is not its owner's alone.
      """)

  @Argument(help: ArgumentHelp("The verdict file.", valueName: "file"), completion: .file())
  var file: String

  @Option(help: ArgumentHelp("The oldest it may be: 30s, 5m, 12h.", valueName: "time"))
  var maxAge = AgeArgument(.seconds(300))

  @Option(
    help: ArgumentHelp(
      "The rule file that it has to be of.",
      discussion: "Default: ./rules.yaml, else /etc/cps-preflight/rules.yaml, else the shipped file.",
      valueName: "file"), completion: .file())
  var rules: String?

  @Option(name: .customLong("for"), help: ArgumentHelp("The use that it has to be of.", valueName: "use"))
  var use: Use?

  @Option(help: ArgumentHelp("The billing identifier that it has to be of.", valueName: "number"))
  var am: String?

  @Option(help: ArgumentHelp("The billing situation that it has to be of.", valueName: "n"))
  var situation: Int?

  @Option(
    help: ArgumentHelp("The reader that it has to be of, by its name or a part of it.", valueName: "name"))
  var reader: String?

  @Option(
    help: ArgumentHelp("The key that it has to be signed with.", valueName: "file"), completion: .file())
  var key: String?

  @Flag(help: "Whatever card it is of; none is asked for.")
  var anyCard = false

  @Option(
    help: ArgumentHelp("The PKCS#11 module through which the card is asked.", valueName: "module"),
    completion: .file())
  var module: String?

  @Option(
    help: ArgumentHelp(
      "A facts file in place of the card; may be given several times, as in check.", valueName: "file"),
    completion: .file())
  var facts: [String] = []

  @Option(.timeout) var timeout = DurationArgument(.seconds(10))

  @OptionGroup var plugins: PluginOptions

  @Option(.language) var lang: Language?

  private var options: CheckOptions {
    CheckOptions(
      inputs: Inputs(
        rules: rules, facts: facts, reader: reader, module: module, timeout: timeout.duration,
        pluginFolders: plugins.folders),
      use: use, am: am, situation: situation)
  }

  var mistake: LocalizedText? {
    if let mistake = options.mistake { return mistake }
    if anyCard, reader != nil { return .exclusive("--any-card", "--reader") }
    guard anyCard, !facts.isEmpty || module != nil else { return nil }
    return LocalizedText(
      fr: "--any-card ne demande aucune carte : sans --facts ni --module",
      en: "--any-card asks for no card: it takes no --facts or --module")
  }

  var reply: Reply { Reply(in: lang) }

  func perform() async throws {
    var demands = VerdictVerification.Demands()
    demands.maxAge = maxAge.duration
    demands.use = use
    demands.selection = options.selection
    demands.anyCard = anyCard
    let check = try VerdictFileCheck(file, demands, inputs: options.inputs, key: key)
    let language = OutputOptions.language(lang)
    let words = try await check.verify(in: language)
    try Output().write(printable(words.rendered(in: language)) + "\n")
  }
}
