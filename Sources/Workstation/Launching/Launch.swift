import CLinux
import Glibc
import PluginHost
import Processes

/// Becoming a command: the same process, and with it the same standard input, output and error.
package struct Launch: Sendable {
  private let file: CommandFile
  private let descriptors: InheritedDescriptors
  /// A file of ours that the command gets.
  package var handedOn: MemoryFile?
  /// A descriptor that we were given for ourselves.
  package var withheld: Int32?

  /// - Parameters:
  ///   - file: the command.
  ///   - descriptors: those that the command may have.
  package init(_ file: CommandFile, _ descriptors: InheritedDescriptors) {
    self.file = file
    self.descriptors = descriptors
  }

  /// Becomes the command, in an environment that says one thing more. Returns only where that fails: throws why.
  @MainActor
  package func become(
    _ command: GatedCommand, adding variable: (name: String, value: String)
  ) throws(CommandFault) -> Never {
    descriptors.closeAllOthers(but: handedOn?.descriptor)
    if let withheld { withhold(withheld) }
    // Twice in the environment, the command might see the other one: setenv replaces the first alone.
    unsetenv(variable.name)
    guard setenv(variable.name, variable.value, 1) == 0 else { throw CommandFault(executing: errno) }
    Supervisors.leaveProcess()
    InheritedSignals.atStart.restore()
    execv(file.path, command.arguments)
    let code = errno
    // We live on.
    Interruption.takeSignals()
    throw CommandFault(executing: code)
  }

  /// Closes it; in place of standard input, output or error comes nothing, not the next file that is opened.
  private func withhold(_ descriptor: Int32) {
    let nothing = descriptor <= STDERR_FILENO ? open("/dev/null", O_RDWR | O_CLOEXEC) : -1
    if nothing < 0 || dup2(nothing, descriptor) < 0 { close(descriptor) }
    if nothing > STDERR_FILENO { close(nothing) }
  }
}

/// A file in memory that nobody can change any more, handed on to the command that the program becomes.
///
/// It is gone with the last process that has it open: nobody has to delete it.
package struct MemoryFile: Sendable {
  let descriptor: Int32

  /// Makes it, out of the way of the numbers that shells redirect. Throws where there is no memory for it.
  package init(_ name: String, holding text: String) throws(WriteFault) {
    let made = sealable_memory_file(name)
    guard made >= 0 else { throw WriteFault(errno: errno) }
    defer { close(made) }
    try FileWriting.write(text, to: made)
    // Read from its beginning, by whoever opens it; and by nobody else than this user.
    guard fchmod(made, 0o400) == 0, fcntl(made, Int32(add_seals_command), Int32(every_seal)) == 0 else {
      throw WriteFault(errno: errno)
    }
    descriptor = fcntl(made, F_DUPFD, 10)
    guard descriptor >= 0 else { throw WriteFault(errno: errno) }
  }

  /// Where the command and the processes it starts find it, as long as the command has it open; by number of the
  /// process, as many programs close what they do not know before they start another.
  package var path: String { "/proc/\(getpid())/fd/\(descriptor)" }
}
