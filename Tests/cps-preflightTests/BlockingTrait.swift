import Foundation
import Testing

/// Runs tests that wait without giving up their thread (read(2), waitpid(2), …) on threads of their own.
///
/// Otherwise they would hold the few threads on which all other tests run, a processor each, while they do nothing.
struct BlockingTrait: TestTrait, SuiteTrait, TestScoping {
  let isRecursive = true

  @concurrent
  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    try await withTaskExecutorPreference(ThreadPerJob.shared) { try await function() }
  }
}

extension Trait where Self == BlockingTrait {
  /// The tests wait without giving up their thread.
  static var blocking: Self { Self() }
}

/// Runs each piece of a task on a new thread.
private final class ThreadPerJob: TaskExecutor {
  static let shared = ThreadPerJob()

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    Thread.detachNewThread { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
