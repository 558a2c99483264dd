import Glibc
package import Preflight
package import Processes

/// Reads whole files, with limits on size and time.
package enum FileReading {
  /// The kinds of files that may be read.
  package enum Kinds: Sendable {
    case regularOnly
    /// Pipes and devices as well, for files that the command line names.
    case anyButFolders
  }

  /// Returns the contents of a file. The path `-` has no special meaning.
  ///
  /// - Throws: `FileFault` if the file cannot be read within the limits.
  package static func contents(
    of path: String, limit: Int, kinds: Kinds, within time: Duration
  ) throws(FileFault) -> [UInt8] {
    let descriptor = try descriptor(of: path)
    defer { close(descriptor) }
    try require(kinds, of: descriptor)
    return try contents(of: descriptor, limit: limit, within: time)
  }

  /// Returns the contents of a file and, if its owner or permissions make it unsafe, the fault. If `refusing` is
  /// true, an unsafe file is not read.
  ///
  /// The file is opened only once, so that the examined file is the one that is read.
  package static func contents(
    of path: String, limit: Int, within time: Duration, demanding demand: ExaminedFile.Demand, refusing: Bool
  ) throws(FileFault) -> (bytes: [UInt8], fault: TrustFault?) {
    let descriptor = try descriptor(of: path)
    defer { close(descriptor) }
    try require(demand == .ownersOnly ? .regularOnly : .anyButFolders, of: descriptor)
    let fault = ExaminedFile.fault(of: path, openAs: descriptor, demand)
    if refusing, let fault { return ([], fault) }
    return (try contents(of: descriptor, limit: limit, within: time), fault)
  }

  private static func descriptor(of path: String) throws(FileFault) -> Int32 {
    // Without O_NONBLOCK, opening a pipe without a writer would block for ever.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw FileFault(errno: errno) }
    return descriptor
  }

  private static func require(_ kinds: Kinds, of descriptor: Int32) throws(FileFault) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileFault(errno: errno) }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: throw .isDirectory
    case S_IFREG: break
    default: if kinds == .regularOnly { throw .notRegular }
    }
  }

  /// Returns the rest of standard input.
  ///
  /// - Parameter announce: called with what is waited for, if nothing is there yet.
  /// - Throws: `FileFault` if it cannot be read within the limits.
  package static func standardInput(
    limit: Int, within time: Duration, announcing announce: (LocalizedText) -> Void = { _ in }
  ) throws(FileFault) -> [UInt8] {
    var request = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    if poll(&request, 1, 0) == 0 {
      let seconds = (time.milliseconds + 999) / 1000
      announce(
        LocalizedText(
          fr: "En attente de l'entrée standard (encore \(seconds) s)",
          en: "Waiting for standard input (\(seconds) s left)"))
    }
    return try contents(of: STDIN_FILENO, limit: limit, within: time)
  }

  static func contents(
    of descriptor: Int32, limit: Int, within time: Duration
  ) throws(FileFault) -> [UInt8] {
    let deadline = ContinuousClock.now + time
    var bytes: [UInt8] = []
    while true {
      try waitUntilReadable(descriptor, until: deadline)
      // Of a short file, no more memory is touched than it needs.
      var fault: Int32?
      let chunk = [UInt8](unsafeUninitializedCapacity: 64 * 1024) { buffer, count in
        let length = read(descriptor, buffer.baseAddress, buffer.count)
        if length < 0 { fault = errno }
        count = max(0, length)
      }
      if let fault {
        if fault == EINTR || fault == EAGAIN { continue }
        throw FileFault(errno: fault)
      }
      if chunk.isEmpty { return bytes }
      if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
      guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
    }
  }

  private static func waitUntilReadable(
    _ descriptor: Int32, until deadline: ContinuousClock.Instant
  ) throws(FileFault) {
    while true {
      let left = ContinuousClock.now.duration(to: deadline)
      guard left > .zero else { throw .timeout }
      var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&request, 1, Int32(clamping: left.milliseconds + 1))
      if ready > 0 { return }
      if ready < 0, errno != EINTR { throw FileFault(errno: errno) }
    }
  }
}

extension FileFault {
  /// Creates the fault for the system's error number.
  init(errno code: Int32) {
    switch code {
    case ENOENT, ENOTDIR: self = .missing
    case EACCES, EPERM: self = .notPermitted
    case EISDIR: self = .isDirectory
    default: self = .other(String(cString: strerror(code)))
    }
  }
}
