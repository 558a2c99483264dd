import Cryptoki
import Glibc
import Processes

/// Standard input: a line of JSON, then the code porteur, if any, up to the end.
enum RequestInput {
  /// Reads the request. Returns `nil` if it is malformed.
  static func request() -> ReadingRequest? {
    var line: [UInt8] = []
    var byte: UInt8 = 0
    // Byte by byte: no buffer of ours holds what follows the line.
    while Glibc.read(STDIN_FILENO, &byte, 1) == 1, byte != UInt8(ascii: "\n") {
      line.append(byte)
      guard line.count <= 1 << 16 else { return nil }
    }
    return ReadingRequest(line)
  }

  /// Reads the code porteur, if there is one.
  static func code(after request: ReadingRequest) -> SecretBytes? {
    // The host ends this process if that takes too long.
    request.options.hasCode ? try? SecretBytes(from: STDIN_FILENO, within: nil) : nil
  }
}
