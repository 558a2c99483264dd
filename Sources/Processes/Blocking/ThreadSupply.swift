import Glibc

/// Whether the system lets this process have the threads that a run needs.
///
/// Without them a run would wait for ever: what is to end it at its deadline needs a thread itself.
package enum ThreadSupply {
  /// How many threads a run has at once: those of Swift's pool, its clock, a call that may block and a program that runs.
  private static let needed = 6

  /// Starts as many threads as a run may need, which end at once. Returns false if one cannot be started, as under `ulimit -u`,
  /// `ulimit -v` or a container's limit of processes.
  package static var isEnough: Bool {
    let gate = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    sem_init(gate, 0, 0)
    defer {
      sem_destroy(gate)
      gate.deallocate()
    }
    var threads: [pthread_t] = []
    while threads.count < needed {
      var thread = pthread_t()
      let failure = pthread_create(
        &thread, nil,
        { gate in
          // All are there at the same time.
          while let gate, sem_wait(gate.assumingMemoryBound(to: sem_t.self)) != 0 {}
          return nil
        }, gate)
      guard failure == 0 else { break }
      threads.append(thread)
    }
    for _ in threads { sem_post(gate) }
    for thread in threads { pthread_join(thread, nil) }
    return threads.count == needed
  }
}
