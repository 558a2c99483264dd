import Glibc
package import Preflight

/// A file that holds a secret: a regular file that only its owner may read or write.
package enum OwnerOnlyFile {
  /// Why a file with a secret was not read.
  package enum Fault: Error, Sendable {
    case unreadable(FileFault, words: String)
    /// Other users may read it, or it is not a regular file.
    case unsafe(LocalizedText)
  }

  /// Opens the file for reading.
  ///
  /// - Throws: `Fault` if it must not or cannot be read.
  static func open(_ path: String) throws(Fault) -> Int32 {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw Fault(errno: errno) }
    do throws(Fault) {
      try judge(descriptor)
      return descriptor
    } catch {
      close(descriptor)
      throw error
    }
  }

  private static func judge(_ descriptor: Int32) throws(Fault) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Fault(errno: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .unsafe(
        LocalizedText(fr: "n'est pas un fichier ordinaire", en: "is not a regular file"))
    }
    guard status.st_mode & 0o077 == 0, status.st_uid == geteuid() else {
      throw .unsafe(
        LocalizedText(
          fr: "n'est pas à son seul propriétaire : chmod 600, et au nom de l'utilisateur du lot",
          en: "is not its owner's alone: chmod 600, and owned by the batch's user"))
    }
  }

  /// Returns the contents of the file, at most `limit` bytes.
  ///
  /// - Throws: `Fault` if it must not or cannot be read.
  package static func contents(of path: String, limit: Int) throws(Fault) -> [UInt8] {
    let descriptor = try open(path)
    defer { close(descriptor) }
    do throws(FileFault) {
      return try FileReading.contents(of: descriptor, limit: limit, within: .seconds(10))
    } catch {
      throw .unreadable(error, words: "")
    }
  }
}

extension OwnerOnlyFile.Fault {
  fileprivate init(errno code: Int32) {
    self = .unreadable(FileFault(errno: code), words: String(cString: strerror(code)))
  }
}
