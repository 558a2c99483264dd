import ArgumentParser
import Glibc
import Preflight
import Workstation

/// The program: parses the command line, runs the command, and exits with a code of the table, whatever happens.
@main
enum Program {
  @MainActor
  static func main() async {
    // Read before anything is changed: a command that the program becomes gets them back.
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

/// A command that does something, unlike ``RootCommand`` and other groups, which only show their help.
///
/// It is not ArgumentParser's asynchronous command, which runs on a thread of its own and slows down every start.
protocol RunnableCommand: ParsableCommand {
  /// How to report a failure of the command.
  var reply: Reply { get }

  /// Runs the command.
  ///
  /// - Throws: ``Ending`` or a ``Failure``.
  @MainActor func perform() async throws
}

/// A command that writes results according to ``OutputOptions``.
protocol ReportingCommand: RunnableCommand {
  var shown: OutputOptions { get }
}

extension ReportingCommand {
  var reply: Reply { Reply(in: shown.lang) }
}

/// The end of a command that has nothing more to report.
struct Ending: Error {
  let code: Preflight.ExitCode
}
