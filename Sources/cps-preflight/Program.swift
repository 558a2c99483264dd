import ArgumentParser
import Glibc
import Preflight
import Workstation

/// The program: parses the command line, runs the command, and ends with a code of the table, whatever happens.
@main
enum Program {
  @MainActor
  static func main() async {
    // Before anything is changed: a command that the program becomes gets them back.
    _ = InheritedSignals.atStart
    StandardDescriptors.keepPlaces()
    Interruption.takeSignals()
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      if arguments.first == "check", let options = PlainCheckArguments.read(arguments.dropFirst()) {
        try await Checking(options).perform()
      }
      if arguments.first == "run",
        let (options, command) = PlainCheckArguments.readGate(arguments.dropFirst())
      {
        try await Gate(options, command).perform()
      }
      try await Invocation.command(arguments).perform()
      exit(ExitCode.ready.rawValue)
    } catch let ending as Ending {
      exit(ending.code.rawValue)
    } catch let failure as Failure {
      let language = language(of: arguments)
      failure.tell(in: language)
      let code = NagiosFault(arguments)?.tell(failure.text(in: language)) ?? failure.code
      exit(code.rawValue)
    } catch {
      let code = tell(error, about: arguments)
      // Help was asked for and given: there is nothing to add, and still no verdict.
      let words = code == .ready ? nil : message(of: error, about: arguments)
      exit((NagiosFault(arguments)?.tell(words) ?? code).rawValue)
    }
  }

  /// ArgumentParser's words without what may be a code porteur, in which an argument that it repeats can neither steer a terminal
  /// nor begin a line of its own.
  private static func message(of error: any Error, about arguments: [String]) -> String {
    var text = RootCommand.fullMessage(for: error)
    for argument in arguments where argument.unicodeScalars.contains(where: \.isUnseen) {
      // `--for=VALUE` and `-fVALUE` are repeated in part.
      let value = argument.drop { $0 != "=" }.dropFirst()
      for part in [argument, String(value)] where part.unicodeScalars.contains("\n") {
        text = text.replacing(part, with: printable(part))
      }
    }
    return printableLines(RootCommand.exitCode(for: error) == .success ? text : Failure.withoutNumbers(text))
  }

  /// Says what ArgumentParser has to say: help on standard output, mistakes on standard error.
  private static func tell(_ error: any Error, about arguments: [String]) -> Preflight.ExitCode {
    let text = message(of: error, about: arguments)
    switch RootCommand.exitCode(for: error) {
    case .success:
      do throws(WriteFault) {
        try FileWriting.write(text + "\n", to: STDOUT_FILENO)
        return .ready
      } catch {
        return .notWritten
      }
    case .validationFailure:
      try? FileWriting.write(text + "\n", to: STDERR_FILENO)
      return .usage
    default:
      try? FileWriting.write(printable("cps-preflight: internal error: \(error)") + "\n", to: STDERR_FILENO)
      return .internalError
    }
  }

  /// The language for failures, which may come before the options are understood.
  private static func language(of arguments: [String]) -> Language {
    // What follows is the command of `run`, and its own affair.
    let arguments = Array(arguments.prefix { $0 != "--" })
    for (index, argument) in arguments.enumerated() {
      if argument == "--lang", arguments.indices.contains(index + 1),
        let language = Language(rawValue: arguments[index + 1])
      {
        return language
      }
      if argument.hasPrefix("--lang="), let language = Language(rawValue: String(argument.dropFirst(7))) {
        return language
      }
    }
    return Surroundings.language
  }
}

/// A command that does something, where ``RootCommand`` and other groups only show their help.
///
/// Not ArgumentParser's asynchronous command: that one runs on a thread of its own, which costs every start.
protocol RunnableCommand: ParsableCommand {
  /// Does it. Throws an ``Ending`` or a ``Failure``.
  @MainActor func perform() async throws
}

/// The end of a command that has said all it had to say.
struct Ending: Error {
  let code: Preflight.ExitCode
}
