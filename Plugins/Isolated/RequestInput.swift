import Cryptoki
import Glibc
import Processes

/// Standard input: the request as ``ReadingRequest/framed`` writes it, then the code porteur, if any, up to the end.
enum RequestInput {
  /// Reads the request. Returns `nil` if it is malformed.
  ///
  /// No buffer of ours may hold what follows it, so only as much is read as it is long.
  static func request() -> ReadingRequest? {
    var length = 0
    var byte: UInt8 = 0
    while Glibc.read(STDIN_FILENO, &byte, 1) == 1, byte != UInt8(ascii: "\n") {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte), length < ReadingRequest.longest else {
        return nil
      }
      length = length * 10 + Int(byte - UInt8(ascii: "0"))
    }
    guard length <= ReadingRequest.longest else { return nil }
    var count = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: length) { buffer, used in
      while count < length {
        let more = Glibc.read(STDIN_FILENO, buffer.baseAddress.map { $0 + count }, length - count)
        guard more > 0 else { break }
        count += more
      }
      used = count
    }
    return count == length ? ReadingRequest(bytes) : nil
  }

  /// Reads the code porteur, if there is one.
  static func code(after request: ReadingRequest) -> SecretBytes? {
    // The host ends this process if that takes too long.
    request.options.hasCode ? try? SecretBytes(from: STDIN_FILENO, within: nil) : nil
  }
}
