import CLinux
import Glibc
import PluginHost
import Processes

/// Replaces the program with a command: the process stays the same, with its standard input, output and error.
package struct Launch: Sendable {
  private let file: CommandFile
  private let descriptors: InheritedDescriptors
  /// A file of ours that is passed to the command.
  package var handedOn: MemoryFile?
  /// A descriptor that was meant for this program only.
  package var withheld: Int32?

  /// - Parameters:
  ///   - file: the command.
  ///   - descriptors: the descriptors that the command may use.
  package init(_ file: CommandFile, _ descriptors: InheritedDescriptors) {
    self.file = file
    self.descriptors = descriptors
  }

  /// Executes the command, with one variable added to the environment. Returns only if that fails.
  ///
  /// - Throws: `CommandFault` with the reason.
  @MainActor
  package func become(
    _ command: GatedCommand, adding variable: (name: String, value: String)
  ) throws(CommandFault) -> Never {
    descriptors.closeAllOthers(but: handedOn?.descriptor)
    if let withheld { withhold(withheld) }
    // If the variable occurs twice, setenv(3) replaces only the first, and the command might read the other.
    unsetenv(variable.name)
    guard setenv(variable.name, variable.value, 1) == 0 else { throw CommandFault(executing: errno) }
    Supervisors.leaveProcess()
    InheritedSignals.atStart.restore()
    execv(file.path, command.arguments)
    let code = errno
    // Execution failed and this program continues.
    Interruption.takeSignals()
    throw CommandFault(executing: code)
  }

  /// Closes the descriptor. If it is standard input, output or error, its number stays occupied so that the next
  /// file that is opened does not get it.
  private func withhold(_ descriptor: Int32) {
    let nothing = descriptor <= STDERR_FILENO ? open("/dev/null", O_RDWR | O_CLOEXEC) : -1
    if nothing < 0 || dup2(nothing, descriptor) < 0 { close(descriptor) }
    if nothing > STDERR_FILENO { close(nothing) }
  }
}

/// A file in memory that cannot be changed, passed to the command that replaces the program.
///
/// It disappears with the last process that has it open, so that it need not be deleted.
package struct MemoryFile: Sendable {
  let descriptor: Int32

  /// Creates the file, with a number above those that shells redirect.
  ///
  /// - Throws: `WriteFault` if there is not enough memory.
  package init(_ name: String, holding text: String) throws(WriteFault) {
    let made = sealable_memory_file(name)
    guard made >= 0 else { throw WriteFault(errno: errno) }
    defer { close(made) }
    try FileWriting.write(text, to: made)
    // Each process that opens it reads from the beginning. Only this user may read it.
    guard fchmod(made, 0o400) == 0, fcntl(made, Int32(add_seals_command), Int32(every_seal)) == 0 else {
      throw WriteFault(errno: errno)
    }
    descriptor = fcntl(made, F_DUPFD, 10)
    guard descriptor >= 0 else { throw WriteFault(errno: errno) }
  }

  /// The path of the file for the command and its child processes, as long as the command has it open. It contains
  /// the process id, because many programs close unknown descriptors before they start another.
  package var path: String { "/proc/\(getpid())/fd/\(descriptor)" }
}
