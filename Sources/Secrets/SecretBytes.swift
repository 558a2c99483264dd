import Glibc

/// A secret, such as the code porteur: in memory that is neither swapped nor dumped, and wiped when it is let go.
///
/// It prints as nothing: whoever needs the bytes says so.
package final class SecretBytes: @unchecked Sendable {
  // Unchecked: written once, by `init`, and only read afterwards.

  /// More than any code has.
  package static let capacity = 64
  private let page: UnsafeMutableRawPointer
  private let size: Int
  package let count: Int

  /// Reads it from a descriptor, up to its end, the end of a line, or ``capacity``; nothing where no memory is to
  /// be had for it.
  package init?(from descriptor: Int32) {
    let size = Int(sysconf(Int32(_SC_PAGESIZE)))
    guard let page = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      page != MAP_FAILED
    else { return nil }
    mlock(page, size)
    madvise(page, size, MADV_DONTDUMP)
    let bytes = page.bindMemory(to: UInt8.self, capacity: Self.capacity)
    var count = 0
    while count < Self.capacity {
      let more = read(descriptor, bytes + count, 1)
      if more < 0, errno == EINTR { continue }
      guard more == 1, bytes[count] != UInt8(ascii: "\n") else { break }
      count += 1
    }
    // A line that ends the way Windows ends it.
    if count > 0, bytes[count - 1] == UInt8(ascii: "\r") { count -= 1 }
    self.page = page
    self.size = size
    self.count = count
  }

  deinit {
    explicit_bzero(page, size)
    munmap(page, size)
  }

  /// Lends the bytes; they are not to be copied.
  package func withBytes<Result>(_ body: (UnsafeMutableBufferPointer<UInt8>) -> Result) -> Result {
    body(UnsafeMutableBufferPointer(start: page.assumingMemoryBound(to: UInt8.self), count: count))
  }

  /// Whether it is made of so many digits.
  package func isDigits(_ counts: ClosedRange<Int>) -> Bool {
    counts.contains(count) && withBytes { $0.allSatisfy { (0x30...0x39).contains($0) } }
  }
}

extension SecretBytes: CustomStringConvertible, CustomReflectable {
  package var description: String { "secret" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
