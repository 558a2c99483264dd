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

  /// The work of a thread. It reports that the call has returned before anybody learns the result.
  fileprivate typealias Work = @Sendable (_ returned: () -> Void) -> Void

  /// Makes the call by `start`, which returns false if it has no thread for it.
  ///
  /// - Parameter moment: how long this thread itself waits for the result, before it does something else meanwhile.
  fileprivate static func run<Value: Sendable>(
    within time: Duration?, waitingHere moment: Duration = .zero, by start: (@escaping Work) -> Bool,
    _ call: @escaping @Sendable () -> Value
  ) async -> Value? {
    let answer = Answer<Value>()
    let isStarted = start { returned in
      let value = call()
      returned()
      answer.give(value)
    }
    // If no thread could be started, the result is nil; with a time limit, its timer delivers that.
    guard isStarted || time != nil else { return nil }
    if isStarted, moment > .zero, let value = answer.value(within: min(moment, time ?? moment)) {
      return value
    }
    let alarm = time.map { time in
      Task {
        try await Task.sleep(for: max(.zero, isStarted ? time - moment : time))
        answer.give(nil)
      }
    }
    defer { alarm?.cancel() }
    return await withCheckedContinuation { answer.expect($0) }
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
  /// How long the caller's thread waits for the result. Most calls to a service take a twentieth of it;
  /// setting a timer and changing threads takes longer than they do.
  private static let moment = Duration.milliseconds(1)

  /// Starts nothing yet.
  package init() {}

  deinit { idle.end() }

  /// Like ``BlockingCall/run(within:_:)``, on this thread.
  package func run<Value: Sendable>(
    within time: Duration?, _ call: @escaping @Sendable () -> Value
  ) async -> Value? {
    await BlockingCall.run(within: time, waitingHere: Self.moment, by: idle.start, call)
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

    /// Whether the thread should wait for more work: one is enough.
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
  private let given = Semaphore()

  func give(_ work: BlockingCall.Work?) {
    self.work.withLock { $0 = work }
    given.signal()
  }

  func next() -> BlockingCall.Work? {
    given.wait()
    return work.withLock { $0.take() }
  }
}

/// Only the first answer counts.
private final class Answer<Value: Sendable>: Sendable {
  private enum State {
    case idle
    case expected(CheckedContinuation<Value?, Never>)
    case arrived(Value?)
    case taken
  }

  private let state = Mutex(State.idle)
  private let arrival = Semaphore()

  /// Returns the answer if it arrives in that time, which this thread waits.
  func value(within time: Duration) -> Value? {
    guard arrival.wait(for: time) else { return nil }
    return state.withLock { state in
      guard case .arrived(let value) = state else { return nil }
      state = .taken
      return value
    }
  }

  func expect(_ continuation: CheckedContinuation<Value?, Never>) {
    let arrived: Value?? = state.withLock { state in
      if case .arrived(let value) = state {
        state = .taken
        return .some(value)
      }
      state = .expected(continuation)
      return nil
    }
    if let arrived { continuation.resume(returning: arrived) }
  }

  func give(_ value: Value?) {
    let continuation: CheckedContinuation<Value?, Never>? = state.withLock { state in
      switch state {
      case .expected(let continuation):
        state = .taken
        return continuation
      case .idle: state = .arrived(value)
      case .arrived, .taken: break
      }
      return nil
    }
    if let continuation { continuation.resume(returning: value) } else { arrival.signal() }
  }
}
