import Glibc
package import Preflight
import Synchronization

/// Standard input as blocks of whole lines, each handed to whichever thread asks next.
///
/// Nothing is read ahead: what nobody asks for stays with whoever writes it.
package final class LineInput: Sendable {
  /// Some lines that stand one after the other.
  package struct Block: Sendable {
    /// The lines with their ends; the last line of the input may have none.
    package let bytes: [UInt8]
    /// Which block it is, from 0.
    package let index: Int
    /// The number of its first line, from 1.
    package let firstLine: Int
    /// How many bytes had been read by then.
    package let bytesRead: Int
    /// Whether it is only the beginning of one line that is longer than a line may be.
    package let isBeginningOnly: Bool
  }

  /// Why no more can be read.
  package enum Fault: Error, Sendable {
    case unreadable(FileFault)
    /// Nobody reads the output any more.
    case outputGone(WriteFault)
  }

  private let limit: Int
  private let state: Mutex<State>

  /// - Parameters:
  ///   - limit: how many bytes a line may have.
  ///   - size: how much is read at once, at most.
  package init(limit: Int, readingAtOnce size: Int = 128 * 1024) {
    self.limit = limit
    state = Mutex(State(chunk: [UInt8](repeating: 0, count: size)))
  }

  /// The next lines; nothing after the last. Blocks until there are some.
  package func next() throws(Fault) -> Block? {
    try state.withLock { state throws(Fault) in try state.next(limit: limit) }
  }

  /// How many bytes there are to read, where that is known beforehand.
  package static var size: Int? {
    var status = stat()
    guard fstat(STDIN_FILENO, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return max(0, Int(status.st_size) - Int(lseek(STDIN_FILENO, 0, SEEK_CUR)))
  }

  private struct State {
    var chunk: [UInt8]
    /// What was read and not yet handed out.
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
        // The end of the line may be CRLF.
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
        line += bytes.count { $0 == newline }
      }
      return Block(bytes: bytes, index: index, firstLine: line, bytesRead: count, isBeginningOnly: false)
    }

    /// The beginning of a line that goes on for too long; the rest of it is read and forgotten.
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

    /// Waits for something to read, and no longer than somebody reads what is written.
    private func waitForInput() throws(Fault) {
      while true {
        var requests = [
          pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
          // Errors are told unasked.
          pollfd(fd: STDOUT_FILENO, events: 0, revents: 0),
        ]
        guard poll(&requests, 2, -1) > 0 else {
          guard errno == EINTR else { throw .unreadable(FileFault(errno: errno)) }
          continue
        }
        if requests[0].revents & Int16(POLLNVAL) != 0 { throw .unreadable(FileFault(errno: EBADF)) }
        // What there is to read goes first: at the end of it, nothing more has to be written.
        if requests[0].revents != 0 { return }
        if requests[1].revents & Int16(POLLNVAL) != 0 { throw .outputGone(WriteFault(errno: EBADF)) }
        if requests[1].revents != 0 { throw .outputGone(WriteFault(errno: EPIPE)) }
      }
    }
  }
}

private let newline = UInt8(ascii: "\n")

/// How much of a line that is too long is kept, to see whose it is.
private let beginningSize = 64 * 1024
