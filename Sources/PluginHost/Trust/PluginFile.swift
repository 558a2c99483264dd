import Glibc

/// The file of a plugin as it was when it was examined: nobody but root and the user could have put it there.
package struct PluginFile: Sendable, Hashable {
  /// Without symbolic links.
  package let path: String
  package let identity: FileIdentity

  /// Examines the file at `path`, the file that a symbolic link leads to, and every folder above it.
  ///
  /// It has to be root's or the user's own, and so has every folder; none of them may be written by anybody else. Above the
  /// folder that it is in, one with the sticky bit may: there, others cannot replace what is not theirs (inode(7)).
  package init(_ path: String) throws(PluginFault) {
    guard let resolved = realpath(path, nil) else {
      throw PluginFault(
        path, errno == ENOENT || errno == ENOTDIR ? .missing : .notReadable(String(errno: errno)))
    }
    defer { free(resolved) }
    self.path = String(cString: resolved)
    let status = try Self.status(of: self.path)
    guard status.st_mode & S_IFMT == S_IFREG else { throw PluginFault(path, .notRegular) }
    try Self.requireTrust(in: self.path, status, mayBeSticky: false)
    var folder = self.path[...]
    var isParent = true
    while let slash = folder.lastIndex(of: "/") {
      folder = folder[..<slash]
      let name = folder.isEmpty ? "/" : String(folder)
      try Self.requireTrust(in: name, try Self.status(of: name), mayBeSticky: !isParent)
      isParent = false
    }
    guard access(self.path, X_OK) == 0 else { throw PluginFault(path, .notExecutable) }
    identity = FileIdentity(status)
  }

  /// Throws where it is no longer the same file, or no longer to be trusted.
  package func requireUnchanged() throws(PluginFault) {
    let now = try PluginFile(path)
    guard now == self else { throw PluginFault(path, .replaced) }
  }

  private static func status(of path: String) throws(PluginFault) -> stat {
    var status = stat()
    guard lstat(path, &status) == 0 else { throw PluginFault(path, .notReadable(String(errno: errno))) }
    return status
  }

  private static func requireTrust(
    in path: String, _ status: stat, mayBeSticky: Bool
  ) throws(PluginFault) {
    guard status.st_uid == 0 || status.st_uid == geteuid() else {
      throw PluginFault(path, .ofStranger(Int(status.st_uid)))
    }
    let isSticky = mayBeSticky && status.st_mode & S_ISVTX != 0
    // The bits of the group also say what access control lists grant (acl(5)).
    guard status.st_mode & (S_IWGRP | S_IWOTH) == 0 || isSticky else {
      throw PluginFault(path, .writableByOthers)
    }
  }
}

/// What tells one state of a file from any other.
package struct FileIdentity: Sendable, Hashable {
  private let device: UInt
  private let inode: UInt
  private let size: Int
  private let modified: [Int]
  private let changed: [Int]

  init(_ status: stat) {
    device = UInt(status.st_dev)
    inode = UInt(status.st_ino)
    size = Int(status.st_size)
    modified = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
    changed = [status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
  }

  /// The same for the same state, on one line.
  var text: String {
    ([Int(bitPattern: device), Int(bitPattern: inode), size] + modified + changed).map(String.init)
      .joined(separator: " ")
  }
}

extension String {
  /// What the system says of an error.
  init(errno: Int32) { self = String(cString: strerror(errno)) }
}
