import ArgumentParser
import Preflight
import Reports
import VerdictFile

/// Judges once, and ends with the verdict's code.
struct CheckCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Judge once: may the lot be sent?",
    discussion: "The exit code tells the batch; `cps-preflight exit-codes` explains each.")

  @OptionGroup var arguments: CheckArguments

  func validate() throws {
    if let mistake = Checking.mistake(options) { throw ValidationError(mistake) }
  }

  /// What they say.
  var options: CheckOptions { arguments.options }

  func perform() async throws { try await Checking(options).perform() }
}

/// What `check` takes, and `run` before its command.
struct CheckArguments: ParsableArguments {
  @OptionGroup var input: InputOptions
  @OptionGroup var shown: OutputOptions

  @Option(name: .customLong("for"), help: ArgumentHelp("What the card is to be used for.", valueName: "use"))
  var use: Use?

  @Option(help: ArgumentHelp("The billing identifier (numéro AM) being billed with.", valueName: "number"))
  var am: String?

  @Option(help: ArgumentHelp("The billing situation being billed with, from 1.", valueName: "n"))
  var situation: Int?

  @Option(help: "How the verdict is written.")
  var format = VerdictFormat.text

  @Flag(
    help: ArgumentHelp(
      "Exit as monitoring systems expect: 0 OK, 1 warning, 2 critical, 3 unknown.",
      discussion: "Only with --format nagios. Whatever goes wrong is 3."))
  var nagiosExit = false

  @Option(
    name: .customLong("label"),
    help: ArgumentHelp(
      "What the verdict says of itself in prometheus, junit and nagios; may be repeated.",
      discussion: "A name of letters, digits and _, which the formats do not use themselves.",
      valueName: "name=value"))
  var labels: [Label] = []

  @Option(help: ArgumentHelp("Write the verdict to a file, whole or not at all.", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Sign the verdict with the key in that file, which is its owner's alone.", valueName: "file"))
  var key: String?

  @Option(help: ArgumentHelp("Add a line about this run to a file.", valueName: "file"))
  var journal: String?

  @Option(
    help: ArgumentHelp("How large the journal may become: 512KiB, 1GiB; default: 10MiB.", valueName: "size"))
  var journalSize: ByteCount?

  @Flag(help: "Show the facts as well.")
  var verbose = false

  @Flag(help: "Judge every card in every reader, a verdict each; no code porteur is presented.")
  var allReaders = false

  /// What they say.
  var options: CheckOptions {
    CheckOptions(
      inputs: input.inputs, language: shown.lang, reveal: shown.reveal, use: use, am: am,
      situation: situation, format: format, output: output, verbose: verbose, allReaders: allReaders,
      labels: labels, key: key, journal: journal, journalSize: journalSize, nagiosExit: nagiosExit)
  }

  func validate() throws {
    if let mistake = options.mistake { throw ValidationError(mistake) }
  }
}

extension VerdictFormat: ExpressibleByArgument {}
