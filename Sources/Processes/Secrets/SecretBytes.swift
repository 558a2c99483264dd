import Glibc

/// A secret, such as the code porteur. Its memory is locked so that it is never swapped, excluded from core dumps
/// and forked processes, and wiped when it is released. If the system does not allow that, the secret is not read.
///
/// This applies to this copy only: not to what the other end of a pipe keeps, to copies that a library makes, or to
/// the image of memory that hibernation writes.
///
/// It prints nothing of the secret. Code that needs the bytes uses ``withBytes(_:)``.
package final class SecretBytes: @unchecked Sendable {
  // Unchecked: `init` writes the bytes once, and they are only read afterwards.

  /// The size of the buffer in bytes; no code porteur is longer.
  package static let capacity = 64
  private let page: UnsafeMutableRawPointer
  private let size: Int
  /// The number of bytes of the secret.
  package let count: Int

  /// Why the secret could not be read.
  package enum Fault: Error, Sendable {
    /// No memory could be allocated.
    case noMemory
    /// The memory cannot be excluded from swapping, dumping or copying. The value is the system's error number.
    case unprotected(Int32)
    /// The secret did not arrive in time.
    case timeout
    /// The descriptor cannot be read. The value is the system's error number.
    case unreadable(Int32)
  }

  /// Reads the secret from a descriptor, up to its end, the end of a line, or ``capacity`` bytes.
  ///
  /// - Parameter patience: how long reading may take in all. Nil waits without limit, for a person to type.
  /// - Throws: `Fault` if it cannot be read or protected.
  package init(from descriptor: Int32, within patience: Duration?) throws(Fault) {
    let size = Int(sysconf(Int32(_SC_PAGESIZE)))
    guard let page = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      page != MAP_FAILED
    else { throw .noMemory }
    // MADV_WIPEONFORK: the processes that supervise programs are copies of this one, and do
    // not need the secret.
    guard mlock(page, size) == 0, madvise(page, size, MADV_DONTDUMP) == 0,
      madvise(page, size, MADV_WIPEONFORK) == 0
    else {
      let code = errno
      munmap(page, size)
      throw .unprotected(code)
    }
    do throws(Fault) {
      let end = patience.map { ContinuousClock.now + $0 }
      count = try Self.readLine(of: descriptor, into: page, until: end)
    } catch {
      Self.wipe(page, size)
      throw error
    }
    self.page = page
    self.size = size
  }

  deinit { Self.wipe(page, size) }

  private static func wipe(_ page: UnsafeMutableRawPointer, _ size: Int) {
    explicit_bzero(page, size)
    munmap(page, size)
  }

  /// Reads a line, byte by byte so that nothing after it is consumed, and returns its length in bytes.
  private static func readLine(
    of descriptor: Int32, into page: UnsafeMutableRawPointer, until end: ContinuousClock.Instant?
  ) throws(Fault) -> Int {
    let bytes = page.bindMemory(to: UInt8.self, capacity: capacity)
    var count = 0
    while count < capacity {
      try waitForByte(of: descriptor, until: end)
      let more = read(descriptor, bytes + count, 1)
      if more < 0 {
        if errno == EINTR || errno == EAGAIN { continue }
        throw .unreadable(errno)
      }
      guard more == 1, bytes[count] != UInt8(ascii: "\n") else { break }
      count += 1
    }
    // Removes the carriage return of a Windows line ending.
    if count > 0, bytes[count - 1] == UInt8(ascii: "\r") { count -= 1 }
    return count
  }

  private static func waitForByte(of descriptor: Int32, until end: ContinuousClock.Instant?) throws(Fault) {
    while true {
      var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&request, 1, try end.map { end throws(Fault) in try milliseconds(until: end) } ?? -1)
      if ready > 0 { return }
      if ready < 0, errno != EINTR { throw .unreadable(errno) }
    }
  }

  /// Returns the time left, rounded up to milliseconds.
  private static func milliseconds(until end: ContinuousClock.Instant) throws(Fault) -> Int32 {
    let left = ContinuousClock.now.duration(to: end)
    guard left > .zero else { throw .timeout }
    return Int32(clamping: Int64(left / .milliseconds(1)) + 1)
  }

  /// Calls `body` with the bytes. It must not copy them.
  package func withBytes<Result>(_ body: (UnsafeMutableBufferPointer<UInt8>) -> Result) -> Result {
    body(UnsafeMutableBufferPointer(start: page.assumingMemoryBound(to: UInt8.self), count: count))
  }

  /// Returns whether the secret consists of digits only and their number is in the range.
  package func isDigits(_ counts: ClosedRange<Int>) -> Bool {
    counts.contains(count) && withBytes { $0.allSatisfy { (0x30...0x39).contains($0) } }
  }
}

extension SecretBytes: CustomStringConvertible, CustomReflectable {
  /// A constant text, so that printing never shows the secret.
  package var description: String { "secret" }
  /// A mirror that exposes nothing, so that `dump` does not show the secret.
  package var customMirror: Mirror { Mirror(self, children: []) }
}
