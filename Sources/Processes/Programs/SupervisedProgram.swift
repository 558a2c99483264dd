import CSupervisor
import Glibc
import Preflight
import Synchronization

/// A program that runs under a supervisor of its own, a small process between it and us.
///
/// Whatever descends from the program stays below the supervisor, daemons too, and nothing else is there: so that can be
/// ended exactly, and our other children, and those that we were started with, are never touched. The supervisor ends it
/// all as well when this process is gone, whatever ended it.
final class SupervisedProgram: Sendable {
  /// How the program ended.
  enum End: Sendable, Hashable {
    case exited(status: Int)
    case killed(signal: Int)
    /// It could not be started: the system's error number.
    case notStarted(Int32)
    /// Its supervisor was ended by somebody else, so nobody knows.
    case unknown
  }

  /// What to wait for: there is something to read when the supervisor has something to say (poll(2)).
  let channel: Int32
  private let supervisor: pid_t
  /// Whether its end was taken note of, so that its number may be another process's.
  private let isGone = Atomic(false)
  /// Its place among the running programs; negative once it has left, or if there was none.
  private let place: Atomic<Int>

  /// Starts it.
  init(
    _ path: String, _ arguments: [String], environment: [String: String], _ pipes: ProcessPipes
  ) throws(ProgramFault) {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_SEQPACKET.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw .failed(errno) }
    let (channel, far) = (ends[0], ends[1])
    self.channel = channel
    let argv = ([path] + arguments).map { strdup($0) } + [nil]
    let envp = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in argv + envp { free(text) } }

    // A handler that ran here, between the two, would wait for ever for a supervisor that this thread is to start.
    var every = sigset_t()
    var before = sigset_t()
    sigfillset(&every)
    pthread_sigmask(SIG_SETMASK, &every, &before)
    place = Atomic(RunningPrograms.enter(channel) ?? -1)
    var failure: Int32 = 0
    supervisor = Supervisors.start {
      path.withCString { path in
        argv.withUnsafeBufferPointer { argv in
          envp.withUnsafeBufferPointer { envp in
            var program = supervised_program(
              path: path, arguments: argv.baseAddress, environment: envp.baseAddress,
              input: pipes.input.read, output: pipes.output.write, errors: pipes.errors.write)
            let started = start_supervisor(&program, far)
            failure = errno
            return started
          }
        }
      }
    }
    let entered = place.load(ordering: .relaxed)
    if supervisor > 0, entered >= 0 { RunningPrograms.note(supervisor, at: entered) }
    close(far)
    pipes.closeFarEnds()
    pthread_sigmask(SIG_SETMASK, &before, nil)
    guard supervisor > 0 else {
      leave()
      throw .failed(failure)
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

  /// How it has ended; nil while it runs.
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
        // As waitpid(2) has it.
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

  /// Has it and all that descends from it ended, without waiting for that.
  func beginEnding() {
    shutdown(channel, Int32(SHUT_WR))
    resume()
  }

  /// Has a supervisor go on that the program has stopped.
  private func resume() {
    if !isGone.load(ordering: .relaxed) { kill(supervisor, SIGCONT) }
  }

  /// Waits until nothing of it is left; what is still running is ended.
  func finish() {
    beginEnding()
    let start = RunningPrograms.milliseconds()
    var hasEnded = RunningPrograms.waitForHangUp(of: channel, until: start + Self.moment)
    while !hasEnded, RunningPrograms.milliseconds() < start + 6000 {
      // One that the program keeps stopping does not end it.
      if RunningPrograms.milliseconds() > start + 4 * Self.moment, Supervisors.isStopped(supervisor) { break }
      resume()
      hasEnded = RunningPrograms.waitForHangUp(
        of: channel, until: RunningPrograms.milliseconds() + Self.moment)
    }
    // What it leaves is ours to end.
    if !hasEnded { kill(supervisor, SIGKILL) }
    isGone.store(true, ordering: .relaxed)
    Supervisors.awaitEnd(of: supervisor)
    leave()
  }

  /// How long to wait for a supervisor before it is looked at again, in milliseconds.
  private static let moment = 50
}

extension ProgramFault {
  /// What could not be done, in the system's words.
  fileprivate static func failed(_ code: Int32) -> ProgramFault { .failed(String(cString: strerror(code))) }

  /// What is wrong with how a program ended; nil if it ended by itself, with whatever status.
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
