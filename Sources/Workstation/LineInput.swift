import Glibc
package import Preflight
import Synchronization

/// Reads standard input in blocks of whole lines, each given to the next thread that asks.
///
/// Nothing is read ahead: input that is not requested stays in the pipe.
package final class LineInput: Sendable {
  /// A block of consecutive lines.
  package struct Block: Sendable {
    /// The lines with their line breaks. The last line of the input may have none.
    package let bytes: [UInt8]
    /// The index of the block, counted from 0.
    package let index: Int
    /// The number of its first line, counted from 1.
    package let firstLine: Int
    /// The number of bytes that had been read up to the end of this block.
    package let bytesRead: Int
    /// Whether the block is only the beginning of one line that exceeds the limit.
    package let isBeginningOnly: Bool
  }

  /// Why reading failed.
  package enum Fault: Error, Sendable {
    case unreadable(FileFault)
    /// The output was closed by its reader.
    case outputGone(WriteFault)
  }

  private let limit: Int
  private let state: Mutex<State>

  /// - Parameters:
  ///   - limit: the maximum length of a line, in bytes.
  ///   - size: the maximum number of bytes to read at once.
  package init(limit: Int, readingAtOnce size: Int = 128 * 1024) {
    self.limit = limit
    state = Mutex(State(chunk: [UInt8](repeating: 0, count: size)))
  }

  /// Returns the next lines, or nil at the end of the input. Blocks until there are some.
  ///
  /// - Throws: `Fault` if reading fails or the output is gone.
  package func next() throws(Fault) -> Block? {
    try state.withLock { state throws(Fault) in try state.next(limit: limit) }
  }

  /// The number of bytes to read. Nil if it is not known in advance.
  package static var size: Int? {
    var status = stat()
    guard fstat(STDIN_FILENO, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return max(0, Int(status.st_size) - Int(lseek(STDIN_FILENO, 0, SEEK_CUR)))
  }

  private struct State {
    var chunk: [UInt8]
    /// Bytes that were read but not yet returned.
    var pending: [UInt8] = []
    var index = 0
    var line = 1
    var count = 0
    var isAtEnd = false

    init(chunk: [UInt8]) { self.chunk = chunk }

    mutating func next(limit: Int) throws(Fault) -> Block? {
      while true {
        if let end = pending.lastIndex(of: newline) { return block(upTo: end + 1) }
        if isAtEnd { return pending.isEmpty ? nil : block(upTo: pending.count) }
        // The line break may be CRLF.
        let mayEnd = pending.count == limit + 1 && pending.last == UInt8(ascii: "\r")
        if pending.count > limit, !mayEnd { return try beginning() }
        try read()
      }
    }

    private mutating func block(upTo end: Int) -> Block {
      let bytes = Array(pending[..<end])
      pending.removeFirst(end)
      defer {
        index += 1
        line += Self.lineBreaks(in: bytes)
      }
      return Block(bytes: bytes, index: index, firstLine: line, bytesRead: count, isBeginningOnly: false)
    }

    /// Counts line breaks, from one to the next: much faster than byte by byte.
    private static func lineBreaks(in bytes: [UInt8]) -> Int {
      bytes.withUnsafeBytes { bytes in
        guard let base = bytes.baseAddress else { return 0 }
        var count = 0
        var start = 0
        while start < bytes.count, let found = memchr(base + start, Int32(newline), bytes.count - start) {
          count += 1
          start = UnsafeRawPointer(found) - base + 1
        }
        return count
      }
    }

    /// Returns the beginning of a line that exceeds the limit. The rest of the line is read and discarded.
    private mutating func beginning() throws(Fault) -> Block {
      let bytes = Array(pending.prefix(beginningSize))
      pending.removeAll(keepingCapacity: true)
      while !isAtEnd {
        try read()
        if let end = pending.firstIndex(of: newline) {
          pending.removeFirst(end + 1)
          break
        }
        pending.removeAll(keepingCapacity: true)
      }
      defer {
        index += 1
        line += 1
      }
      return Block(bytes: bytes, index: index, firstLine: line, bytesRead: count, isBeginningOnly: true)
    }

    private mutating func read() throws(Fault) {
      try waitForInput()
      let read = Glibc.read(STDIN_FILENO, &chunk, chunk.count)
      if read > 0 {
        pending.append(contentsOf: chunk[..<read])
        count += read
      } else if read == 0 {
        isAtEnd = true
      } else if errno != EINTR, errno != EAGAIN {
        throw .unreadable(FileFault(errno: errno))
      }
    }

    /// Waits until there is input, or until the output is closed by its reader.
    private func waitForInput() throws(Fault) {
      while true {
        var requests = [
          pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
          // poll(2) reports errors without being asked.
          pollfd(fd: STDOUT_FILENO, events: 0, revents: 0),
        ]
        guard poll(&requests, 2, -1) > 0 else {
          guard errno == EINTR else { throw .unreadable(FileFault(errno: errno)) }
          continue
        }
        if requests[0].revents & Int16(POLLNVAL) != 0 { throw .unreadable(FileFault(errno: EBADF)) }
        // Input takes precedence: once it ends, nothing more needs to be written.
        if requests[0].revents != 0 { return }
        if requests[1].revents & Int16(POLLNVAL) != 0 { throw .outputGone(WriteFault(errno: EBADF)) }
        if requests[1].revents != 0 { throw .outputGone(WriteFault(errno: EPIPE)) }
      }
    }
  }
}

private let newline = UInt8(ascii: "\n")

/// How many bytes are kept of a line that exceeds the limit, so that its id can be found.
private let beginningSize = 64 * 1024
