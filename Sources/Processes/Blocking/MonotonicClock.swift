import Glibc

/// The clock that no change of the date affects (clock_gettime(2), CLOCK_MONOTONIC), for calls of C and for signal handlers.
enum MonotonicClock {
  static func milliseconds() -> Int {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return now.tv_sec * 1000 + now.tv_nsec / 1_000_000
  }
}
