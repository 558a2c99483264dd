import Glibc
import Synchronization

/// Makes a call that may block for ever, on a thread of its own.
///
/// Swift concurrency has only as many threads as there are cores: a few blocked calls would stop the whole program.
package enum BlockingCall {
  /// Returns the result of the call, or nil if it takes longer than `time`. Its thread is then abandoned until the
  /// process ends, since a thread that waits inside a library cannot be stopped.
  ///
  /// - Parameter time: the longest time to wait. Nil waits for ever; the result is then nil only if no thread could
  ///   be started.
  package static func run<Value: Sendable>(
    within time: Duration?, _ call: @escaping @Sendable () -> Value
  ) async -> Value? {
    await run(within: time, by: { work in start { work({}) } }, call)
  }

  /// What a thread does. It says when the call has returned, before anybody hears of the result.
  fileprivate typealias Work = @Sendable (_ returned: () -> Void) -> Void

  /// Makes the call by `start`, which returns false if it has no thread for it.
  fileprivate static func run<Value: Sendable>(
    within time: Duration?, by start: (@escaping Work) -> Bool,
    _ call: @escaping @Sendable () -> Value
  ) async -> Value? {
    let answer = Answer<Value>()
    let alarm = Task {
      guard let time else { return }
      try await Task.sleep(for: max(.zero, time))
      answer.give(nil)
    }
    defer { alarm.cancel() }
    return await withCheckedContinuation { continuation in
      answer.expect(continuation)
      // If no thread could be started, the result is nil; with a time limit, its timer delivers that.
      let work: Work = { returned in
        let value = call()
        returned()
        answer.give(value)
      }
      if !start(work), time == nil { answer.give(nil) }
    }
  }

  /// Returns the result of the call, however long it takes. If no thread can be started, the call is made on the
  /// current one.
  package static func running<Value: Sendable>(_ call: @escaping @Sendable () -> Value) async -> Value {
    await run(within: nil, call) ?? call()
  }

  /// Runs `work` on a new thread. Returns false if none could be started.
  fileprivate static func start(_ work: @escaping @Sendable () -> Void) -> Bool {
    let box = Unmanaged.passRetained(Body(work))
    var thread = pthread_t()
    let failure = pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
      }, box.toOpaque())
    guard failure == 0 else {
      box.release()
      return false
    }
    pthread_detach(thread)
    return true
  }

  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }
}

/// A thread for a series of calls that may block, such as those to one service: started for the first, kept for the next.
///
/// A call that is made while another one is under way, or was abandoned, gets a thread of its own.
package final class BlockingThread: Sendable {
  private let idle = Idle()

  /// Starts nothing yet.
  package init() {}

  deinit { idle.end() }

  /// Like ``BlockingCall/run(within:_:)``, on this thread.
  package func run<Value: Sendable>(
    within time: Duration?, _ call: @escaping @Sendable () -> Value
  ) async -> Value? {
    await BlockingCall.run(within: time, by: idle.start, call)
  }

  /// The thread that waits for work, if there is one.
  private final class Idle: Sendable {
    private let state = Mutex<(thread: WaitingThread?, isOver: Bool)>((nil, false))

    /// Gives the work to the thread that waits, or to a new one. Returns false if none could be started.
    func start(_ work: @escaping BlockingCall.Work) -> Bool {
      if let thread = state.withLock({ $0.thread.take() }) {
        thread.give(work)
        return true
      }
      let thread = WaitingThread()
      thread.give(work)
      // It keeps nothing of this object while it waits, so that it ends with it.
      return BlockingCall.start { [weak self] in
        var isKept = true
        while isKept, let work = thread.next() {
          // As soon as the result is known, the next call may come.
          work { isKept = self?.keep(thread) ?? false }
        }
      }
    }

    /// Whether the thread shall wait for more work: one is enough.
    private func keep(_ thread: WaitingThread) -> Bool {
      state.withLock { state in
        guard !state.isOver, state.thread == nil else { return false }
        state.thread = thread
        return true
      }
    }

    func end() {
      let thread = state.withLock { state in
        state.isOver = true
        return state.thread.take()
      }
      thread?.give(nil)
    }
  }
}

/// What a thread waits for: work, or nil if there will be no more.
private final class WaitingThread: Sendable {
  private let work = Mutex<BlockingCall.Work?>(nil)
  // An immutable pointer that only POSIX semaphore functions access.
  nonisolated(unsafe) private let given = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

  init() { sem_init(given, 0, 0) }

  deinit {
    sem_destroy(given)
    given.deallocate()
  }

  func give(_ work: BlockingCall.Work?) {
    self.work.withLock { $0 = work }
    sem_post(given)
  }

  func next() -> BlockingCall.Work? {
    while sem_wait(given) != 0 {}
    return work.withLock { $0.take() }
  }
}

/// Only the first answer counts.
private final class Answer<Value: Sendable>: Sendable {
  private enum State {
    case idle
    case expected(CheckedContinuation<Value?, Never>)
    case given
  }

  private let state = Mutex(State.idle)

  func expect(_ continuation: CheckedContinuation<Value?, Never>) {
    let late = state.withLock { state in
      if case .given = state { return true }
      state = .expected(continuation)
      return false
    }
    if late { continuation.resume(returning: nil) }
  }

  func give(_ value: Value?) {
    let continuation: CheckedContinuation<Value?, Never>? = state.withLock { state in
      defer { state = .given }
      if case .expected(let continuation) = state { return continuation } else { return nil }
    }
    continuation?.resume(returning: value)
  }
}
