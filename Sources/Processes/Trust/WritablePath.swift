import Glibc

/// The path that a file is written to, with all symbolic links followed that are safe to follow.
///
/// A link in a folder that everyone can write to, or in a shared one with the sticky bit, is followed only if the
/// user or the folder's owner created it, whatever `fs.protected_symlinks` is (proc_sys_fs(5)). Otherwise another
/// user could choose which file is overwritten.
package struct WritablePath: Sendable {
  /// The path without symbolic links, terminated by NUL. The file need not exist.
  package let bytes: [CChar]

  /// Follows the links in `path`.
  ///
  /// - Throws: `TrustFault` for the first link that another user planted.
  package init(_ path: String) throws(TrustFault) {
    bytes = try Self.followed(path) { _ in true } ?? [0]
  }

  /// Follows the links in `path`, but none that is in one of those folders or further below. Returns nil if there is one: a
  /// program that may write in the folder could have made it, and would choose what the path means.
  package init?(_ path: String, followingNoneIn folders: Set<FileKey>) throws(TrustFault) {
    let bytes = try Self.followed(path) { folder in
      folders.isEmpty || !FileKey.ofFoldersAbove(folder).contains(where: folders.contains)
    }
    guard let bytes else { return nil }
    self.bytes = bytes
  }

  /// Returns the path without symbolic links, or nil if it has one that may not be followed.
  ///
  /// - Parameter mayFollow: whether links may be followed in that folder, whose path has no links and is empty for the working
  ///   folder.
  private static func followed(
    _ path: String, _ mayFollow: ([UInt8]) -> Bool
  ) throws(TrustFault) -> [CChar]? {
    let slash = UInt8(ascii: "/")
    var steps = Self.steps(Array(path.utf8))
    var folder: [UInt8] = path.utf8.first == slash ? [slash] : []
    var linksLeft = Self.linkLimit
    while let step = steps.popLast() {
      let entry = folder + step
      var status = stat()
      guard lstat(Self.terminated(entry), &status) == 0 else {
        // Nothing exists there yet. If a folder is missing, writing will fail and report it.
        return Self.terminated(Array((steps + [entry]).reversed().joined(separator: [slash])))
      }
      guard status.st_mode & S_IFMT == S_IFLNK else {
        folder = steps.isEmpty ? entry : entry + [slash]
        continue
      }
      if Self.isPlanted(status, in: folder) {
        throw TrustFault(
          String(decoding: entry, as: UTF8.self), .plantedLink(user: Int(status.st_uid)))
      }
      guard mayFollow(folder) else { return nil }
      linksLeft -= 1
      var target = [UInt8](repeating: 0, count: Int(PATH_MAX))
      let count = readlink(Self.terminated(entry), &target, target.count)
      guard linksLeft > 0, count > 0, count < target.count else {
        let code = count < 0 ? errno : ELOOP
        throw TrustFault(
          String(decoding: entry, as: UTF8.self), .notReadable(words: String(cString: strerror(code))))
      }
      if target[0] == slash { folder = [slash] }
      steps += Self.steps(Array(target[..<count]))
    }
    return Self.terminated(folder.isEmpty ? [UInt8(ascii: ".")] : folder)
  }

  /// The number of links that Linux follows (path_resolution(7)).
  private static let linkLimit = 40

  /// Returns the names in a path, last to first. A slash at its end requires a folder.
  private static func steps(_ path: [UInt8]) -> [[UInt8]] {
    let slash = UInt8(ascii: "/")
    let names = path.split(separator: slash).map(Array.init)
    return (path.last == slash && !names.isEmpty ? names + [[UInt8(ascii: ".")]] : names).reversed()
  }

  private static func terminated(_ path: [UInt8]) -> [CChar] { path.map { CChar(bitPattern: $0) } + [0] }

  private static func isPlanted(_ link: stat, in folder: [UInt8]) -> Bool {
    var status = stat()
    guard stat(terminated(folder.isEmpty ? [UInt8(ascii: ".")] : folder), &status) == 0 else { return true }
    let isShared =
      status.st_mode & S_IWOTH != 0 || (status.st_mode & S_ISVTX != 0 && status.st_mode & S_IWGRP != 0)
    return isShared && link.st_uid != geteuid() && link.st_uid != status.st_uid
  }
}

extension WritablePath {
  /// Returns whether both paths lead to the same file, whether or not it exists yet.
  package static func isSameFile(_ path: String, _ other: String) -> Bool {
    if path == other { return true }
    var first = stat()
    var second = stat()
    let isThere = stat(path, &first) == 0
    guard (stat(other, &second) == 0) == isThere else { return false }
    if isThere {
      return first.st_mode & S_IFMT == S_IFREG && first.st_dev == second.st_dev
        && first.st_ino == second.st_ino
    }
    guard let one = try? WritablePath(path), let another = try? WritablePath(other),
      one.name == another.name, stat(one.folder, &first) == 0, stat(another.folder, &second) == 0
    else { return false }
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino
  }

  /// The folder that holds the file, terminated by NUL.
  package var folder: [CChar] {
    let folder = bytes.dropLast(name.count)
    return (folder.isEmpty ? [CChar(bitPattern: UInt8(ascii: "."))] : Array(folder)) + [0]
  }

  /// The name of the file in its folder, terminated by NUL.
  private var name: ArraySlice<CChar> {
    let slash = CChar(bitPattern: UInt8(ascii: "/"))
    return bytes.lastIndex(of: slash).map { bytes[($0 + 1)...] } ?? bytes[...]
  }
}

/// What tells a file or folder from every other one, whatever its path.
package struct FileKey: Sendable, Hashable {
  private let device: UInt
  private let inode: UInt

  private init(_ status: stat) {
    device = UInt(status.st_dev)
    inode = UInt(status.st_ino)
  }

  /// The key of the folder to which the path leads, through whatever links; nil if it leads to none.
  package init?(ofFolder path: String) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return nil }
    self.init(status)
  }

  /// Returns the keys of a folder and of all folders above it; fewer if one of them cannot be reached.
  ///
  /// - Parameter folder: a path without links, empty for the working folder.
  fileprivate static func ofFoldersAbove(_ folder: [UInt8]) -> [FileKey] {
    var path = folder.isEmpty ? Array(".".utf8) : folder
    var keys: [FileKey] = []
    var status = stat()
    while stat(path.map { CChar(bitPattern: $0) } + [0], &status) == 0 {
      let key = FileKey(status)
      // The root is above itself.
      if key == keys.last { break }
      keys.append(key)
      path += Array("/..".utf8)
    }
    return keys
  }
}
