// Executors of one's own are not yet in the standard library's public interface.
@_spi(ExperimentalCustomExecutors) @_spi(ExperimentalScheduling) import _Concurrency
import Synchronization

/// Runs all tasks of the program on its first thread, one after the other.
///
/// Swift's usual executors start a pool of threads, with timers and an event loop. In a program that waits for a card, starting
/// them takes longer than what they do. What may block has a thread of its own (``BlockingCall``), so that no task blocks this one.
package enum MainThread {
  /// Runs the program. Must be called on the first thread, before any task is made.
  package static func run(_ program: @escaping @MainActor @Sendable () async -> Never) -> Never {
    _createExecutors(factory: Executors.self)
    Task { @MainActor in await program() }
    while true { executor.runJobs() }
  }

  private static let executor = OneThreadExecutor()

  private struct Executors: ExecutorFactory {
    static var mainExecutor: any MainExecutor { executor }
    static var defaultExecutor: any TaskExecutor { executor }
  }
}

/// Runs jobs in the order in which they came or became due, on the thread that calls ``runJobs()``.
private final class OneThreadExecutor: MainExecutor, TaskExecutor, SchedulingExecutor, Sendable {
  private struct State {
    var jobs: [UnownedJob] = []
    /// The jobs for later, the earliest first.
    var later: [(due: ContinuousClock.Instant, job: UnownedJob)] = []
    var isWaiting = false
    var isStopped = false

    /// Takes the jobs whose turn it is.
    mutating func next(at now: ContinuousClock.Instant) -> [UnownedJob] {
      let due = later.prefix { $0.due <= now }
      jobs += due.map(\.job)
      later.removeFirst(due.count)
      defer { jobs = [] }
      return jobs
    }
  }

  private let state = Mutex(State())
  private let arrival = Semaphore()

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    change { $0.jobs.append(job) }
  }

  func enqueue<C: Clock>(
    _ job: consuming ExecutorJob, after delay: C.Duration, tolerance: C.Duration?, clock: C
  ) {
    let job = UnownedJob(job)
    // The program measures with the standard library's clocks only.
    let due = ContinuousClock.now + (delay as? Duration ?? .zero)
    change { state in
      let place = state.later.firstIndex { $0.due > due } ?? state.later.endIndex
      state.later.insert((due, job), at: place)
    }
  }

  func enqueue<C: Clock>(
    _ job: consuming ExecutorJob, at instant: C.Instant, tolerance: C.Duration?, clock: C
  ) {
    enqueue(job, after: clock.now.duration(to: instant), tolerance: tolerance, clock: clock)
  }

  private func change(_ change: (inout State) -> Void) {
    let isWaiting = state.withLock { state in
      change(&state)
      defer { state.isWaiting = false }
      return state.isWaiting
    }
    if isWaiting { arrival.signal() }
  }

  /// Runs the jobs whose turn it is. Waits for them if there are none.
  func runJobs() {
    let (jobs, due) = state.withLock { state in
      let jobs = state.next(at: .now)
      state.isWaiting = jobs.isEmpty
      return (jobs, state.later.first?.due)
    }
    for job in jobs {
      job.runSynchronously(isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
    }
    guard jobs.isEmpty else { return }
    guard let due else { return arrival.wait() }
    _ = arrival.wait(for: max(.zero, ContinuousClock.now.duration(to: due)))
  }

  func run() { while !state.withLock(\.isStopped) { runJobs() } }

  func stop() { change { $0.isStopped = true } }
}
