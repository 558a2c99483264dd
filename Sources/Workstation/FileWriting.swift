import Glibc

/// Why something could not be written, in the system's words.
package struct WriteFault: Error, Sendable {
  package let reason: String
  /// Whether something of that name is there already.
  package let isOccupied: Bool

  init(errno code: Int32) {
    reason = String(cString: strerror(code))
    isOccupied = code == EEXIST
  }
}

/// Writing, with every error noticed.
package enum FileWriting {
  /// Writes to standard output (1) or standard error (2), all of it.
  package static func write(_ text: String, to descriptor: Int32) throws(WriteFault) {
    try write(Array(text.utf8), to: descriptor)
  }

  /// Writes a file whole or not at all: a temporary file beside it, flushed to disk, then renamed.
  ///
  /// A device or a pipe is written to as it is: renaming over it would take it away.
  package static func replace(_ path: String, with text: String) throws(WriteFault) {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      // A pipe that nobody reads is a fault at once (ENXIO), instead of a wait for ever.
      let descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
      guard descriptor >= 0 else { throw WriteFault(errno: errno) }
      defer { close(descriptor) }
      return try write(Array(text.utf8), to: descriptor)
    }
    try writeFile(try resolved(path), text, overwriting: true)
  }

  /// Writes a new file whole or not at all; one that is there already is left as it is, and told.
  package static func create(_ path: String, with text: String) throws(WriteFault) {
    try writeFile(path, text, overwriting: false)
  }

  /// The file behind symbolic links, so that it is replaced and not the link; or made, where it is not there yet.
  private static func resolved(_ path: String) throws(WriteFault) -> String {
    var path = path
    // As many as the kernel follows (path_resolution(7)).
    for _ in 0..<40 {
      if let real = realpath(path, nil) {
        defer { free(real) }
        return String(cString: real)
      }
      // A descriptor of a file that has no name any more (/dev/fd/3): what its link says is the name of nothing.
      var status = stat()
      guard stat(path, &status) != 0 else { throw WriteFault(errno: ENOENT) }
      var target = [UInt8](repeating: 0, count: Int(PATH_MAX))
      let count = readlink(path, &target, target.count)
      guard count >= 0 else { return path }
      let name = String(decoding: target[..<count], as: UTF8.self)
      path = name.hasPrefix("/") ? name : folder(of: path) + name
    }
    throw WriteFault(errno: ELOOP)
  }

  private static func writeFile(
    _ path: String, _ text: String, overwriting: Bool
  ) throws(WriteFault) {
    let prefix = folder(of: path)
    // The six X are what mkstemp replaces.
    var template = Array("\(prefix).cps-preflight-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw WriteFault(errno: errno) }
    defer { close(descriptor) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    do throws(WriteFault) {
      try write(Array(text.utf8), to: descriptor)
      // Readable as any file the user makes, within the umask.
      let mask = umask(0o077)
      umask(mask)
      guard fchmod(descriptor, 0o666 & ~mask) == 0, fsync(descriptor) == 0,
        (overwriting ? rename(template, path) : link(template, path)) == 0
      else { throw WriteFault(errno: errno) }
      if !overwriting { unlink(template) }
    } catch {
      unlink(template)
      throw error
    }
    flushFolder(of: path)
  }

  /// What of the path is before the name: it ends with `/` unless it is empty.
  static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  /// Writes bytes to a descriptor, all of them.
  package static func write(_ bytes: [UInt8], to descriptor: Int32) throws(WriteFault) {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        written += count
      } else if errno == EAGAIN {
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&request, 1, -1)
      } else if errno != EINTR {
        throw WriteFault(errno: errno)
      }
    }
  }

  /// So that the new name outlives a power cut; the file itself is safe already.
  static func flushFolder(of path: String) {
    let folder = folder(of: path)
    let descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
