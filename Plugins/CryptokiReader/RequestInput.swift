import Cryptoki
import FoundationEssentials
import Glibc
import Secrets

/// What comes on standard input: a line of JSON, then the code porteur, if any, up to the end.
struct RequestInput {
  let request: ReadingRequest
  let code: SecretBytes?

  /// Reads it; nothing where it is not as it should be.
  static func read() -> RequestInput? {
    var line: [UInt8] = []
    var byte: UInt8 = 0
    // Byte by byte: no buffer of ours holds what follows the line.
    while Glibc.read(STDIN_FILENO, &byte, 1) == 1, byte != UInt8(ascii: "\n") {
      line.append(byte)
      guard line.count <= 1 << 16 else { return nil }
    }
    guard let request = try? JSONDecoder().decode(ReadingRequest.self, from: Data(line)) else { return nil }
    // Whoever asked ends us where that takes too long.
    let code = request.options.hasCode ? try? SecretBytes(from: STDIN_FILENO, within: nil) : nil
    return RequestInput(request: request, code: code)
  }
}
