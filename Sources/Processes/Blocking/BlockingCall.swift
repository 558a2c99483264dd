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
      if !start({ answer.give(call()) }), time == nil { answer.give(nil) }
    }
  }

  /// Returns the result of the call, however long it takes. If no thread can be started, the call is made on the
  /// current one.
  package static func running<Value: Sendable>(_ call: @escaping @Sendable () -> Value) async -> Value {
    await run(within: nil, call) ?? call()
  }

  /// Runs `work` on a new thread. Returns false if none could be started.
  private static func start(_ work: @escaping @Sendable () -> Void) -> Bool {
    let box = Unmanaged.passRetained(Work(work))
    var thread = pthread_t()
    let failure = pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
      }, box.toOpaque())
    guard failure == 0 else {
      box.release()
      return false
    }
    pthread_detach(thread)
    return true
  }

  private final class Work: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
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
