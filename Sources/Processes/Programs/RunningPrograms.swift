import Glibc
import Synchronization

/// The running programs, for the signal handler that ends this process.
///
/// It is global because a signal handler cannot reach anything else, and made of atomics because a handler must not
/// wait for a lock (signal-safety(7)). It is not the only safeguard: a program's supervisor also ends it when this
/// process is gone, for whatever reason.
package enum RunningPrograms {
  /// More than ever run at once: a check of sixty plugins asks them all together. Further programs are ended by their supervisors shortly after this process ends.
  private static let places = 128
  /// The channels to the supervisors; 0 marks a free place.
  private static let channels = InlineArray<128, Atomic<Int32>> { _ in Atomic(0) }
  /// The process ids of the supervisors; 0 until they are known.
  private static let supervisors = InlineArray<128, Atomic<Int32>> { _ in Atomic(0) }
  private static let isEnding = Atomic(false)
  /// In milliseconds: a little more than the longest time that a supervisor needs.
  private static let patience = 6000

  /// Initialises everything that a signal handler must not initialise first.
  package static func prepare() {
    _ = channels[0].load(ordering: .relaxed)
    _ = supervisors[0].load(ordering: .relaxed)
    _ = isEnding.load(ordering: .relaxed)
    _ = patience
    _ = places
  }

  /// Ends all programs, waits until none of their processes is left, and exits. A signal handler may call it after
  /// ``prepare()`` was called.
  package static func end(exitingWith code: Int32) -> Never {
    isEnding.store(true, ordering: .sequentiallyConsistent)
    for place in 0..<places {
      let channel = channels[place].load(ordering: .sequentiallyConsistent)
      if channel > 0 { shutdown(channel, Int32(SHUT_WR)) }
      // The program may have stopped its supervisor.
      let supervisor = supervisors[place].load(ordering: .sequentiallyConsistent)
      if channel > 0, supervisor > 0 { kill(supervisor, SIGCONT) }
    }
    let end = MonotonicClock.milliseconds() + patience
    for place in 0..<places {
      let channel = channels[place].load(ordering: .sequentiallyConsistent)
      if channel > 0 { waitForHangUp(of: channel, until: end) }
    }
    _exit(code)
  }

  /// Registers a program that is about to be started. Returns its place, or nil if all places are taken.
  ///
  /// The caller must have blocked all signals in its thread. If this process is ending, the call does not return,
  /// so that nothing more is started.
  static func enter(_ channel: Int32) -> Int? {
    let place = (0..<places).first {
      channels[$0].compareExchange(expected: 0, desired: channel, ordering: .sequentiallyConsistent).exchanged
    }
    // Either the handler sees the channel and waits for its end, or this thread sees that the handler has begun.
    guard isEnding.load(ordering: .sequentiallyConsistent) else { return place }
    if let place { leave(place) }
    waitIfEnding()
    return nil
  }

  /// Records the process id of the supervisor of the program at `place`.
  static func note(_ supervisor: pid_t, at place: Int) {
    supervisors[place].store(supervisor, ordering: .sequentiallyConsistent)
  }

  /// Frees the place of a program that has ended.
  static func leave(_ place: Int) {
    supervisors[place].store(0, ordering: .sequentiallyConsistent)
    channels[place].store(0, ordering: .sequentiallyConsistent)
  }

  /// Does not return if this process is ending: that may be why a program has ended, and then its result must not
  /// be used.
  static func waitIfEnding() {
    while isEnding.load(ordering: .sequentiallyConsistent) { pause() }
  }

  /// Waits until the other end of a channel is closed. Returns false if that does not happen before `end`, in
  /// ``MonotonicClock.milliseconds()``.
  @discardableResult
  static func waitForHangUp(of channel: Int32, until end: Int) -> Bool {
    while true {
      let left = end - MonotonicClock.milliseconds()
      guard left > 0 else { return false }
      // poll(2) reports POLLHUP without being asked.
      var event = pollfd(fd: channel, events: 0, revents: 0)
      if poll(&event, 1, Int32(clamping: left)) > 0 { return true }
    }
  }
}
