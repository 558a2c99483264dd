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

/// Runs a program that is not trusted to end, to be quiet or to be alone.
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

  /// Hands it the request, of at most 60 KiB, with a secret after it where there is one, and returns what it wrote on its standard output.
  package func answer(
    _ arguments: [String], to request: [UInt8], followedBy secret: SecretBytes? = nil,
    within deadline: Duration
  ) async throws(ProgramFault) -> [UInt8] {
    var group: pid_t?
    Orphans.beginAdoption()
    defer { Orphans.endAdoption(of: group) }
    do {
      let input = try FileDescriptor.pipe()
      // The whole request fits into the pipe: nobody has to wait for a program that does not read it, and nothing
      // of it is ever in a file.
      try input.writeEnd.writeAll(request)
      secret?.withBytes { _ = write(input.writeEnd.rawValue, $0.baseAddress, $0.count) }
      try input.writeEnd.close()
      let output = try FileDescriptor.pipe()
      let reader = output.readEnd.rawValue
      defer { try? output.readEnd.close() }
      var options = PlatformOptions()
      options.processGroupID = 0
      let result = try await Subprocess.run(
        .path(FilePath(path)), arguments: Arguments(arguments),
        environment: .custom(
          Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0), $1) })),
        platformOptions: options,
        input: .fileDescriptor(input.readEnd, closeAfterSpawningProcess: true),
        output: .fileDescriptor(output.writeEnd, closeAfterSpawningProcess: true), error: .discarded
      ) { execution in
        let group = pid_t(execution.processIdentifier.value)
        return (written: await Self.read(reader, within: deadline, thenEnding: group), group: group)
      }
      group = result.closureResult.group
      return try Self.answer(result.closureResult.written, result.terminationStatus)
    } catch let fault as ProgramFault {
      throw fault
    } catch {
      throw .failed("\(error)")
    }
  }

  private enum Written: Sendable {
    case all([UInt8])
    case tooMuch
    case late
  }

  private static func answer(
    _ written: Written, _ status: TerminationStatus
  ) throws(ProgramFault) -> [UInt8] {
    switch (written, status) {
    case (.late, _): throw .timeout
    case (.tooMuch, _): throw .tooMuchOutput
    case (.all(let bytes), .exited(0)): return bytes
    // It had closed its output and was about to end when the group was.
    case (.all(let bytes), .signaled(SIGKILL)) where !bytes.isEmpty: return bytes
    case (.all, .exited(let status)): throw .ended(status: Int(status))
    case (.all, .signaled(let signal)): throw .killed(signal: Int(signal))
    }
  }

  /// What comes until every writer has gone. Then whoever is left is ended: the program where it hangs, and what it started.
  ///
  /// On the thread that reads, so that it is done at the deadline however busy the others are: the run may end just afterwards.
  private static func read(
    _ descriptor: Int32, within time: Duration, thenEnding group: pid_t
  ) async -> Written {
    let end = ContinuousClock.now + time
    let written = await BlockingCall.run(within: nil) { () -> Written in
      defer { kill(-group, SIGKILL) }
      var bytes: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let left = ContinuousClock.now.duration(to: end).milliseconds
        var event = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard left > 0, poll(&event, 1, Int32(clamping: left)) >= 0 else { return .late }
        guard event.revents != 0 else { continue }
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        guard count > 0 else { return .all(bytes) }
        bytes += buffer.prefix(count)
        if bytes.count > outputLimit { return .tooMuch }
      }
    }
    return written ?? .late
  }
}
