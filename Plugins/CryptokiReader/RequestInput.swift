import Cryptoki
import FoundationEssentials
import Glibc

/// What comes on standard input: a line of JSON, then the code porteur, if any, up to the end.
struct RequestInput {
  let request: ReadingRequest
  let code: CodePorteur?

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
    return RequestInput(
      request: request, code: request.options.hasCode ? CodePorteur(from: STDIN_FILENO) : nil)
  }
}

/// The code porteur, in memory that is neither swapped nor dumped, and wiped after use.
struct CodePorteur {
  /// More digits than any card takes.
  private static let capacity = 64
  private let page: UnsafeMutableRawPointer
  let bytes: UnsafeMutableBufferPointer<UInt8>

  /// Reads it up to the end of the descriptor; nothing where there is none or no memory to be had for it.
  init?(from descriptor: Int32) {
    let size = Int(sysconf(Int32(_SC_PAGESIZE)))
    guard let page = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      page != MAP_FAILED
    else { return nil }
    mlock(page, size)
    madvise(page, size, MADV_DONTDUMP)
    let start = page.bindMemory(to: UInt8.self, capacity: Self.capacity)
    var count = 0
    while count < Self.capacity {
      let more = read(descriptor, start + count, Self.capacity - count)
      guard more > 0 else { break }
      count += more
    }
    self.page = page
    bytes = UnsafeMutableBufferPointer(start: start, count: count)
    guard count > 0 else {
      munmap(page, size)
      return nil
    }
  }

  func wipe() { explicit_bzero(page, Self.capacity) }
}
