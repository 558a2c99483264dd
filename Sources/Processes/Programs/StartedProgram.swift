import Glibc
package import Preflight
import Synchronization

/// A program that is started on a thread of its own, and waits there for its request.
///
/// It may be started as soon as it is likely to be asked: its own start, and the libraries that it loads, take longer than
/// most of what is asked before it.
package final class StartedProgram: Sendable {
  private typealias Outcome = Result<ProcessExchange.Result, ProgramFault>

  /// What its thread is to do once the program has started.
  private enum Order: Sendable {
    case ask([UInt8], secret: SecretBytes?, until: ContinuousClock.Instant, then: @Sendable (Outcome) -> Void)
    case end
  }

  private let order = Handover<Order>()
  private let course = Course()
  private let hasThread: Bool

  /// Starts the program.
  ///
  /// - Parameters:
  ///   - answersInALine: whether the first line that it writes is its whole answer. Then its end is not waited for, but by ``end()``.
  ///   - host: finds the program, on the thread that it is started on.
  package init(
    _ arguments: [String], answersInALine: Bool = false,
    _ host: @escaping @Sendable () -> Result<ProcessHost, ProgramFault>
  ) {
    hasThread = ThreadSupply.run { [order, course] isDone in
      let started = host().flatMap { host in
        Result { () throws(ProgramFault) in try host.started(arguments) }
      }
      if case .success(let (program, _)) = started { course.begin(program) }
      var mayRun = true
      if case .ask(let request, let secret, let end, let then) = order.next() {
        let outcome = started.map { program, pipes in
          ProcessExchange(
            program, pipes, request: request, secret: secret, answersInALine: answersInALine
          ).run(until: end)
        }
        if case .success(let result) = outcome, case .answered = result.ending {} else { mayRun = false }
        then(outcome)
      }
      if mayRun, case .success(let (program, _)) = started { program.finish() }
      isDone()
      course.finish()
    }
  }

  deinit { if course.claimOrder() { order.give(.end) } }

  /// Ends the program, asked or not. When it returns, no process of it is running.
  package func end() async {
    guard hasThread else { return }
    course.end()
    if course.claimOrder() { order.give(.end) }
    await withCheckedContinuation { course.whenFinished($0) }
  }

  /// Writes the request to the program's standard input, followed by the secret if there is one. Returns its standard output
  /// once it has ended with status 0, or has answered in a line. A program is asked once.
  ///
  /// - Throws: ``ProcessHost/Failure`` as ``ProcessHost/answer(_:to:within:)`` does.
  package func answer(
    to request: [UInt8], followedBy secret: SecretBytes? = nil, within deadline: Duration
  ) async throws(ProcessHost.Failure) -> ProcessHost.Answer {
    let answer = try await run(to: request, followedBy: secret, within: deadline)
    guard answer.status == 0 else {
      throw ProcessHost.Failure(.ended(status: answer.status), errors: answer.errors)
    }
    return answer
  }

  /// Asks the program like ``answer(to:followedBy:within:)``, but accepts any exit status.
  ///
  /// - Throws: ``ProcessHost/Failure`` if it does not end by itself in time.
  func run(
    to request: [UInt8], followedBy secret: SecretBytes? = nil, within deadline: Duration
  ) async throws(ProcessHost.Failure) -> ProcessHost.Answer {
    guard hasThread else { throw ProcessHost.Failure(.failed(String(cString: strerror(EAGAIN)))) }
    guard course.claimOrder() else {
      throw ProcessHost.Failure(.failed(String(cString: strerror(ECANCELED))))
    }
    let end = ContinuousClock.now + deadline
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        order.give(.ask(request, secret: secret, until: end) { continuation.resume(returning: $0) })
      }
    } onCancel: {
      course.end()
    }
    let exchanged: ProcessExchange.Result
    do throws(ProgramFault) { exchanged = try outcome.get() } catch { throw ProcessHost.Failure(error) }
    let errors = String(decoding: exchanged.errors, as: UTF8.self)
    switch exchanged.ending {
    case .late: throw ProcessHost.Failure(.timeout, errors: errors)
    case .tooMuch: throw ProcessHost.Failure(.tooMuchOutput, errors: errors)
    case .answered: return ProcessHost.Answer(output: exchanged.output, errors: errors, status: 0)
    case .ended(let end):
      if let fault = ProgramFault(end) { throw ProcessHost.Failure(fault, errors: errors) }
      guard case .exited(let status) = end else { throw ProcessHost.Failure(.timeout, errors: errors) }
      return ProcessHost.Answer(output: exchanged.output, errors: errors, status: status)
    }
  }
}

/// What has become of a program so far, and who waits for its end.
private final class Course: Sendable {
  private struct State {
    var program: SupervisedProgram?
    var hasOrder = false
    var isToEnd = false
    var isFinished = false
    var waiting: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  func begin(_ program: SupervisedProgram) {
    let isToEnd = state.withLock { state in
      state.program = program
      return state.isToEnd
    }
    if isToEnd { program.beginEnding() }
  }

  /// Claims the program's single order. Returns false if it was already claimed.
  func claimOrder() -> Bool {
    state.withLock { state in
      defer { state.hasOrder = true }
      return !state.hasOrder
    }
  }

  /// Makes the program end, as soon as it has started. Does not wait.
  func end() {
    let program = state.withLock { state in
      state.isToEnd = true
      return state.program
    }
    program?.beginEnding()
  }

  func finish() {
    let waiting = state.withLock { state in
      state.program = nil
      state.isFinished = true
      return state.waiting.take()
    }
    waiting?.resume()
  }

  func whenFinished(_ continuation: CheckedContinuation<Void, Never>) {
    let isFinished = state.withLock { state in
      if !state.isFinished { state.waiting = continuation }
      return state.isFinished
    }
    if isFinished { continuation.resume() }
  }
}
