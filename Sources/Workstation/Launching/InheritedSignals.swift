import Glibc

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
