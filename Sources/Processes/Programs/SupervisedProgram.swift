import CSupervisor
import Glibc
import Preflight
import Synchronization

/// A program that runs under its own supervisor, a small process between it and this one.
///
/// All descendants of the program, including daemons, stay below the supervisor, and nothing else is there. They
/// can therefore be ended exactly, without touching our other children or those that were there when we started.
/// The supervisor also ends them if this process goes away for any reason.
final class SupervisedProgram: Sendable {
  /// How the program ended.
  enum End: Sendable, Hashable {
    case exited(status: Int)
    case killed(signal: Int)
    /// It could not be started. The value is the system's error number.
    case notStarted(Int32)
    /// Another process ended its supervisor, so the result is not known.
    case unknown
  }

  /// The descriptor to wait for: it becomes readable when the supervisor reports something (poll(2)).
  let channel: Int32
  private let supervisor: pid_t
  /// Whether its end was collected, so that its process id may belong to another process.
  private let isGone = Atomic(false)
  /// Its place among the running programs. Negative if it had none or has left it.
  private let place: Atomic<Int>
  /// The program's own folder, which the supervisor removes.
  private let folder: String?

  /// Starts the program.
  init(
    _ path: String, _ arguments: [String], environment: [String: String], confinement: Confinement,
    _ pipes: ProcessPipes
  ) throws(ProgramFault) {
    let folder = confinement.hasOwnFolder ? OwnFolder.newPath() : nil
    self.folder = folder
    // A variable that the rule file lets the program see comes first.
    let environment = environment.merging(folder.map { ["TMPDIR": $0] } ?? [:]) { given, _ in given }
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_SEQPACKET.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw .failed(errno) }
    let (channel, far) = (ends[0], ends[1])
    self.channel = channel
    let argv = ([path] + arguments).map { strdup($0) } + [nil]
    let envp = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in argv + envp { free(text) } }

    // A signal handler that ran between these two steps would wait for ever for the supervisor that this thread is
    // about to start.
    var every = sigset_t()
    var before = sigset_t()
    sigfillset(&every)
    pthread_sigmask(SIG_SETMASK, &every, &before)
    place = Atomic(RunningPrograms.enter(channel) ?? -1)
    var failure: Int32 = 0
    var unconfined: ProgramFault?
    do throws(ProgramFault) {
      supervisor = try confinement.withSupervisors(folder: folder) { confinement in
        Supervisors.start {
          path.withCString { path in
            argv.withUnsafeBufferPointer { argv in
              envp.withUnsafeBufferPointer { envp in
                var program = supervised_program(
                  path: path, arguments: argv.baseAddress, environment: envp.baseAddress,
                  input: pipes.input.read, output: pipes.output.write, errors: pipes.errors.write,
                  confinement: confinement)
                let started = start_supervisor(&program, far)
                failure = errno
                return started
              }
            }
          }
        }
      }
    } catch {
      supervisor = -1
      unconfined = error
    }
    let entered = place.load(ordering: .relaxed)
    if supervisor > 0, entered >= 0 { RunningPrograms.note(supervisor, at: entered) }
    close(far)
    pipes.closeFarEnds()
    pthread_sigmask(SIG_SETMASK, &before, nil)
    guard supervisor > 0 else {
      leave()
      throw unconfined ?? .failed(failure)
    }
  }

  deinit {
    leave()
    close(channel)
  }

  private func leave() {
    let place = place.exchange(-1, ordering: .relaxed)
    if place >= 0 { RunningPrograms.leave(place) }
    RunningPrograms.waitIfEnding()
  }

  /// Returns how the program ended. Nil while it runs.
  func end() -> End? {
    while true {
      var message = supervisor_message()
      let count = recv(
        channel, &message, MemoryLayout<supervisor_message>.size, Int32(MSG_DONTWAIT))
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN { return nil }
      guard count == MemoryLayout<supervisor_message>.size else { return .unknown }
      switch UInt32(message.event) {
      case program_started.rawValue: continue
      case program_not_started.rawValue: return .notStarted(message.value)
      default:
        // Encoded as in waitpid(2).
        let signal = message.value & 0x7F
        return signal == 0
          ? .exited(status: Int(message.value >> 8 & 0xFF)) : .killed(signal: Int(signal))
      }
    }
  }

  /// Asks the program to end (SIGTERM).
  func askToEnd() {
    var request: UInt8 = 1
    _ = send(channel, &request, 1, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
    resume()
  }

  /// Makes the supervisor end the program and all its descendants. Does not wait.
  func beginEnding() {
    shutdown(channel, Int32(SHUT_WR))
    resume()
  }

  /// Continues a supervisor that the program has stopped.
  private func resume() {
    if !isGone.load(ordering: .relaxed) { kill(supervisor, SIGCONT) }
  }

  /// Waits until no process of the program is left, ending those that still run.
  func finish() {
    beginEnding()
    let start = MonotonicClock.milliseconds()
    var hasEnded = RunningPrograms.waitForHangUp(of: channel, until: start + Self.moment)
    while !hasEnded, MonotonicClock.milliseconds() < start + 6000 {
      // A supervisor that the program keeps stopping cannot end it.
      if MonotonicClock.milliseconds() > start + 4 * Self.moment, Supervisors.isStopped(supervisor) { break }
      resume()
      hasEnded = RunningPrograms.waitForHangUp(
        of: channel, until: MonotonicClock.milliseconds() + Self.moment)
    }
    // Then this process ends what the program leaves behind.
    if !hasEnded { kill(supervisor, SIGKILL) }
    isGone.store(true, ordering: .relaxed)
    Supervisors.awaitEnd(of: supervisor)
    // A supervisor that was killed has not removed it.
    if let folder, access(folder, F_OK) == 0 { remove_folder(folder) }
    leave()
  }

  /// How long to wait for a supervisor before it is examined again, in milliseconds.
  private static let moment = 50
}

extension ProgramFault {
  /// Returns the fault with the system's description of the error number.
  fileprivate static func failed(_ code: Int32) -> ProgramFault { .failed(String(cString: strerror(code))) }

  /// Creates the fault for the way a program ended. Returns nil if it exited by itself, with any status.
  init?(_ end: SupervisedProgram.End) {
    switch end {
    case .exited: return nil
    case .killed(let signal): self = .killed(signal: signal)
    case .notStarted(ENOENT), .notStarted(ENOTDIR): self = .missing
    case .notStarted(ENOEXEC): self = .notAProgram
    case .notStarted(let code): self = .failed(code)
    case .unknown: self = .killed(signal: Int(SIGKILL))
    }
  }
}
