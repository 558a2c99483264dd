import FoundationEssentials
import Glibc

/// A process whose standard input and output are pipes that the test controls. Its standard error goes to a file.
package final class PipedProcess: Sendable {
  private let pid: pid_t
  /// The writing end of the input pipe.
  private let input: Int32
  /// The reading end of the output pipe.
  private let output: Int32

  package init(_ arguments: [String], environment: [String: String], errors: String) throws {
    // Writing to a process that has ended must return an error, not kill the tests.
    signal(SIGPIPE, SIG_IGN)
    let (childInput, input) = try Self.pipe()
    let (output, childOutput) = try Self.pipe()
    (self.input, self.output) = (input, output)
    defer {
      close(childInput)
      close(childOutput)
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, childInput, 0)
    posix_spawn_file_actions_adddup2(&actions, childOutput, 1)
    posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    var argv = arguments.map { strdup($0) } + [nil]
    var envp = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    var pid = pid_t()
    guard posix_spawn(&pid, arguments[0], &actions, nil, &argv, &envp) == 0 else {
      throw StageFault("cannot start \(arguments[0])")
    }
    self.pid = pid
    _ = fcntl(input, F_SETFL, O_NONBLOCK)
  }

  /// Returns the reading and writing ends of a pipe that no other process inherits, even if started at the same moment:
  /// like pipe2(2), which Glibc's module lacks.
  private static func pipe() throws -> (Int32, Int32) {
    var template = Array("/tmp/pipe-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw StageFault("no folder") }
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer {
      unlink("\(folder)/pipe")
      rmdir(folder)
    }
    guard mkfifo("\(folder)/pipe", 0o600) == 0 else { throw StageFault("pipe") }
    let output = open("\(folder)/pipe", O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    let input = open("\(folder)/pipe", O_WRONLY | O_CLOEXEC)
    guard output >= 0, input >= 0, fcntl(output, F_SETFL, 0) == 0 else { throw StageFault("pipe") }
    return (output, input)
  }

  /// Offers bytes to the process. Returns how many the pipe took, or a negative number if the process no longer reads.
  package func offer(_ bytes: ArraySlice<UInt8>) -> Int {
    let taken = bytes.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
    return taken < 0 && errno == EAGAIN ? 0 : taken
  }

  /// Returns whether the process reads on within that time, so that the pipe takes more.
  package func takesMore(within milliseconds: Int32) -> Bool {
    var request = pollfd(fd: input, events: Int16(POLLOUT), revents: 0)
    return poll(&request, 1, milliseconds) > 0
  }

  /// Returns what the process wrote, as soon as there is something; empty at the end.
  package func read() throws -> [UInt8] {
    var request = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
    guard poll(&request, 1, 60_000) > 0 else { throw StageFault("nothing came for a minute") }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = Glibc.read(output, &buffer, buffer.count)
    return Array(buffer.prefix(max(0, count)))
  }

  /// Sends all bytes, reads that many lines, and returns what was read.
  package func exchange(_ bytes: [UInt8], forLines count: Int) throws -> [UInt8] {
    var (answer, sent, lines) = ([UInt8](), 0, 0)
    while lines < count {
      if sent < bytes.count { sent += max(0, offer(bytes[sent...])) }
      var request = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
      // Waits only if there is nothing more to send.
      guard poll(&request, 1, sent < bytes.count ? 1 : 60_000) > 0 else {
        guard sent < bytes.count else { throw StageFault("\(lines) lines came, then nothing for a minute") }
        continue
      }
      let piece = try read()
      guard !piece.isEmpty else { throw StageFault("it ended after \(lines) lines") }
      lines += piece.count { $0 == UInt8(ascii: "\n") }
      answer += piece
    }
    return answer
  }

  /// Returns the lines of an answer. They are many, and this module is optimised, unlike the tests.
  package static func lines(of answer: [UInt8]) -> [String] {
    answer.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
  }

  package func closeInput() { close(input) }

  /// Closes the reading end of its output.
  package func closeOutput() { close(output) }

  /// The peak memory of the process, in KiB (proc(5), `VmHWM`).
  package func peakMemory() throws -> Int {
    let status = try String(contentsOf: URL(filePath: "/proc/\(pid)/status"), encoding: .utf8)
    guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let number = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
    else { throw StageFault("no VmHWM in \(status)") }
    return number
  }

  /// Whether a thread of the process waits for someone to read its output (proc(5), “syscall”: write(2) to 1).
  package var isWaitingToWrite: Bool {
    let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/task")) ?? []
    return tasks.contains { task in
      let call = try? String(
        contentsOf: URL(filePath: "/proc/\(pid)/task/\(task)/syscall"), encoding: .utf8)
      return call?.hasPrefix("1 0x1 ") ?? false
    }
  }

  /// Waits for the end of the process. Returns its exit code, or 1000 plus the signal that ended it.
  package func finish() -> Int32 {
    var raw: Int32 = 0
    while waitpid(pid, &raw, 0) < 0, errno == EINTR {}
    return raw & 0x7F == 0 ? (raw >> 8) & 0xFF : 1000 + (raw & 0x7F)
  }
}
