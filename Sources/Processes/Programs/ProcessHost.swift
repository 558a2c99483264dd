import Glibc
package import Preflight

/// Runs a program that may hang, write too much, ignore its input or start other processes.
///
/// It uses no shell, passes a given environment instead of its own, and runs the program under a supervisor, which
/// ends all its descendants (``SupervisedProgram``).
package struct ProcessHost: Sendable {
  /// The most bytes that a program may write.
  package static let outputLimit = 1 << 20

  private let path: String
  private let environment: [String: String]
  private let confinement: Confinement

  /// - Parameters:
  ///   - path: the program's file.
  ///   - environment: the complete environment of the program, besides what its confinement adds.
  ///   - confinement: what the program may not do although the user may; a program of the system may do
  ///     everything.
  package init(path: String, environment: [String: String], confinement: Confinement = Confinement()) {
    self.path = path
    self.environment = environment
    self.confinement = confinement
  }

  /// The output of a program that ended by itself and in time.
  package struct Answer: Sendable {
    /// What it wrote on standard output.
    package let output: [UInt8]
    /// The end of what it wrote on standard error.
    package let errors: String
    /// Its exit status, from 0 to 255.
    package let status: Int
  }

  /// Why a program gave no answer, with the end of its standard error.
  package struct Failure: Error, Sendable {
    /// What went wrong.
    package let fault: ProgramFault
    /// The end of what the program wrote on standard error.
    package let errors: String

    package init(_ fault: ProgramFault, errors: String = "") {
      self.fault = fault
      self.errors = errors
    }
  }

  /// Runs the program with the request on its standard input, followed by the secret if there is one. Returns its
  /// standard output once it has ended with status 0.
  ///
  /// At the deadline the program receives SIGTERM, and shortly afterwards it and all it started receive SIGKILL.
  /// Processes that a program leaves running are ended at once, as is everything if the calling task is cancelled.
  ///
  /// - Throws: `Failure` if it does not end with status 0 in time.
  package func answer(
    _ arguments: [String], to request: [UInt8], followedBy secret: SecretBytes? = nil,
    within deadline: Duration
  ) async throws(Failure) -> Answer {
    let answer = try await run(arguments, to: request, followedBy: secret, within: deadline)
    guard answer.status == 0 else { throw Failure(.ended(status: answer.status), errors: answer.errors) }
    return answer
  }

  /// Runs the program like ``answer``, but accepts any exit status.
  ///
  /// - Throws: `Failure` if it does not end by itself in time.
  package func run(
    _ arguments: [String], to request: [UInt8] = [], followedBy secret: SecretBytes? = nil,
    within deadline: Duration
  ) async throws(Failure) -> Answer {
    let exchange: ProcessExchange
    let program: SupervisedProgram
    let end = ContinuousClock.now + deadline
    do throws(ProgramFault) {
      let pipes = try ProcessPipes()
      program = try SupervisedProgram(
        path, arguments, environment: environment, confinement: confinement, pipes)
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
