import Glibc

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
    var template = Array("\(folder(of: path)).cps-preflight-XXXXXX".utf8CString)
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
    var parent = folder
    for name in file.path.split(separator: "/").dropLast() {
      parent += "/\(name)"
      if mkdir(parent, 0o755 & ~mask) == 0 {
        made.append(parent)
      } else if errno != EEXIST {
        throw WriteFault(errno: errno)
      }
    }
    let path = "\(folder)/\(file.path)"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw WriteFault(errno: errno) }
    defer { close(descriptor) }
    made.append(path)
    try write(Array(file.text.utf8), to: descriptor)
    guard fchmod(descriptor, (file.isExecutable ? 0o755 : 0o644) & ~mask) == 0, fsync(descriptor) == 0 else {
      throw WriteFault(errno: errno)
    }
  }
}
