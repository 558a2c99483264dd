import Synchronization

/// What one thread waits for until another gives it.
final class Handover<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)
  private let given = Semaphore()

  func give(_ value: Value) {
    self.value.withLock { $0 = value }
    given.signal()
  }

  /// Waits for the value, which is returned once.
  func next() -> Value {
    while true {
      given.wait()
      if let value = value.withLock({ $0.take() }) { return value }
    }
  }
}
