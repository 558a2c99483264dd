import Glibc

/// A file as it was when it was examined: its path without symbolic links, and its state.
package struct ExaminedFile: Sendable, Hashable {
  /// The absolute path, without symbolic links.
  package let path: String
  /// The state of the file when it was examined.
  package let identity: FileIdentity

  /// What is required of a file, of the folders above it, and of the symbolic links and their folders on the way to
  /// it.
  package enum Demand: Sendable {
    /// Only root and the user may own or write to them.
    ///
    /// A folder in which the path only continues with another folder may be shared if it has the sticky bit: other
    /// users cannot replace entries there that are not their own (inode(7)). They can however create hard links
    /// there to files or symbolic links of other users.
    case ownersOnly
    /// They must not be writable by everyone. Who owns them is up to the person who named the file.
    case notEverybody
  }

  /// Examines the file at `path`, one path component after the other from the root, as the system resolves it.
  ///
  /// Other users cannot replace what was examined afterwards: if they could, the examination would have found that.
  ///
  /// - Throws: `TrustFault` if it does not meet the demand or cannot be examined.
  package init(_ path: String, _ demand: Demand = .ownersOnly) throws(TrustFault) {
    var steps = Array(path.split(separator: "/").map(String.init).reversed())
    // An empty path is the root.
    var folder = ""
    if !path.hasPrefix("/") {
      if let working = try Self.workingFolder() {
        steps += working.split(separator: "/").map(String.init).reversed()
      } else {
        try Self.examineFoldersAboveWorkingFolder(demand)
        folder = Self.workingFolderLink
      }
    }
    var isShared = try Self.isShared(folder, demand)
    var linksLeft = Self.linkLimit
    while let step = steps.popLast() {
      if step == "." { continue }
      if step == ".." {
        folder = Self.parent(of: folder)
        isShared = try Self.isShared(folder, demand)
        continue
      }
      let entry = "\(folder)/\(step)"
      let status = try Self.status(of: entry, named: path)
      if status.st_mode & S_IFMT == S_IFDIR {
        folder = entry
        isShared = try Self.isShared(folder, demand)
        continue
      }
      if isShared, demand == .ownersOnly { throw TrustFault(folder, .sharedFolder) }
      if status.st_mode & S_IFMT == S_IFLNK {
        if demand == .ownersOnly { try Self.requireOwner(of: entry, status) }
        linksLeft -= 1
        guard linksLeft > 0 else {
          throw TrustFault(path, .notReadable(words: String(cString: strerror(ELOOP))))
        }
        let target = try Self.target(of: entry)
        if target.hasPrefix("/") {
          folder = ""
          isShared = try Self.isShared(folder, demand)
        }
        steps += target.split(separator: "/").map(String.init).reversed()
        continue
      }
      // The path continues below something that is not a folder.
      guard steps.isEmpty else { throw TrustFault(path, .missing) }
      guard status.st_mode & S_IFMT == S_IFREG else { throw TrustFault(path, .notRegular) }
      try Self.requireTrust(in: entry, status, demand)
      self.path = entry
      identity = FileIdentity(status)
      return
    }
    throw TrustFault(path, .notRegular)
  }

  /// The number of links that Linux follows (path_resolution(7)).
  private static let linkLimit = 40

  // MARK: - Judging

  /// Examines a folder and returns whether other users may create files in it.
  private static func isShared(_ folder: String, _ demand: Demand) throws(TrustFault) -> Bool {
    let path = folder.isEmpty ? "/" : folder
    // With `/.`, this is the folder itself even if its path is a link of /proc.
    let status = try status(of: "\(folder)/.", named: path)
    guard status.st_mode & S_ISVTX != 0 else {
      try requireTrust(in: path, status, demand)
      return false
    }
    if demand == .ownersOnly { try requireOwner(of: path, status) }
    return isWritableByOthers(path, status)
  }

  private static func requireTrust(in path: String, _ status: stat, _ demand: Demand) throws(TrustFault) {
    switch demand {
    case .ownersOnly:
      try requireOwner(of: path, status)
      if isWritableByOthers(path, status) { throw TrustFault(path, .writableByOthers) }
    case .notEverybody:
      if status.st_mode & S_IWOTH != 0 { throw TrustFault(path, .writableByEverybody) }
    }
  }

  private static func requireOwner(of path: String, _ status: stat) throws(TrustFault) {
    guard status.st_uid == 0 || status.st_uid == geteuid() else {
      throw TrustFault(path, .ofStranger(user: Int(status.st_uid)))
    }
  }

  /// Returns whether anyone but the owner may write to it. The group does not count if the owner is its only
  /// member.
  private static func isWritableByOthers(_ path: String, _ status: stat) -> Bool {
    if status.st_mode & S_IWOTH != 0 { return true }
    guard status.st_mode & S_IWGRP != 0 else { return false }
    return !OwnGroup.isOwnersAlone(status.st_gid, of: status.st_uid, at: path)
  }

  // MARK: - Looking

  private static func status(of path: String, named name: String) throws(TrustFault) -> stat {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      throw TrustFault(
        name,
        errno == ENOENT || errno == ENOTDIR ? .missing : .notReadable(words: String(cString: strerror(errno)))
      )
    }
    return status
  }

  private static func target(of link: String) throws(TrustFault) -> String {
    var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(link, &bytes, bytes.count)
    // If the result fills the buffer, the link may be longer.
    guard count > 0, count < bytes.count else {
      throw TrustFault(link, .notReadable(words: String(cString: strerror(count < 0 ? errno : ENAMETOOLONG))))
    }
    return String(decoding: bytes[..<count], as: UTF8.self)
  }

  /// Returns the path of the working folder. Nil if it is not UTF-8, as on systems with names in Latin-1.
  private static func workingFolder() throws(TrustFault) -> String? {
    guard let path = getcwd(nil, 0) else {
      throw TrustFault(".", .notReadable(words: String(cString: strerror(errno))))
    }
    defer { free(path) }
    return String(validatingCString: path)
  }

  /// A link to the working folder that works whatever the bytes of its path.
  private static let workingFolderLink = "/proc/self/cwd"

  private static func examineFoldersAboveWorkingFolder(_ demand: Demand) throws(TrustFault) {
    let root = FileIdentity(try status(of: "/", named: "/"))
    var folder = workingFolderLink
    // More folders than a path can name.
    for _ in 0..<Int(PATH_MAX) / 2 {
      _ = try isShared(folder, demand)
      if FileIdentity(try status(of: "\(folder)/.", named: folder)).isSameFile(as: root) { return }
      folder += "/.."
    }
    throw TrustFault(".", .notReadable(words: String(cString: strerror(ENAMETOOLONG))))
  }

  private static func parent(of folder: String) -> String {
    if folder == workingFolderLink || folder.hasSuffix("/..") { return "\(folder)/.." }
    return folder.lastIndex(of: "/").map { String(folder[..<$0]) } ?? ""
  }
}

