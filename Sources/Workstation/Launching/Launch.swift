import Processes
import Glibc
import PluginHost

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
