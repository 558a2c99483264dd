import Glibc
import Synchronization

/// The threads for what may block. One that is done waits for more: starting a thread takes longer than most calls do.
package enum ThreadSupply {
  /// The work of a thread. It calls its argument before anybody learns its result, so that the next work finds the thread waiting.
  typealias Work = @Sendable (_ isDone: () -> Void) -> Void

  /// The signals that report a crash, of this program or of a library in it. They reach the thread that crashes.
  package static let crashes: [Int32] = [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGSYS]

  /// The most threads that wait.
  private static let limit = 8

  /// The threads that wait for work. Threads belong to the process, and so does this list.
  private static let waiting = Mutex<[Worker]>([])

  /// Whether the system has refused this process a thread, as under `ulimit -u`, `ulimit -v` or a container's limit of processes.
  package static var wasRefused: Bool { refusal.load(ordering: .relaxed) }

  private static let refusal = Atomic(false)

  /// Does the work on a thread that waits, or else on a new one. Returns false if none could be started.
  static func run(_ work: @escaping Work) -> Bool {
    guard let worker = waiting.withLock({ $0.popLast() }) ?? Worker.started() else {
      refusal.store(true, ordering: .relaxed)
      return false
    }
    worker.work.give(work)
    return true
  }

  /// A thread that does what it is given.
  private final class Worker: Sendable {
    let work = Handover<Work>()

    /// Starts a thread. Returns nil if that fails.
    static func started() -> Worker? {
      let worker = Worker()
      let handed = Unmanaged.passRetained(worker)
      var thread = pthread_t()
      let failure = pthread_create(
        &thread, nil,
        { argument in
          if let argument { Unmanaged<Worker>.fromOpaque(argument).takeRetainedValue().run() }
          return nil
        }, handed.toOpaque())
      guard failure == 0 else {
        handed.release()
        return nil
      }
      pthread_detach(thread)
      return worker
    }

    private func run() {
      // Signals are for the program's first thread, but for those of a crash in this one, which has a message of its own.
      var every = sigset_t()
      sigfillset(&every)
      for crash in ThreadSupply.crashes { sigdelset(&every, crash) }
      pthread_sigmask(SIG_SETMASK, &every, nil)
      var isKept = true
      while isKept {
        isKept = false
        let work = work.next()
        work { isKept = wait() }
      }
    }

    /// Waits for more work. Returns false if enough threads do.
    private func wait() -> Bool {
      ThreadSupply.waiting.withLock { waiting in
        guard waiting.count < ThreadSupply.limit else { return false }
        waiting.append(self)
        return true
      }
    }
  }
}
