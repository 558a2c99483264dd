import Synchronization

/// Makes a call that may block for ever, on a thread of its own.
///
/// Tasks run on one thread (``MainThread``): a blocked call would stop the whole program.
package enum BlockingCall {
  /// Returns the result of the call, or nil if it takes longer than `time`, or no thread can be started
  /// (``ThreadSupply/wasRefused``). The thread of a call that takes longer is abandoned until it returns, since a thread that
  /// waits inside a library cannot be stopped.
  ///
  /// - Parameters:
  ///   - time: the longest time to wait. Nil waits for ever.
  ///   - moment: how long this thread itself waits for the result before it does something else meanwhile. Most calls to a service
  ///     take a twentieth of a millisecond; setting a timer and changing threads takes longer than they do.
  package static func run<Value: Sendable>(
    within time: Duration?, waitingHere moment: Duration = .zero, _ call: @escaping @Sendable () -> Value
  ) async -> Value? {
    let answer = Answer<Value>()
    let isStarted = ThreadSupply.run { isDone in
      let value = call()
      isDone()
      answer.give(value)
    }
    guard isStarted else { return nil }
    if moment > .zero, let value = answer.value(within: min(moment, time ?? moment)) {
      return value
    }
    let alarm = time.map { time in
      Task {
        try await Task.sleep(for: max(.zero, time - moment))
        answer.give(nil)
      }
    }
    defer { alarm?.cancel() }
    return await withCheckedContinuation { answer.expect($0) }
  }

  /// Makes a call whose result nobody waits for. If no thread can be started, it is not made.
  package static func start(_ call: @escaping @Sendable () -> some Any) {
    _ = ThreadSupply.run { isDone in
      _ = call()
      isDone()
    }
  }

  /// Returns the result of the call, however long it takes. If no thread can be started, the call is made on the
  /// current one.
  package static func running<Value: Sendable>(_ call: @escaping @Sendable () -> Value) async -> Value {
    await run(within: nil, call) ?? call()
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
