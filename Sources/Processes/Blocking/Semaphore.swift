import CLinux
import Glibc
import Preflight

/// A semaphore of POSIX (sem_overview(7)).
final class Semaphore: Sendable {
  // An immutable pointer that only POSIX semaphore functions access.
  nonisolated(unsafe) private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

  init() { sem_init(semaphore, 0, 0) }

  deinit {
    sem_destroy(semaphore)
    semaphore.deallocate()
  }

  func signal() { sem_post(semaphore) }

  func wait() { while sem_wait(semaphore) != 0 {} }

  /// Returns false if there was no signal in that time, rounded up to milliseconds.
  func wait(for time: Duration) -> Bool {
    let end = MonotonicClock.milliseconds() + time.milliseconds + 1
    // A struct timespec: the one of Glibc is taken for CLinux's where that is imported.
    let moment = [end / 1000, end % 1000 * 1_000_000]
    while sem_clockwait(semaphore, Int32(CLOCK_MONOTONIC), moment) != 0 {
      if errno != EINTR { return false }
    }
    return true
  }
}
