import Crypto
import Cryptoki
import Glibc
import Preflight
import VerdictFile
import Workstation

extension ProgramMark {
  /// The PKCS#11 module that those facts were read through; nil if none was.
  init?(moduleOf facts: Facts) {
    guard let path = Self.pathOfModule(facts) else { return nil }
    self.init(fileAt: path)
  }

  /// The file of that module.
  static func pathOfModule(_ facts: Facts) -> String? {
    guard facts[.cryptolibModule].source == CryptokiSource.declaration.name else { return nil }
    return try? facts.text(.cryptolibModule)
  }
}

extension SigningKey {
  /// More than any key has.
  private static let sizeLimit = 4096

  /// The key in that file: all its bytes. Throws a failure: 66 where it cannot be read, 77 where it is not safe.
  static func read(_ path: String) throws(Failure) -> SigningKey {
    do throws(OwnerOnlyFile.Fault) {
      if let key = SigningKey(try OwnerOnlyFile.contents(of: path, limit: sizeLimit)) { return key }
    } catch {
      switch error {
      case .unreadable(let fault, _): throw Failure(fault, of: path)
      case .unsafe(let words): throw Failure(.unsafe, at: path, words)
      }
    }
    throw Failure(
      .unsafe, at: path,
      LocalizedText(
        fr: "la clé a moins de \(fewestBytes) octets : head -c 32 /dev/urandom en fait une",
        en: "the key has fewer than \(fewestBytes) bytes: head -c 32 /dev/urandom makes one"))
  }
}

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
