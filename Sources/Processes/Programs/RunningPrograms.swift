import Glibc
import Synchronization

/// The programs that are running, for a signal handler that ends this process in the middle of it.
///
/// Global, as a signal handler can reach nothing else, and made of atomics, as it may wait for no lock (signal-safety(7)).
/// Nothing depends on it in the end: the supervisor of a program also ends it when this process is gone, however it went.
package enum RunningPrograms {
  /// More than ever run at once; those beyond are ended by their supervisors a moment after us.
  private static let places = 32
  /// The channels to their supervisors; 0 where a place is free.
  private static let channels = InlineArray<32, Atomic<Int32>> { _ in Atomic(0) }
  /// The numbers of the supervisors, once they are known.
  private static let supervisors = InlineArray<32, Atomic<Int32>> { _ in Atomic(0) }
  private static let isEnding = Atomic(false)
  /// A little longer than a supervisor takes at most.
  private static let patience = 6000

  /// Makes what a handler may not be the first to make.
  package static func prepare() {
    _ = channels[0].load(ordering: .relaxed)
    _ = supervisors[0].load(ordering: .relaxed)
    _ = isEnding.load(ordering: .relaxed)
    _ = patience
    _ = places
  }

  /// Ends all programs, waits until nothing of them is left, and ends this process. A signal handler may call it, once
  /// ``prepare()`` was called.
  package static func end(exitingWith code: Int32) -> Never {
    isEnding.store(true, ordering: .sequentiallyConsistent)
    for place in 0..<places {
      let channel = channels[place].load(ordering: .sequentiallyConsistent)
      if channel > 0 { shutdown(channel, Int32(SHUT_WR)) }
      // The program may have stopped it.
      let supervisor = supervisors[place].load(ordering: .sequentiallyConsistent)
      if channel > 0, supervisor > 0 { kill(supervisor, SIGCONT) }
    }
    let end = milliseconds() + patience
    for place in 0..<places {
      let channel = channels[place].load(ordering: .sequentiallyConsistent)
      if channel > 0 { waitForHangUp(of: channel, until: end) }
    }
    _exit(code)
  }

  /// Enters a program that is about to be started; returns its place, nil if all are taken.
  ///
  /// All signals are blocked in the calling thread. Where this process is ending, nothing is started any more: the call
  /// does not return.
  static func enter(_ channel: Int32) -> Int? {
    let place = (0..<places).first {
      channels[$0].compareExchange(expected: 0, desired: channel, ordering: .sequentiallyConsistent).exchanged
    }
    // Either the handler sees the channel and waits for its end, or we see here that it has begun.
    guard isEnding.load(ordering: .sequentiallyConsistent) else { return place }
    if let place { leave(place) }
    waitIfEnding()
    return nil
  }

  /// The number of the supervisor of the program that is entered there.
  static func note(_ supervisor: pid_t, at place: Int) {
    supervisors[place].store(supervisor, ordering: .sequentiallyConsistent)
  }

  /// A program has ended.
  static func leave(_ place: Int) {
    supervisors[place].store(0, ordering: .sequentiallyConsistent)
    channels[place].store(0, ordering: .sequentiallyConsistent)
  }

  /// Does not return where this process is ending: that may be why a program has ended, and nothing is to be made of it.
  static func waitIfEnding() {
    while isEnding.load(ordering: .sequentiallyConsistent) { pause() }
  }

  /// Waits until the other side of a channel is closed. Returns whether it is.
  @discardableResult
  static func waitForHangUp(of channel: Int32, until end: Int) -> Bool {
    while true {
      let left = end - milliseconds()
      guard left > 0 else { return false }
      // POLLHUP is told without being asked for.
      var event = pollfd(fd: channel, events: 0, revents: 0)
      if poll(&event, 1, Int32(clamping: left)) > 0 { return true }
    }
  }

  /// The monotonic clock.
  static func milliseconds() -> Int {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return now.tv_sec * 1000 + now.tv_nsec / 1_000_000
  }
}
