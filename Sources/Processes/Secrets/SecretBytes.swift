import Glibc

/// A secret, such as the code porteur: in memory that is locked, so that it is never swapped, is left out of core dumps and of
/// forked processes, and is wiped when it is let go. Where the system does not allow that, it is not read at all.
///
/// That holds for this copy: not for what the other side of a pipe keeps, nor for one that a library makes of it, nor for the
/// image of all memory that hibernation writes.
///
/// It prints as nothing: whoever needs the bytes says so.
package final class SecretBytes: @unchecked Sendable {
  // Unchecked: written once, by `init`, and only read afterwards.

  /// More than any code has.
  package static let capacity = 64
  private let page: UnsafeMutableRawPointer
  private let size: Int
  package let count: Int

  /// Why there is none.
  package enum Fault: Error, Sendable {
    /// No memory is to be had for it.
    case noMemory
    /// The memory cannot be kept from being swapped, dumped or copied; the system's error number.
    case unprotected(Int32)
    /// Whoever is to write it kept us waiting too long.
    case timeout
    /// The system's error number.
    case unreadable(Int32)
  }

  /// Reads it from a descriptor, up to its end, the end of a line, or ``capacity``.
  ///
  /// - Parameter patience: how long all of it may take; without one, as long as whoever types it likes.
  package init(from descriptor: Int32, within patience: Duration?) throws(Fault) {
    let size = Int(sysconf(Int32(_SC_PAGESIZE)))
    guard let page = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      page != MAP_FAILED
    else { throw .noMemory }
    // The last: the processes that supervise programs are copies of this one, and do not need it.
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

  /// Reads a line, byte by byte, so that nothing behind it is taken; the number of its bytes.
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
    // A line that ends the way Windows ends it.
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

  /// What is left until then, rounded up.
  private static func milliseconds(until end: ContinuousClock.Instant) throws(Fault) -> Int32 {
    let left = ContinuousClock.now.duration(to: end)
    guard left > .zero else { throw .timeout }
    return Int32(clamping: Int64(left / .milliseconds(1)) + 1)
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
