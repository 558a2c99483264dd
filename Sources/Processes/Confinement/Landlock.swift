import CSupervisor
import Glibc

/// Landlock, with which a process forbids itself, and all that it starts, things that the user may do
/// (landlock(7)).
package enum Landlock {
  /// What the kernel says of it.
  package enum Support: Sendable, Hashable {
    /// It offers the ABI up to that version, from 1.
    case version(Int)
    /// The kernel was started without it (`lsm=` lacks it).
    case switchedOff
    /// The kernel has none: it is older than 5.13, was built without it, or a container does not let it through.
    case none
  }

  /// What this kernel offers.
  package static let support: Support = {
    let version = landlock_version()
    return version > 0 ? .version(Int(version)) : errno == EOPNOTSUPP ? .switchedOff : .none
  }()

  /// The bits of the rights; an ABI knows only those up to its own version (struct landlock_ruleset_attr).
  struct Rights: Sendable, Hashable {
    /// What is done with files: everything but executing and reading, which stay free.
    let files: UInt64
    let network: UInt64
    let scopes: UInt64
    /// The bytes of the structure that the ABI knows.
    let size: Int

    /// Returns the rights that an ABI can forbid. An ABI newer than those known here can forbid these as
    /// well.
    ///
    /// - Parameters:
    ///   - version: the version of the ABI.
    ///   - mayUseNetwork: whether TCP, and Unix sockets without a path, stay free.
    init(version: Int, mayUseNetwork: Bool) {
      // WRITE_FILE, and from REMOVE_DIR to MAKE_SYM.
      var files: UInt64 = 1 << 1 | 0b1_1111_1111 << 4
      if version >= 2 { files |= 1 << 13 }  // REFER: to move a file to another folder.
      if version >= 3 { files |= 1 << 14 }  // TRUNCATE
      if version >= 5 { files |= Self.deviceCommands }
      self.files = files
      // BIND_TCP, CONNECT_TCP
      network = version >= 4 && !mayUseNetwork ? 0b11 : 0
      // SIGNAL, ABSTRACT_UNIX_SOCKET
      scopes = version >= 6 ? (mayUseNetwork ? 0b10 : 0b11) : 0
      size = version >= 6 ? 24 : version >= 4 ? 16 : 8
    }

    /// IOCTL_DEV
    private static let deviceCommands: UInt64 = 1 << 15
    /// The rights that apply to a file that is not a folder: WRITE_FILE, TRUNCATE and IOCTL_DEV.
    var ofFile: UInt64 { files & (1 << 1 | 1 << 14 | Self.deviceCommands) }
  }

  /// Makes the rules for a program that may write only in those folders and files. What does not exist is
  /// left out: it cannot be created either. So is what is only reached through a link in another one of the folders, in which the
  /// program could have made that link the last time that it ran, or in a folder in which another such program may write.
  ///
  /// - Parameter others: those folders.
  /// - Returns: a descriptor for the caller to close.
  /// - Throws: ``Fault`` with the system's error number, or with a link that another user planted.
  static func rules(
    _ rights: Rights, writing paths: [String], besides others: [String]
  ) throws(Fault) -> Int32 {
    var handled = landlock_handled(files: rights.files, network: rights.network, scopes: rights.scopes)
    let rules = landlock_rules(&handled, rights.size)
    guard rules >= 0 else { throw .system(errno) }
    do throws(Fault) {
      let folders = Set((paths + others).compactMap(FileKey.init(ofFolder:)))
      for path in paths { try allow(path, rights, by: rules, besides: folders) }
    } catch {
      close(rules)
      throw error
    }
    return rules
  }

  private static func allow(
    _ path: String, _ rights: Rights, by rules: Int32, besides folders: Set<FileKey>
  ) throws(Fault) {
    let found: WritablePath?
    do throws(TrustFault) {
      found = try WritablePath(path, followingNoneIn: folders)
    } catch {
      if error.isUnsafe { throw .planted(error) }
      return
    }
    var status = stat()
    guard let found, lstat(found.bytes, &status) == 0 else { return }
    let isFolder = status.st_mode & S_IFMT == S_IFDIR
    let actions = isFolder ? rights.files : rights.ofFile
    guard landlock_allow(rules, found.bytes, actions, 0) != 0 else { return }
    // Somebody may have removed it since, or put a link in its place; a folder that may not be looked into cannot be written to
    // either.
    guard errno == ENOENT || errno == EACCES || errno == ELOOP else { throw .system(errno) }
  }

  /// Why there are no rules.
  enum Fault: Error {
    /// The error number of the system.
    case system(Int32)
    /// A link that another user put into a shared folder.
    case planted(TrustFault)
  }
}
