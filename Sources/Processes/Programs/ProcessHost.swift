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

  /// Starts the program under a supervisor.
  func started(_ arguments: [String]) throws(ProgramFault) -> (SupervisedProgram, ProcessPipes) {
    let pipes = try ProcessPipes()
    let program = try SupervisedProgram(
      path, arguments, environment: environment, confinement: confinement, pipes)
    return (program, pipes)
  }

  /// Runs the program with the request on its standard input. Returns its standard output once it has ended with status 0.
  ///
  /// At the deadline the program receives SIGTERM, and shortly afterwards it and all it started receive SIGKILL.
  /// Processes that a program leaves running are ended at once, as is everything if the calling task is cancelled.
  ///
  /// - Throws: `Failure` if it does not end with status 0 in time.
  package func answer(
    _ arguments: [String], to request: [UInt8], within deadline: Duration
  ) async throws(Failure) -> Answer {
    try await StartedProgram(arguments) { .success(self) }.answer(to: request, within: deadline)
  }

  /// Runs the program like ``answer``, but accepts any exit status.
  ///
  /// - Throws: `Failure` if it does not end by itself in time.
  package func run(
    _ arguments: [String], to request: [UInt8] = [], within deadline: Duration
  ) async throws(Failure) -> Answer {
    try await StartedProgram(arguments) { .success(self) }.run(to: request, within: deadline)
  }
}
