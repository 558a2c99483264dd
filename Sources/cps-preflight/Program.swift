import ArgumentParser
import Glibc
import Preflight
import Processes
import Workstation

/// The program: parses the command line, runs the command, and exits with a code of the table, whatever happens.
@main
enum Program {
  static func main() {
    // Read before anything is changed: a command that the program becomes gets them back.
    _ = InheritedSignals.atStart
    StandardDescriptors.keepPlaces()
    Interruption.takeSignals()
    MainThread.run { await run(Array(CommandLine.arguments.dropFirst())) }
  }

  @MainActor
  private static func run(_ arguments: [String]) async -> Never {
    let invocation: Invocation
    do {
      // What guards a run is read there, such as which descriptors are open and which file the program is.
      guard access("/proc/self/fd", F_OK) == 0 else { throw Failure.noProcFileSystem }
      if let place = placeOfUnreadable() { throw Failure.notUTF8(place) }
      invocation = try Invocation(arguments)
    } catch {
      end(Reply(toUnread: arguments).tell(error, about: arguments).rawValue)
    }
    do {
      try await invocation.perform()
      end(ExitCode.ready.rawValue)
    } catch let ending as Ending {
      end(ending.code.rawValue)
    } catch {
      end(invocation.reply.tell(error, about: arguments).rawValue)
    }
  }

  /// Returns the place, counted from 1, of the first word of the command line that is not UTF-8. Nil if all are.
  ///
  /// Swift would put U+FFFD in the place of such bytes: another file would be read or written than the one that was named. The command
  /// of `run`, behind `--`, gets its words as they are.
  private static func placeOfUnreadable() -> Int? {
    for place in 1..<max(1, Int(CommandLine.argc)) {
      guard let word = CommandLine.unsafeArgv[place] else { return nil }
      guard let text = String(validatingCString: word) else { return place }
      if text == "--" { return nil }
    }
    return nil
  }

  /// Ends the program at once.
  ///
  /// exit(3) would first run the libraries' exit handlers, such as that of PC/SC, in which a call that was abandoned, or that nobody waits
  /// for, may still be under way on another thread.
  private static func end(_ code: Int32) -> Never {
    fflush(nil)
    _exit(code)
  }
}
