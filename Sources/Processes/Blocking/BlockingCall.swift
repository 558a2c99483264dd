import Glibc
import Synchronization

/// A call that may block for ever, made on a thread of its own.
///
/// The threads of Swift's concurrency are as many as there are cores: a few blocked calls would stop everything.
package enum BlockingCall {
  /// What the call returns; nothing where it outlasts its time. Its thread is then left to itself until the
  /// process ends: there is no way to stop a thread that waits inside a library.
  ///
  /// - Parameter time: for ever where `nil`; nothing comes of it then only where no thread is to be had.
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
      // Without a thread there is no answer: the alarm says so in time, where there is one.
      if !start({ answer.give(call()) }), time == nil { answer.give(nil) }
    }
  }

  /// What the call returns, however long it takes. Without a thread of its own it is made on the caller's.
  package static func running<Value: Sendable>(_ call: @escaping @Sendable () -> Value) async -> Value {
    await run(within: nil, call) ?? call()
  }

  /// Runs that on a new thread; false if there is none.
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

/// The first answer to come is the one that counts.
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
