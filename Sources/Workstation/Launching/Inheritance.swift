import Glibc
import Processes

/// The descriptors that the program was started with, for the command that replaces it.
package struct InheritedDescriptors: Sendable {
  /// Nil if they could not be listed.
  private let numbers: Set<Int32>?

  /// Records the descriptors that are open now. Must be called before anything is opened.
  package init() { numbers = Self.open }

  /// Marks all other descriptors, whichever library opened them, to be closed when the command replaces the
  /// program. `kept` stays open.
  func closeAllOthers(but kept: Int32?) {
    // If the list is not available, our own descriptors are still closed: they are all opened with that mark.
    guard let numbers, let open = Self.open else { return }
    for number in open where !numbers.contains(number) && number != kept {
      _ = fcntl(number, F_SETFD, FD_CLOEXEC)
    }
  }

  private static var open: Set<Int32>? {
    guard let names = try? FolderListing.names(in: "/proc/self/fd") else { return nil }
    // The list contains the descriptor that was used to read it.
    return Set(names.compactMap { Int32($0) }.filter { fcntl($0, F_GETFD) >= 0 })
  }
}

/// The signal settings that the program was started with, for the command that replaces it.
package struct InheritedSignals: Sendable {
  /// The settings when this was first used, which must be before any is changed.
  package static let atStart = InheritedSignals()

  private let ignored: [Int32]
  private let mask: sigset_t

  private init() {
    ignored = Self.all.filter { Self.isIgnored($0) }
    var mask = sigset_t()
    pthread_sigmask(SIG_SETMASK, nil, &mask)
    self.mask = mask
  }

  /// Restores the settings: ignored signals are ignored again, and all others have their default action (execve(2)
  /// keeps no other state).
  func restore() {
    for number in Self.all { signal(number, ignored.contains(number) ? SIG_IGN : SIG_DFL) }
    var mask = mask
    pthread_sigmask(SIG_SETMASK, &mask, nil)
  }

  private static let all: ClosedRange<Int32> = 1...64

  /// Returns whether the signal is ignored.
  static func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(signal, nil, &action) == 0 else { return false }
    // SIG_IGN is the address 1. Swift cannot compare functions, but it can compare addresses.
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }
}

/// Standard input, output and error, any of which may be closed when the program is started (`>&-`).
package enum StandardDescriptors {
  /// Occupies the numbers of those that are closed, so that no file of ours gets such a number and receives what
  /// was meant for it. Must be called before anything is opened.
  ///
  /// Reading and writing still fail, and the command that replaces the program finds them closed.
  package static func keepPlaces() {
    for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) < 0 {
      // The lowest free number is this one. The mode is reversed so that input cannot be read and output cannot be
      // written.
      _ = open("/dev/null", (number == STDIN_FILENO ? O_WRONLY : O_RDONLY) | O_CLOEXEC)
    }
  }
}
