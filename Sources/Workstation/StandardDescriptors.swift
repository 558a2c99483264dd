import Glibc

/// Standard input, output and error, which a program may be started without (`>&-`).
package enum StandardDescriptors {
  /// Keeps the places of those that are closed, so that no file of ours gets the number and with it what was meant for
  /// nobody. To be asked for before anything is opened.
  ///
  /// Reading and writing fail as they would, and a command that the program becomes finds them closed again.
  package static func keepPlaces() {
    for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) < 0 {
      // The lowest number that is free is this one. The wrong way round: what reads may not, nor what writes.
      _ = open("/dev/null", (number == STDIN_FILENO ? O_WRONLY : O_RDONLY) | O_CLOEXEC)
    }
  }
}
