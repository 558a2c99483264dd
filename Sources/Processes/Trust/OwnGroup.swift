import CLinux
import Glibc

/// Private groups of single users, as distributions create them for a umask of 002.
///
/// Accounts are read from their files and never requested through NSS: a directory server may be slow to answer and
/// may not list all members of a group. If accounts may come from elsewhere, the question cannot be decided.
enum OwnGroup {
  /// Returns whether the group of a file has no member but the file's owner, so that its permission bits apply only
  /// to the owner. Returns false if that cannot be decided.
  static func isOwnersAlone(_ group: gid_t, of owner: uid_t, at path: String) -> Bool {
    // With an access control list, the group bits are its mask and limit the rights of other users (acl(5)).
    guard !hasAccessControlList(path), AccountFiles.areComplete else { return false }
    guard let names = namesOfOwner(owner, ofOwn: group) else { return false }
    return isGroup(group, of: names)
  }

  private static func hasAccessControlList(_ path: String) -> Bool {
    ["system.posix_acl_access", "system.nfs4_acl"].contains { (name: String) in
      size_of_attribute(path, name) >= 0 || (errno != ENODATA && errno != EOPNOTSUPP)
    }
  }

  /// Returns the owner's names if the group is the primary group of the owner and of no other user (passwd(5)).
  /// Returns nil otherwise.
  private static func namesOfOwner(_ owner: uid_t, ofOwn group: gid_t) -> Set<String>? {
    guard let lines = AccountFiles.lines(of: "/etc/passwd") else { return nil }
    var names: Set<String> = []
    var isOwn = false
    for fields in lines {
      guard fields.count == 7, let user = uid_t(fields[2]), let primary = gid_t(fields[3]) else { return nil }
      if user == owner {
        names.insert(fields[0])
        if primary == group { isOwn = true }
      } else if primary == group {
        return nil
      }
    }
    return isOwn ? names : nil
  }

  /// Returns whether the group exists, and users with other names are not members and cannot join by a password
  /// (group(5)).
  private static func isGroup(_ group: gid_t, of names: Set<String>) -> Bool {
    guard let lines = AccountFiles.lines(of: "/etc/group") else { return false }
    var isKnown = false
    for fields in lines {
      guard fields.count == 4, let number = gid_t(fields[2]) else { return false }
      guard number == group else { continue }
      isKnown = true
      guard ["", "x", "*", "!"].contains(fields[1]),
        fields[3].split(separator: ",").allSatisfy({ names.contains(String($0)) })
      else { return false }
    }
    return isKnown
  }
}

/// The files that hold the machine's accounts.
package enum AccountFiles {
  private static let sizeLimit = 1 << 20

  /// Whether all accounts are in the files (nsswitch.conf(5)).
  static var areComplete: Bool {
    let path = "/etc/nsswitch.conf"
    // If the file does not exist, only the account files are used.
    if access(path, F_OK) != 0 { return errno == ENOENT }
    guard let text = text(of: path) else { return false }
    for line in text.split(separator: "\n") {
      let words = line.prefix { $0 != "#" }.split { $0 == " " || $0 == "\t" || $0 == ":" }
      guard let database = words.first, ["passwd", "group", "initgroups"].contains(database) else { continue }
      var isAction = false
      for word in words.dropFirst() {
        if word.hasPrefix("[") { isAction = true }
        if !isAction, word != "files", word != "compat", word != "systemd" { return false }
        if word == "systemd", !userRecordFolders.allSatisfy(isEmpty) { return false }
        if word.hasSuffix("]") { isAction = false }
      }
    }
    return true
  }

  /// The folders in which administrators may add users to those that systemd creates, each with a private group
  /// (userdbd(8)).
  private static let userRecordFolders = [
    "/etc/userdb", "/run/userdb", "/run/host/userdb", "/usr/lib/userdb",
  ]

  private static func isEmpty(_ folder: String) -> Bool {
    do throws(FolderListing.Fault) {
      // Names that begin with a dot are not records.
      return try FolderListing.names(in: folder).allSatisfy { $0.hasPrefix(".") }
    } catch {
      return error.code == ENOENT
    }
  }

  /// Returns the fields of each line. Nil if the file cannot be read or refers to accounts elsewhere (`+`, `-`).
  static func lines(of path: String) -> [[String]]? {
    guard let text = text(of: path) else { return nil }
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    guard !lines.contains(where: { $0.hasPrefix("+") || $0.hasPrefix("-") }) else { return nil }
    return lines.map { $0.split(separator: ":", omittingEmptySubsequences: false).map(String.init) }
  }

  /// Returns the home folder of the user. Nil if it is not known.
  package static func home(of user: UInt32) -> String? {
    lines(of: "/etc/passwd")?.first { $0.count == 7 && uid_t($0[2]) == user }?[5]
  }

  /// Returns the text of a file, or nil if it cannot be read or is unusually large.
  package static func text(of path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= sizeLimit
    else {
      return nil
    }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      guard count > 0, bytes.count <= sizeLimit else { return nil }
      bytes += chunk[..<count]
    }
  }
}
