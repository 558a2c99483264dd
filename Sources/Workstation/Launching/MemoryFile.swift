import CLinux
import Glibc

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
