import Glibc
import Preflight

/// The data exchanged with a running program, on one thread that waits for all descriptors at once.
package struct ProcessExchange: Sendable {
  /// How the exchange ended.
  enum Ending: Sendable {
    /// The program ended by itself.
    case ended(SupervisedProgram.End)
    /// It has written the line that is its whole answer, and may still be running.
    case answered
    case tooMuch
    case late
  }

  struct Result: Sendable {
    var output: [UInt8] = []
    /// The last bytes of standard error.
    var errors: [UInt8] = []
    var ending: Ending
  }

  /// The number of bytes kept from the end of standard error.
  package static let errorsKept = 1 << 14
  /// The time that a program has between SIGTERM and SIGKILL.
  static let grace = Duration.milliseconds(300)

  private let pipes: ProcessPipes
  private let request: [UInt8]
  private let secret: SecretBytes?
  private let program: SupervisedProgram
  private let answersInALine: Bool

  /// - Parameter answersInALine: whether the answer is whole with the first line, so that its end need not be waited for.
  init(
    _ program: SupervisedProgram, _ pipes: ProcessPipes, request: [UInt8], secret: SecretBytes?,
    answersInALine: Bool
  ) {
    self.program = program
    self.pipes = pipes
    self.request = request
    self.secret = secret
    self.answersInALine = answersInALine
  }

  /// Writes, reads and waits until the program has answered, has ended, or its time is up. When it returns, no descendant of the
  /// program is running, unless it has ``Ending/answered``.
  func run(until end: ContinuousClock.Instant) -> Result {
    // Writing to a program that has closed its input fails with EPIPE instead of raising a signal.
    var brokenPipe = sigset_t()
    sigemptyset(&brokenPipe)
    sigaddset(&brokenPipe, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &brokenPipe, nil)
    var running = Running(
      program, pipes, request: request[...], secret: secret, answersInALine: answersInALine)
    var result = running.exchange(until: end)
    switch result.ending {
    case .answered: return result
    case .ended: break
    case .tooMuch, .late:
      program.askToEnd()
      running.awaitEnd(until: ContinuousClock.now + Self.grace)
    }
    program.finish()
    running.closeInput()
    // The last output may have arrived in the meantime.
    running.drain(into: &result)
    return result
  }
}

/// The state of an exchange in progress.
private struct Running {
  private let program: SupervisedProgram
  private let pipes: ProcessPipes
  private var request: ArraySlice<UInt8>
  private var secret: SecretBytes?
  private let answersInALine: Bool
  private var inputIsOpen = true
  private var outputIsOpen = true
  private var errorsAreOpen = true
  private var buffer = [UInt8](repeating: 0, count: 1 << 14)

  init(
    _ program: SupervisedProgram, _ pipes: ProcessPipes, request: ArraySlice<UInt8>, secret: SecretBytes?,
    answersInALine: Bool
  ) {
    self.answersInALine = answersInALine
    self.program = program
    self.pipes = pipes
    self.request = request
    self.secret = secret
    for descriptor in [pipes.input.write, pipes.output.read, pipes.errors.read] {
      _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }
  }

  mutating func exchange(until end: ContinuousClock.Instant) -> ProcessExchange.Result {
    var result = ProcessExchange.Result(ending: .late)
    while true {
      // poll(2) ignores negative descriptors.
      var events = [
        pollfd(fd: program.channel, events: Int16(POLLIN), revents: 0),
        pollfd(fd: inputIsOpen ? pipes.input.write : -1, events: Int16(POLLOUT), revents: 0),
        pollfd(fd: outputIsOpen ? pipes.output.read : -1, events: Int16(POLLIN), revents: 0),
        pollfd(fd: errorsAreOpen ? pipes.errors.read : -1, events: Int16(POLLIN), revents: 0),
      ]
      let left = ContinuousClock.now.duration(to: end).milliseconds
      guard left > 0 else { return result }
      guard poll(&events, nfds_t(events.count), Int32(clamping: left)) > 0 else { continue }
      if events[1].revents != 0 { writeRequest() }
      if events[2].revents != 0 { readOutput(into: &result) }
      if events[3].revents != 0 { readErrors(into: &result) }
      if result.output.count <= ProcessHost.outputLimit {
        if answersInALine, result.output.last == UInt8(ascii: "\n") {
          result.ending = .answered
          return result
        }
        guard events[0].revents != 0, let end = program.end() else { continue }
        result.ending = .ended(end)
        drain(into: &result)
      }
      if result.output.count > ProcessHost.outputLimit { result.ending = .tooMuch }
      return result
    }
  }

  func awaitEnd(until end: ContinuousClock.Instant) {
    while true {
      let left = ContinuousClock.now.duration(to: end).milliseconds
      guard left > 0 else { return }
      var event = pollfd(fd: program.channel, events: Int16(POLLIN), revents: 0)
      if poll(&event, 1, Int32(clamping: left)) > 0, program.end() != nil { return }
    }
  }

  /// Reads the output that has already arrived, without waiting for a process that keeps the pipes open.
  mutating func drain(into result: inout ProcessExchange.Result) {
    while outputIsOpen, result.output.count <= ProcessHost.outputLimit, readOutput(into: &result) {}
    // The number of reads is limited, because some process may keep writing.
    var rounds = 16
    while errorsAreOpen, rounds > 0, readErrors(into: &result) { rounds -= 1 }
  }

  mutating func closeInput() {
    guard inputIsOpen else { return }
    inputIsOpen = false
    pipes.closeInput()
  }

  private mutating func writeRequest() {
    let descriptor = pipes.input.write
    while !request.isEmpty {
      let count = request.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN { return }
      // A program may close its input before it has read everything.
      guard count > 0 else { return closeInput() }
      request = request.dropFirst(count)
    }
    if let secret {
      // The secret is shorter than what a pipe accepts atomically (pipe(7), PIPE_BUF).
      let count = secret.withBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EAGAIN || errno == EINTR { return }
      self.secret = nil
    }
    closeInput()
  }

  /// Reads once from standard output. Returns whether there was data.
  @discardableResult
  private mutating func readOutput(into result: inout ProcessExchange.Result) -> Bool {
    let count = read(pipes.output.read, &buffer, buffer.count)
    if count > 0 { result.output += buffer.prefix(count) }
    if count == 0 { outputIsOpen = false }
    return count > 0
  }

  @discardableResult
  private mutating func readErrors(into result: inout ProcessExchange.Result) -> Bool {
    let count = read(pipes.errors.read, &buffer, buffer.count)
    if count > 0 {
      result.errors += buffer[..<count]
      result.errors.removeFirst(max(0, result.errors.count - ProcessExchange.errorsKept))
    }
    if count == 0 { errorsAreOpen = false }
    return count > 0
  }
}
