import Glibc
import Synchronization

/// The process groups of the programs that are running, for whoever ends this process in the middle of it.
///
/// They are groups of their own, so that Ctrl-C at the terminal does not reach them. Global, as a signal handler can reach
/// nothing else, and made of atomics, as it may wait for nothing (signal-safety(7)).
package enum RunningGroups {
  /// More than ever run at once; those beyond are only ended by their deadline.
  private static let places = 32
  private static let groups = InlineArray<32, Atomic<Int32>> { _ in Atomic(0) }
  /// How many programs are being started, whose groups are not known yet.
  private static let starting = Atomic<Int>(0)
  /// One more than the code with which this process is to end; 0 while it is not.
  private static let ending = Atomic<Int32>(0)

  /// Ends them all, and this process. May be called by a signal handler, once ``prepare()`` was.
  ///
  /// It returns where a program is just being started: that one is ended, and then this process, as soon as it is known.
  package static func end(exitingWith code: Int32) {
    ending.store(code + 1, ordering: .sequentiallyConsistent)
    endIfAsked()
  }

  /// Makes what a handler may not be the first to make.
  package static func prepare() {
    _ = groups[0].load(ordering: .relaxed)
    _ = starting.load(ordering: .relaxed)
    _ = ending.load(ordering: .relaxed)
  }

  private static func endIfAsked() {
    let code = ending.load(ordering: .sequentiallyConsistent)
    guard code > 0 else { return }
    for place in 0..<places {
      let group = groups[place].load(ordering: .sequentiallyConsistent)
      if group > 0 { kill(-group, SIGKILL) }
    }
    if starting.load(ordering: .sequentiallyConsistent) == 0 { _exit(code - 1) }
  }

  /// A program that is being started, then running.
  ///
  /// Either it is counted before this process is to end, which then waits for it, or it is not started any more.
  final class Program: Sendable {
    private enum State {
      case starting
      case running(place: Int?)
      case ended
    }

    private let state = Mutex(State.starting)

    init() {
      starting.add(1, ordering: .sequentiallyConsistent)
      guard ending.load(ordering: .sequentiallyConsistent) > 0 else { return }
      starting.subtract(1, ordering: .sequentiallyConsistent)
      endIfAsked()
      while true { pause() }
    }

    /// It has been started, with that process group.
    func runs(as group: Int32) {
      let place = (0..<places).first {
        groups[$0].compareExchange(expected: 0, desired: group, ordering: .sequentiallyConsistent).exchanged
      }
      state.withLock { $0 = .running(place: place) }
      starting.subtract(1, ordering: .sequentiallyConsistent)
      endIfAsked()
    }

    /// It has ended, or could not be started.
    func ended() {
      let before = state.withLock { state in
        defer { state = .ended }
        return state
      }
      switch before {
      case .starting:
        starting.subtract(1, ordering: .sequentiallyConsistent)
        endIfAsked()
      case .running(let place): if let place { groups[place].store(0, ordering: .sequentiallyConsistent) }
      case .ended: break
      }
    }
  }
}
