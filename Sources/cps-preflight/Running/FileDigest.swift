import Crypto
import Glibc
import Reports

/// SHA-256 of files, in hexadecimal.
enum FileDigest {
  /// The digest of a regular file of any size; nil if it cannot be read.
  static func of(_ path: String) -> String? {
    // Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    var hash = SHA256()
    var chunk = [UInt8](repeating: 0, count: 256 * 1024)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count == 0 { return Array(hash.finalize()).hexadecimal }
      guard count > 0 else {
        if errno == EINTR { continue }
        return nil
      }
      hash.update(data: chunk[..<count])
    }
  }
}

extension [UInt8] {
  /// Two digits a byte.
  var hexadecimal: String {
    let digits = Array<Character>("0123456789abcdef")
    return String(flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}

extension ProgramMark {
  /// The program in that file, as it is now.
  init(name: String? = nil, fileAt path: String) {
    self.init(name: name, path: path, sha256: FileDigest.of(path))
  }
}
