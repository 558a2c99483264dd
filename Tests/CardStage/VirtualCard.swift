import Glibc
import Synchronization

/// A card in a virtual reader: a client of vpcd's protocol.
///
/// A message consists of its length in two bytes, most significant first, and its bytes. A single byte is a command of
/// the reader (0 off, 1 on, 2 reset, 4 give the ATR); anything else is an APDU, which this card refuses.
package final class VirtualCard: Sendable {
  /// A command of the reader to the card.
  package enum Command: UInt8, Sendable {
    case off = 0
    case on = 1
    case reset = 2
  }

  /// How the card behaves when it is powered up.
  package enum Manner: Sendable {
    case answers
    /// The card takes that long to answer.
    case slow(seconds: UInt32)
    /// The card is present but gives no valid ATR, like a card that was inserted the wrong way.
    case mute
  }

  private struct State {
    var atr: [UInt8]
    var manner: Manner
    var commands: [Command] = []
  }

  private let descriptor: Int32
  private let state: Mutex<State>
  private let changed = ThreadCondition()

  /// Inserts a card.
  ///
  /// - Parameter atr: the card's answer to reset, in hexadecimal.
  package init(_ atr: String, port: UInt16, _ manner: Manner = .answers) throws {
    let bytes = atr.split(separator: " ").compactMap { UInt8($0, radix: 16) }
    state = Mutex(State(atr: bytes, manner: manner))
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let connected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    guard connected else {
      close(descriptor)
      throw StageFault("no virtual reader listens on \(port)")
    }
    let box = Unmanaged.passRetained(self)
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<VirtualCard>.fromOpaque(argument).takeRetainedValue().serve() }
        return nil
      }, box.toOpaque())
    pthread_detach(thread)
  }

  // Closed only now: until then `remove` may be called, and the descriptor must not be reused.
  deinit { close(descriptor) }

  /// Removes the card.
  package func remove() { shutdown(descriptor, Int32(SHUT_RDWR)) }

  /// Changes how the card behaves from now on.
  package func become(_ manner: Manner) { state.withLock { $0.manner = manner } }

  /// The commands that the card has received so far.
  package var commands: [Command] { state.withLock { $0.commands } }

  /// Waits until the card has received that command.
  package func wait(for command: Command) { changed.wait { commands.contains(command) } }

  // MARK: - The protocol

  private func serve() {
    while let message = receive() {
      if message.count == 1, message[0] == 4 {
        guard send(answerToReset) else { return }
      } else if message.count == 1 {
        if let command = Command(rawValue: message[0]) { obey(command) }
      } else if !send([0x6D, 0x00]) {  // ISO/IEC 7816-4: instruction not supported
        return
      }
    }
  }

  private var answerToReset: [UInt8] {
    state.withLock { state in
      // Longer than any ATR (ISO/IEC 7816-3: at most 33 bytes): powering the card up fails, although it is present.
      if case .mute = state.manner { return [UInt8](repeating: 0, count: 40) }
      return state.atr
    }
  }

  private func obey(_ command: Command) {
    let manner = state.withLock { state in
      state.commands.append(command)
      return state.manner
    }
    if command != .off, case .slow(let seconds) = manner { sleep(seconds) }
    changed.signal()
  }

  private func receive() -> [UInt8]? {
    guard let header = receive(2) else { return nil }
    return receive(Int(header[0]) << 8 | Int(header[1]))
  }

  private func receive(_ count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    return recv(descriptor, &bytes, count, Int32(MSG_WAITALL)) == count ? bytes : nil
  }

  private func send(_ bytes: [UInt8]) -> Bool {
    let message = [UInt8(bytes.count >> 8), UInt8(bytes.count & 0xFF)] + bytes
    return Glibc.send(descriptor, message, message.count, Int32(MSG_NOSIGNAL)) == message.count
  }
}

/// Lets one thread wait for another.
private final class ThreadCondition: @unchecked Sendable {
  // Unchecked: these are POSIX objects, made for threads, at a fixed address.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
    condition.deallocate()
  }

  func wait(until isDone: () -> Bool) {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while !isDone() { pthread_cond_wait(condition, mutex) }
  }

  func signal() {
    pthread_mutex_lock(mutex)
    pthread_cond_broadcast(condition)
    pthread_mutex_unlock(mutex)
  }
}
