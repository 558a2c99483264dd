import ArgumentParser
import Glibc
import Preflight
import Workstation

/// The program: reads the command line, runs the command, and ends with a code of the table, whatever happens.
@main
enum Program {
  @MainActor
  static func main() async {
    // Before anything is changed: a command that the program becomes gets them back.
    _ = InheritedSignals.atStart
    StandardDescriptors.keepPlaces()
    Interruption.takeSignals()
    let arguments = Array(CommandLine.arguments.dropFirst())
    let invocation: Invocation
    do {
      invocation = try Invocation(arguments)
    } catch {
      exit(Reply(toUnread: arguments).tell(error, about: arguments).rawValue)
    }
    do {
      try await invocation.perform()
      exit(ExitCode.ready.rawValue)
    } catch let ending as Ending {
      exit(ending.code.rawValue)
    } catch {
      exit(invocation.reply.tell(error, about: arguments).rawValue)
    }
  }
}

/// A command that does something, where ``RootCommand`` and other groups only show their help.
///
/// Not ArgumentParser's asynchronous command: that one runs on a thread of its own, which costs every start.
protocol RunnableCommand: ParsableCommand {
  /// How a failure of the command is told.
  var reply: Reply { get }

  /// Runs the command.
  ///
  /// - Throws: ``Ending`` or a ``Failure``.
  @MainActor func perform() async throws
}

/// A command that writes results as ``OutputOptions`` say.
protocol ReportingCommand: RunnableCommand {
  var shown: OutputOptions { get }
}

extension ReportingCommand {
  var reply: Reply { Reply(in: shown.lang) }
}

/// The end of a command that has said all it had to say.
struct Ending: Error {
  let code: Preflight.ExitCode
}
