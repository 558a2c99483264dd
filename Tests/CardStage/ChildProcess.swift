import FoundationEssentials
import Glibc
import Synchronization

/// A process that runs beside a test and never outlives it.
///
/// Its standard input is a pipe that closes when the test ends, which is how these processes know.
package final class ChildProcess: Sendable {
  /// The standard error of a process.
  package enum ErrorOutput: Sendable {
    /// The same pipe as its standard output.
    case withOutput
    /// A terminal, which is also its standard input and is read like the output.
    case terminal
  }

  package let pid: Int32
  private let input: Int32
  private let output: Int32
  private let terminal: Int32?
  private let status = Mutex<Int32?>(nil)

  package init(
    _ arguments: [String], environment: [String: String], errors: ErrorOutput = .withOutput
  ) throws {
    let inputPipe = try Self.pipe()
    let outputPipe = try Self.pipe()
    defer {
      close(inputPipe[0])
      close(outputPipe[1])
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, inputPipe[0], 0)
    posix_spawn_file_actions_adddup2(&actions, outputPipe[1], 1)
    var slave: Int32 = -1
    switch errors {
    case .withOutput:
      posix_spawn_file_actions_adddup2(&actions, outputPipe[1], 2)
      terminal = nil
    case .terminal:
      // Does what posix_openpt(3) and its companions do, which Glibc's module lacks.
      let master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
      var unlocked: Int32 = 0
      var number: UInt32 = 0
      guard master >= 0, ioctl(master, UInt(0x4004_5431), &unlocked) == 0,  // TIOCSPTLCK
        ioctl(master, UInt(0x8004_5430), &number) == 0  // TIOCGPTN
      else { throw StageFault("pty") }
      slave = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
      posix_spawn_file_actions_adddup2(&actions, slave, 0)
      posix_spawn_file_actions_adddup2(&actions, slave, 2)
      terminal = master
    }
    defer { if slave >= 0 { close(slave) } }

    // The environment of the tests may ignore or block these.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    for signal in [SIGKILL, SIGSTOP] { sigdelset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    var flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
    // A job as shells make them: only a job stops with Ctrl-Z.
    if case .terminal = errors { flags |= POSIX_SPAWN_SETPGROUP }
    posix_spawnattr_setflags(&attributes, Int16(flags))

    var argv = arguments.map { strdup($0) } + [nil]
    var envp = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    var pid = pid_t()
    guard posix_spawnp(&pid, arguments[0], &actions, &attributes, &argv, &envp) == 0 else {
      throw StageFault("cannot start \(arguments[0])")
    }
    self.pid = pid
    input = inputPipe[1]
    output = outputPipe[0]
  }

  deinit {
    close(input)
    if status.withLock({ $0 }) == nil {
      kill(pid, SIGCONT)
      kill(pid, SIGTERM)
      _ = finish()
    }
    close(output)
    if let terminal { close(terminal) }
  }

  /// Returns the ends of a pipe that no other process inherits, even if started at the same moment.
  private static func pipe() throws -> [Int32] {
    var ends: [Int32] = [0, 0]
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw StageFault("pipe") }
    return ends
  }

  /// Reads standard output until it contains `text`, and returns what was read.
  ///
  /// - Throws: ``StageFault`` if the process ends before.
  package func read(until text: String) throws -> String { try Self.read(output, until: text) }

  /// Reads the terminal until it shows `text`, and returns what was read.
  package func readTerminal(until text: String) throws -> String {
    try Self.read(terminal ?? -1, until: text)
  }

  /// Returns what the terminal shows besides, of a process that has ended.
  package func readTerminalToEnd() -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    guard let terminal else { return "" }
    while true {
      var request = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
      guard poll(&request, 1, 0) > 0 else { break }
      let count = Glibc.read(terminal, &buffer, buffer.count)
      guard count > 0 else { break }
      bytes += buffer.prefix(count)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Sends text to the standard input of the process.
  package func send(_ text: String) { _ = text.withCString { write(input, $0, strlen($0)) } }

  /// Types text on the terminal of the process.
  package func type(_ text: String) {
    guard let terminal else { return }
    _ = text.withCString { write(terminal, $0, strlen($0)) }
  }

  /// Whether the terminal shows what is typed.
  package var terminalEchoes: Bool {
    var settings = termios()
    guard let terminal, tcgetattr(terminal, &settings) == 0 else { return false }
    return settings.c_lflag & tcflag_t(ECHO) != 0
  }

  /// Returns the rest of standard output.
  package func readToEnd() -> String { (try? Self.read(output, until: nil)) ?? "" }

  private static func read(_ descriptor: Int32, until text: String?) throws -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while text.map({ !String(decoding: bytes, as: UTF8.self).contains($0) }) ?? true {
      var poll_ = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&poll_, 1, 60_000) > 0 else {
        throw StageFault(
          "waited for “\(text ?? "the end")”, nothing more came than: \(String(decoding: bytes, as: UTF8.self))"
        )
      }
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      guard count > 0 else {
        if text == nil { break }
        throw StageFault("it ended after: \(String(decoding: bytes, as: UTF8.self))")
      }
      bytes += buffer.prefix(count)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  package func signal(_ signal: Int32) { kill(pid, signal) }

  /// Waits until a signal has stopped the process.
  package func waitUntilStopped() throws {
    var raw: Int32 = 0
    while waitpid(pid, &raw, WUNTRACED) < 0 { guard errno == EINTR else { throw StageFault("waitpid") } }
    guard raw & 0xFF == 0x7F else { throw StageFault("it ended (\(raw)) instead of being stopped") }
  }

  /// Waits for the end of the process. Returns its exit code, or 1000 plus the signal that ended it.
  @discardableResult
  package func finish() -> Int32 {
    status.withLock { status in
      if let status { return status }
      var raw: Int32 = 0
      while waitpid(pid, &raw, 0) < 0, errno == EINTR {}
      let code = raw & 0x7F == 0 ? (raw >> 8) & 0xFF : 1000 + (raw & 0x7F)
      status = code
      return code
    }
  }
}

/// A fault of the test setup itself, not of the tested code.
package struct StageFault: Error, CustomStringConvertible {
  package let description: String
  package init(_ description: String) { self.description = description }
}
