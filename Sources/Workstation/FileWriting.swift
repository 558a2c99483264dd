import CLinux
import Glibc
package import Processes
import SystemPackage

/// Why something could not be written, in the system's words.
package struct WriteFault: Error, Sendable {
  package let reason: String
  /// Whether something of that name is there already.
  package let isOccupied: Bool
  /// A link that is not to be followed.
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

/// Writing, with every error noticed.
package enum FileWriting {
  /// Writes to standard output (1) or standard error (2), all of it.
  package static func write(_ text: String, to descriptor: Int32) throws(WriteFault) {
    try write(Array(text.utf8), to: descriptor)
  }

  /// Writes a file whole or not at all: a temporary file beside it, flushed to disk, then renamed.
  ///
  /// What it replaces passes on its mode, and its owner and group as far as the user may give them. A device or a pipe is
  /// written to as it is: renaming over it would take it away.
  ///
  /// - Parameter isOwnersAlone: whether nobody else may read the file if it is new.
  package static func replace(
    _ path: String, with text: String, isOwnersAlone: Bool = false
  ) throws(WriteFault) {
    let target = try target(of: path)
    var status = stat()
    if stat(path, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFREG else {
        // A pipe that nobody reads is a fault at once (ENXIO), instead of a wait for ever.
        let descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard descriptor >= 0 else { throw WriteFault(errno: errno) }
        defer { close(descriptor) }
        return try write(Array(text.utf8), to: descriptor)
      }
      // A descriptor of a file that has no name any more (/dev/fd/3): what its link says is the name of nothing.
      var named = stat()
      guard lstat(target, &named) == 0, named.st_ino == status.st_ino, named.st_dev == status.st_dev else {
        throw WriteFault(errno: ENOENT)
      }
    }
    try writeFile(target, text, overwriting: true, isOwnersAlone: isOwnersAlone)
  }

  /// Throws where a symbolic link on the way to that file is another user's, so that it is not to be followed.
  package static func examineLinks(to path: String) throws(TrustFault) { _ = try WritablePath(path) }

  /// Writes a new file whole or not at all; one that is there already is left as it is, and told.
  package static func create(_ path: String, with text: String) throws(WriteFault) {
    try writeFile(Array(path.utf8CString), text, overwriting: false, isOwnersAlone: false)
  }

  /// The file behind symbolic links, so that it is replaced and not the link; or made, where it is not there yet.
  private static func target(of path: String) throws(WriteFault) -> [CChar] {
    do throws(TrustFault) {
      return try WritablePath(path).bytes
    } catch {
      throw WriteFault(error)
    }
  }

  private static func writeFile(
    _ path: [CChar], _ text: String, overwriting: Bool, isOwnersAlone: Bool
  ) throws(WriteFault) {
    let slash = CChar(bitPattern: UInt8(ascii: "/"))
    let folder = path.lastIndex(of: slash).map { Array(path[...$0]) } ?? []
    // The six X are what mkstemp replaces.
    var template = folder + ".cps-preflight-XXXXXX".utf8CString
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw WriteFault(errno: errno) }
    defer { close(descriptor) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    do throws(WriteFault) {
      try write(Array(text.utf8), to: descriptor)
      // Readable as any file the user makes, within the umask.
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

  /// Gives a new file the owner, the group and the access control list of the one that it replaces, as far as the user may,
  /// and returns the mode that it then takes; nil if there is none to replace.
  private static func keepAccess(of path: [CChar], in folder: [CChar], for descriptor: Int32) -> mode_t? {
    var before = stat()
    guard lstat(path, &before) == 0 else { return nil }
    // Another user's file in a folder like /tmp was planted: what is written is not to become theirs.
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
    // Another group, or a list that is lost, gets no more than everybody has.
    if !hasGroup || !hasList { mode &= 0o707 | (mode & 0o007) << 3 }
    return mode
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
  /// A file of a folder that is to be written.
  package struct NewFile: Sendable {
    /// Where it is in the folder.
    let path: String
    let text: String
    let isExecutable: Bool

    package init(_ path: String, _ text: String, isExecutable: Bool = false) {
      self.path = path
      self.text = text
      self.isExecutable = isExecutable
    }
  }

  /// Writes a new folder whole or not at all; whatever bears its name already is left as it is, and told.
  ///
  /// Nobody else may write to it, whatever the umask: programs in it can be trusted as far as the user can.
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
      // The name is claimed first: what is renamed takes the place of an empty folder, but of nothing else.
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
