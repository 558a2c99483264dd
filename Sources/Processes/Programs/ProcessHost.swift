import Glibc
package import Preflight

/// Runs a program that is not trusted to end, to be quiet, to read or to be alone.
///
/// No shell; an environment that is given, not inherited; a supervisor of its own, which ends all that descends from it
/// (``SupervisedProgram``).
package struct ProcessHost: Sendable {
  /// How much it may write.
  package static let outputLimit = 1 << 20

  private let path: String
  private let environment: [String: String]

  package init(path: String, environment: [String: String]) {
    self.path = path
    self.environment = environment
  }

  /// What a program left that ended by itself, in time.
  package struct Answer: Sendable {
    package let output: [UInt8]
    /// The end of what it wrote on standard error.
    package let errors: String
    package let status: Int
  }

  /// Why there is no answer, and the end of what the program wrote on standard error.
  package struct Failure: Error, Sendable {
    package let fault: ProgramFault
    package let errors: String

    package init(_ fault: ProgramFault, errors: String = "") {
      self.fault = fault
      self.errors = errors
    }
  }

  /// Hands it the request, with a secret after it if there is one, and returns what it wrote on its standard output by
  /// the time it ended with status 0.
  ///
  /// At the deadline the program is asked to end (SIGTERM), and a moment later ended with all it started (SIGKILL). What a
  /// program that ended has left running is ended at once, and so is everything when the calling task is cancelled.
  package func answer(
    _ arguments: [String], to request: [UInt8], followedBy secret: SecretBytes? = nil,
    within deadline: Duration
  ) async throws(Failure) -> Answer {
    let answer = try await run(arguments, to: request, followedBy: secret, within: deadline)
    guard answer.status == 0 else { throw Failure(.ended(status: answer.status), errors: answer.errors) }
    return answer
  }

  /// The same, for a program whose status says something.
  package func run(
    _ arguments: [String], to request: [UInt8] = [], followedBy secret: SecretBytes? = nil,
    within deadline: Duration
  ) async throws(Failure) -> Answer {
    let exchange: ProcessExchange
    let program: SupervisedProgram
    let end = ContinuousClock.now + deadline
    do throws(ProgramFault) {
      let pipes = try ProcessPipes()
      program = try SupervisedProgram(path, arguments, environment: environment, pipes)
      exchange = ProcessExchange(program, pipes, request: request, secret: secret)
    } catch {
      throw Failure(error)
    }
    let exchanged = await withTaskCancellationHandler {
      await BlockingCall.run(within: nil) { exchange.run(until: end) }
    } onCancel: {
      program.beginEnding()
    }
    guard let exchanged else {
      // No thread could be started.
      program.finish()
      throw Failure(.failed(String(cString: strerror(EAGAIN))))
    }
    let errors = String(decoding: exchanged.errors, as: UTF8.self)
    switch exchanged.ending {
    case .late: throw Failure(.timeout, errors: errors)
    case .tooMuch: throw Failure(.tooMuchOutput, errors: errors)
    case .ended(let end):
      if let fault = ProgramFault(end) { throw Failure(fault, errors: errors) }
      guard case .exited(let status) = end else { throw Failure(.timeout, errors: errors) }
      return Answer(output: exchanged.output, errors: errors, status: status)
    }
  }
}
