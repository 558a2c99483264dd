import Crypto
import Glibc

/// SHA-256 digests of files, in hexadecimal.
package enum FileDigest {
  /// Returns the digest of the bytes, as 64 lower-case hexadecimal digits.
  package static func of(_ bytes: some Sequence<UInt8>) -> String { text(SHA256.hash(data: Array(bytes))) }

  /// Returns one digest for several files: that of the only file, or else the digest of all their digests, in
  /// order.
  package static func of(_ files: [[UInt8]]) -> String {
    files.count == 1
      ? of(files[0]) : text(SHA256.hash(data: files.flatMap { Array(SHA256.hash(data: $0)) }))
  }

  /// Returns the digest of a regular file of any size. Nil if it cannot be read.
  package static func of(fileAt path: String) -> String? {
    // Without O_NONBLOCK, opening a pipe without a writer would block for ever.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    var hash = SHA256()
    var chunk = [UInt8](repeating: 0, count: 256 * 1024)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count == 0 { return text(hash.finalize()) }
      guard count > 0 else {
        if errno == EINTR { continue }
        return nil
      }
      hash.update(data: chunk[..<count])
    }
  }

  private static func text(_ digest: SHA256Digest) -> String { Hexadecimal.text(of: Array(digest)) }
}

/// Bytes as lower-case hexadecimal digits.
package enum Hexadecimal {
  private static let digits = Array("0123456789abcdef".utf8)

  /// Returns two lower-case digits per byte.
  package static func text(of bytes: some Sequence<UInt8>) -> String {
    String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// Returns the bytes that the digits stand for. Nil if there are other characters, including upper-case digits.
  static func bytes(_ text: some Collection<UInt8>) -> [UInt8]? {
    let values = text.compactMap { digits.firstIndex(of: $0) }
    guard values.count == text.count, values.count.isMultiple(of: 2) else { return nil }
    return stride(from: 0, to: values.count, by: 2).map { UInt8(values[$0] << 4 | values[$0 + 1]) }
  }
}
