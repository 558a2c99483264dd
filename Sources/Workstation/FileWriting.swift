import CLinux
import Glibc
package import Processes
import SystemPackage

/// Why something could not be written.
package struct WriteFault: Error, Sendable {
  /// The reason, in the system's words.
  package let reason: String
  /// Whether a file or folder of that name already exists.
  package let isOccupied: Bool
  /// The fault of a symbolic link that must not be followed. Nil if the reason is another one.
  package let refusal: TrustFault?

  init(errno code: Int32) {
    reason = String(cString: strerror(code))
    isOccupied = code == EEXIST
    refusal = nil
  }

  init(_ fault: TrustFault) {
    reason =
      if case .notReadable(let words) = fault.reason { words } else { String(cString: strerror(EACCES)) }
    isOccupied = false
    refusal = fault.isUnsafe ? fault : nil
  }
}

/// Writes files and reports all errors.
package enum FileWriting {
  /// Writes all of the text to standard output (1) or standard error (2).
  ///
  /// - Throws: `WriteFault` if not all of it could be written.
  package static func write(_ text: String, to descriptor: Int32) throws(WriteFault) {
    try write(Array(text.utf8), to: descriptor)
  }

  /// Writes a file atomically: a temporary file is written next to it, flushed to disk and renamed.
  ///
  /// The new file keeps the mode of the one that it replaces, and its owner and group as far as the user may set
  /// them. A device or a pipe is written to directly, because renaming would remove it.
  ///
  /// - Parameter isOwnersAlone: whether a new file may be read only by its owner.
  /// - Throws: `WriteFault` if the file was not replaced.
  package static func replace(
    _ path: String, with text: String, isOwnersAlone: Bool = false
  ) throws(WriteFault) {
    let target = try target(of: path)
    var status = stat()
    if stat(path, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFREG else {
        // Opening a pipe without a reader then fails at once (ENXIO) instead of blocking for ever.
        let descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard descriptor >= 0 else { throw WriteFault(errno: errno) }
        defer { close(descriptor) }
        return try write(Array(text.utf8), to: descriptor)
      }
      // The descriptor of a deleted file (/dev/fd/3): the target of its link is not a path.
      var named = stat()
      guard lstat(target, &named) == 0, named.st_ino == status.st_ino, named.st_dev == status.st_dev else {
        throw WriteFault(errno: ENOENT)
      }
    }
    try writeFile(target, Array(text.utf8), overwriting: true, isOwnersAlone: isOwnersAlone)
  }

  /// - Throws: `TrustFault` if a symbolic link on the way to the file belongs to another user and must not be
  ///   followed.
  package static func examineLinks(to path: String) throws(TrustFault) { _ = try WritablePath(path) }

  /// Writes a new file atomically.
  ///
  /// - Throws: `WriteFault` if it was not written. An existing file is left unchanged and reported.
  package static func create(_ path: String, with text: String) throws(WriteFault) {
    try create(path, with: Array(text.utf8))
  }

  /// Writes a new file atomically.
  ///
  /// - Parameter isOwnersAlone: whether only its owner may read it.
  /// - Throws: `WriteFault` if it was not written. An existing file is left unchanged and reported.
  package static func create(
    _ path: String, with bytes: [UInt8], isOwnersAlone: Bool = false
  ) throws(WriteFault) {
    try writeFile(Array(path.utf8CString), bytes, overwriting: false, isOwnersAlone: isOwnersAlone)
  }

  /// Returns the target of the symbolic links, so that the file is replaced and not the link. The file need not
  /// exist.
  private static func target(of path: String) throws(WriteFault) -> [CChar] {
    do throws(TrustFault) {
      return try WritablePath(path).bytes
    } catch {
      throw WriteFault(error)
    }
  }

  private static func writeFile(
    _ path: [CChar], _ bytes: [UInt8], overwriting: Bool, isOwnersAlone: Bool
  ) throws(WriteFault) {
    let slash = CChar(bitPattern: UInt8(ascii: "/"))
    let folder = path.lastIndex(of: slash).map { Array(path[...$0]) } ?? []
    // mkstemp(3) replaces the six X.
    var template = folder + ".cps-preflight-XXXXXX".utf8CString
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw WriteFault(errno: errno) }
    defer { close(descriptor) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    do throws(WriteFault) {
      try write(bytes, to: descriptor)
      // The permissions of any new file of the user, according to the umask.
      let mask = umask(0o077)
      umask(mask)
      var mode = isOwnersAlone ? 0o600 : 0o666 & ~mask
      if overwriting, let kept = keepAccess(of: path, in: folder, for: descriptor) { mode = kept }
      guard fchmod(descriptor, mode) == 0, fsync(descriptor) == 0,
        (overwriting ? rename(template, path) : link(template, path)) == 0
      else { throw WriteFault(errno: errno) }
      if !overwriting { unlink(template) }
    } catch {
      unlink(template)
      throw error
    }
    flushFolder(folder)
  }

  /// Gives a new file the owner, group and access control list of the file that it replaces, as far as the user
  /// may. Returns the mode that it should have, or nil if there is no file to replace.
  private static func keepAccess(of path: [CChar], in folder: [CChar], for descriptor: Int32) -> mode_t? {
    var before = stat()
    guard lstat(path, &before) == 0 else { return nil }
    // A file of another user in a folder like /tmp was planted and must not give its owner access to the new
    // contents.
    var shared = stat()
    guard stat((folder.isEmpty ? [CChar(bitPattern: UInt8(ascii: "."))] : folder) + [0], &shared) == 0 else {
      return nil
    }
    if shared.st_mode & S_IWOTH != 0, before.st_uid != geteuid(), before.st_uid != shared.st_uid {
      return nil
    }
    var mode = before.st_mode & 0o777
    var now = stat()
    guard fstat(descriptor, &now) == 0 else { return nil }
    let hasGroup = before.st_gid == now.st_gid || fchown(descriptor, uid_t.max, before.st_gid) == 0
    if before.st_uid != now.st_uid { _ = fchown(descriptor, before.st_uid, gid_t.max) }
    let hasList = copy_access_list(path, descriptor) == 0 || errno == ENODATA || errno == EOPNOTSUPP
    // If the group or the access control list could not be kept, the group gets no more rights than everyone.
    if !hasGroup || !hasList { mode &= 0o707 | (mode & 0o007) << 3 }
    return mode
  }

  /// Writes all of the bytes to a descriptor.
  ///
  /// - Throws: `WriteFault` if not all of them could be written.
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

  /// Flushes the folder, so that the new name survives a power cut. The file itself was flushed before.
  static func flushFolder(of path: String) {
    flushFolder(FilePath(path).removingLastComponent().string.utf8CString.dropLast())
  }

  private static func flushFolder(_ folder: some Collection<CChar>) {
    let path = folder.isEmpty ? [CChar(bitPattern: UInt8(ascii: ".")), 0] : Array(folder) + [0]
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}

extension FileWriting {
  /// A file to write into a new folder.
  package struct NewFile: Sendable {
    /// The path of the file, relative to the folder.
    let path: String
    let text: String
    let isExecutable: Bool

    /// - Parameters:
    ///   - path: the path relative to the folder.
    ///   - text: the contents.
    ///   - isExecutable: whether it is a program.
    package init(_ path: String, _ text: String, isExecutable: Bool = false) {
      self.path = path
      self.text = text
      self.isExecutable = isExecutable
    }
  }

  /// Writes a new folder atomically.
  ///
  /// It is writable only by its owner, whatever the umask, so that programs in it can be trusted as much as the
  /// user.
  ///
  /// - Throws: `WriteFault` if it was not written. Anything that already has its name is left unchanged and
  ///   reported.
  package static func createFolder(_ path: String, with files: [NewFile]) throws(WriteFault) {
    var template = Array(
      FilePath(path).removingLastComponent().appending(".cps-preflight-XXXXXX").string.utf8CString)
    guard mkdtemp(&template) != nil else { throw WriteFault(errno: errno) }
    let draft = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    var made = [draft]
    do throws(WriteFault) {
      for file in files { try write(file, in: draft, making: &made) }
      let mask = umask(0o077)
      umask(mask)
      // The name is reserved first: renaming replaces an empty folder, but nothing else.
      guard chmod(draft, 0o755 & ~mask) == 0, mkdir(path, 0o700) == 0 else { throw WriteFault(errno: errno) }
      guard rename(draft, path) == 0 else {
        let fault = WriteFault(errno: errno)
        rmdir(path)
        throw fault
      }
    } catch {
      for path in made.reversed() { remove(path) }
      throw error
    }
    flushFolder(of: path)
  }

  private static func write(
    _ file: NewFile, in folder: String, making made: inout [String]
  ) throws(WriteFault) {
    let mask = umask(0o077)
    umask(mask)
    let path = FilePath(folder).pushing(FilePath(file.path))
    var parent = FilePath(folder)
    for name in FilePath(file.path).removingLastComponent().components {
      parent.append(name)
      if mkdir(parent.string, 0o755 & ~mask) == 0 {
        made.append(parent.string)
      } else if errno != EEXIST {
        throw WriteFault(errno: errno)
      }
    }
    let descriptor = open(path.string, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw WriteFault(errno: errno) }
    defer { close(descriptor) }
    made.append(path.string)
    try write(Array(file.text.utf8), to: descriptor)
    guard fchmod(descriptor, (file.isExecutable ? 0o755 : 0o644) & ~mask) == 0, fsync(descriptor) == 0 else {
      throw WriteFault(errno: errno)
    }
  }
}
