import BlockingCalls
import Glibc
package import Preflight
package import Secrets
import Subprocess

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

/// Runs a program that is not trusted to end, to be quiet, to read or to be alone.
///
/// No shell; an environment that is given, not inherited; a process group of its own, which is ended as a whole, and with it
/// whoever left it (``Orphans``).
package struct ProcessHost: Sendable {
  /// How much it may write.
  package static let outputLimit = 1 << 20

  private let path: String
  private let environment: [String: String]

  package init(path: String, environment: [String: String]) {
    self.path = path
    self.environment = environment
  }

  /// What a program left that ended by itself, in time, with status 0.
  package struct Answer: Sendable {
    package let output: [UInt8]
    /// The end of what it wrote on standard error.
    package let errors: String
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

  /// Hands it the request, with a secret after it where there is one, and returns what it wrote on its standard output by
  /// the time it ended.
  ///
  /// At the deadline the program and all it started are asked to end (SIGTERM), and a moment later ended (SIGKILL). What a
  /// program that ended has left running in its group is ended at once.
  package func answer(
    _ arguments: [String], to request: [UInt8], followedBy secret: SecretBytes? = nil,
    within deadline: Duration
  ) async throws(Failure) -> Answer {
    let adoption = Orphans.Adoption()
    defer { adoption.end() }
    do {
      // Pipes of our own, as swift-subprocess ends this process where a child does not read its input (its issue 367).
      let pipes = try ProcessPipes()
      let running = RunningGroups.Program()
      defer { running.ended() }
      var options = PlatformOptions()
      options.processGroupID = 0
      let result = try await Subprocess.run(
        .path(FilePath(path)), arguments: Arguments(arguments),
        environment: .custom(
          Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0), $1) })),
        platformOptions: options,
        input: .fileDescriptor(pipes.input.read, closeAfterSpawningProcess: true),
        output: .fileDescriptor(pipes.output.write, closeAfterSpawningProcess: true),
        error: .fileDescriptor(pipes.errors.write, closeAfterSpawningProcess: true)
      ) { execution in
        let program = execution.processIdentifier
        running.runs(as: program.value)
        adoption.began(program.value)
        let exchange = ProcessExchange(
          pipes, request: request, secret: secret, process: program.processDescriptor, group: program.value)
        let end = ContinuousClock.now + deadline
        let exchanged = await BlockingCall.run(within: nil) { exchange.run(until: end) }
        // It is reaped after this: from then on its number may be another's.
        running.ended()
        return exchanged
      }
      let exchanged = result.closureResult ?? ProcessExchange.Result(ending: .late)
      let errors = String(decoding: exchanged.errors, as: UTF8.self)
      if let fault = Self.fault(exchanged.ending, result.terminationStatus) {
        throw Failure(fault, errors: errors)
      }
      return Answer(output: exchanged.output, errors: errors)
    } catch let failure as Failure {
      throw failure
    } catch let error as SubprocessError {
      throw Failure(Self.fault(of: error))
    } catch {
      throw Failure(.failed("\(error)"))
    }
  }

  private static func fault(
    _ ending: ProcessExchange.Ending, _ status: TerminationStatus
  ) -> ProgramFault? {
    switch (ending, status) {
    case (.late, _): .timeout
    case (.tooMuch, _): .tooMuchOutput
    case (.ended, .exited(0)): nil
    case (.ended, .exited(let status)): .ended(status: Int(status))
    case (.ended, .signaled(let signal)): .killed(signal: Int(signal))
    }
  }

  private static func fault(of error: SubprocessError) -> ProgramFault {
    switch error.code {
    case .executableNotFound: .missing
    case _ where error.underlyingError == .execFormatError: .notAProgram
    default: .failed(error.underlyingError.map { "\($0)" } ?? "\(error)")
    }
  }
}
