import Glibc

/// Gives turns in order to threads that may block. A thread that comes early waits.
///
/// Used instead of the standard library's `Mutex`, which cannot wait for a condition. A POSIX condition variable
/// can.
package final class Turns: Sendable {
  // Immutable pointers that only POSIX thread functions access, and a number that only the holder of the lock
  // accesses.
  nonisolated(unsafe) private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  nonisolated(unsafe) private let passed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  nonisolated(unsafe) private let current = UnsafeMutablePointer<Int>.allocate(capacity: 1)

  /// The first turn is 0.
  package init() {
    pthread_mutex_init(lock, nil)
    pthread_cond_init(passed, nil)
    current.initialize(to: 0)
  }

  deinit {
    pthread_cond_destroy(passed)
    pthread_mutex_destroy(lock)
    lock.deallocate()
    passed.deallocate()
    current.deallocate()
  }

  /// Waits until it is that turn.
  package func wait(for turn: Int) {
    pthread_mutex_lock(lock)
    while current.pointee != turn { pthread_cond_wait(passed, lock) }
    pthread_mutex_unlock(lock)
  }

  /// Ends the current turn and begins the next one.
  package func pass() {
    pthread_mutex_lock(lock)
    current.pointee += 1
    pthread_cond_broadcast(passed)
    pthread_mutex_unlock(lock)
  }
}