extension ExaminedFile {
  /// Examines an open file, using the path by which it was opened. Returns nil if it meets the demand.
  ///
  /// The data read from the descriptor afterwards belong to the examined file, even if the path changes.
  package static func fault(
    of path: String, openAs descriptor: Int32, _ demand: Demand
  ) -> TrustFault? {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      return TrustFault(path, .notReadable(words: String(cString: strerror(errno))))
    }
    do throws(TrustFault) {
      let file = try ExaminedFile(path, demand)
      return file.identity.isSameFile(as: FileIdentity(status)) ? nil : TrustFault(path, .replaced)
    } catch {
      if demand == .ownersOnly || error.isUnsafe { return error }
      // The file was named and is open; a pipe of the shell, for example, has no path. Only its mode can be
      // examined.
      let isDevice = status.st_mode & S_IFMT == S_IFCHR
      return status.st_mode & S_IWOTH != 0 && !isDevice ? TrustFault(path, .writableByEverybody) : nil
    }
  }
}

/// Distinguishes the states of a file: any change of the file changes the value.
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

  /// The state on one line of text; equal states have equal texts.
  package var text: String {
    ([Int(bitPattern: device), Int(bitPattern: inode), size] + modified + changed).map(String.init)
      .joined(separator: " ")
  }

  /// Returns whether both are the same file, in any state.
  func isSameFile(as other: FileIdentity) -> Bool { device == other.device && inode == other.inode }
}
