import Glibc
import Processes

/// The descriptors that the program was started with, for the command that it becomes.
package struct InheritedDescriptors: Sendable {
  /// Nil if they could not be listed.
  private let numbers: Set<Int32>?

  /// Those that are open now: to be asked for before anything is opened.
  package init() { numbers = Self.open }

  /// Has every other one closed when the program becomes the command, whichever library opened it, save `kept`.
  func closeAllOthers(but kept: Int32?) {
    // Without the list, what we open ourselves is closed all the same: all of it is marked where it is opened.
    guard let numbers, let open = Self.open else { return }
    for number in open where !numbers.contains(number) && number != kept {
      _ = fcntl(number, F_SETFD, FD_CLOEXEC)
    }
  }

  private static var open: Set<Int32>? {
    guard let names = try? FolderListing.names(in: "/proc/self/fd") else { return nil }
    // The list names the descriptor that it was itself read from.
    return Set(names.compactMap { Int32($0) }.filter { fcntl($0, F_GETFD) >= 0 })
  }
}

/// How signals stood when the program was started, for the command that it becomes.
package struct InheritedSignals: Sendable {
  /// As they stood when this was first asked for, which has to be before anything is changed.
  package static let atStart = InheritedSignals()

  private let ignored: [Int32]
  private let mask: sigset_t

  private init() {
    ignored = Self.all.filter { Self.isIgnored($0) }
    var mask = sigset_t()
    pthread_sigmask(SIG_SETMASK, nil, &mask)
    self.mask = mask
  }

  /// Puts them back: what was ignored is, everything else has its default (execve(2) keeps nothing between the two).
  func restore() {
    for number in Self.all { signal(number, ignored.contains(number) ? SIG_IGN : SIG_DFL) }
    var mask = mask
    pthread_sigmask(SIG_SETMASK, &mask, nil)
  }

  private static let all: ClosedRange<Int32> = 1...64

  /// Whether that signal is ignored.
  static func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(signal, nil, &action) == 0 else { return false }
    // SIG_IGN is the address 1: functions cannot be compared, addresses can.
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }
}

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
