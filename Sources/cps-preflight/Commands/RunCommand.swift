import ArgumentParser
import Preflight
import Workstation

/// Judges, then becomes a command if and only if the lot may be sent.
struct RunCommand: CheckingCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Judge, then become a command if and only if the lot may be sent.",
    usage: "cps-preflight run [<options of check>] -- <command> [<arguments> ...]",
    discussion: """
      The command runs in place of this program: same process, standard input, output and error. Otherwise the report is \
      on standard error, and the exit code is that of check; 127 where the command is not found, 126 where it \
      cannot be executed: told before the card is read, unless only the system can tell. CPS_PREFLIGHT_VERDICT names the verdict for the command.
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var shown: OutputOptions
  @OptionGroup var verdict: VerdictOptions

  @Argument(
    parsing: .postTerminator,
    help: ArgumentHelp("The command and its arguments, after --.", valueName: "command"), completion: .file())
  var command: [String] = []

  var mistake: LocalizedText? {
    options.mistake ?? (command.isEmpty ? Self.noCommand : options.mistakeInRun)
  }

  private static let noCommand = LocalizedText(
    fr: "nommer une commande après --", en: "name a command after --")

  func perform() async throws {
    guard let command = GatedCommand(last: command.count) else { throw Failure(.usage, Self.noCommand) }
    try await Gate(options, command).perform()
  }
}
