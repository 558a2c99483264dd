import Glibc
import Synchronization

/// A socket between programs and a pcscd, which sees when a program waits for an answer, and may meddle with answers.
package final class PCSCRelay: Sendable {
  /// What becomes of an answer of the service.
  package enum Meddling: Sendable {
    case none
    /// Each byte of it is that one.
    case filled(with: UInt8)
    /// It is cut there, and the connection is closed.
    case cut(after: Int)
    /// It never comes.
    case kept
  }

  /// Decides what becomes of the answer with that number, from 0, over all connections.
  package typealias Meddler = @Sendable (_ answer: Int) -> Meddling

  /// The path of the socket.
  package let socket: String
  private let listening: Int32
  /// Where a byte comes for each answer that is slow.
  private let told: Int32

  /// How long an answer takes that is not slow, in milliseconds.
  private static let patience: Int32 = 200

  /// Listens in a folder for clients of the pcscd with that socket.
  ///
  /// - Throws: ``StageFault`` if it cannot.
  package init(
    to service: String, in folder: String, meddling meddler: @escaping Meddler = { _ in .none }
  ) throws {
    socket = "\(folder)/relay.comm"
    let descriptor = Glibc.socket(AF_UNIX, Self.kind, 0)
    var ends: [Int32] = [0, 0]
    guard Self.with(socket, { bind(descriptor, $0, $1) }) == 0, listen(descriptor, 8) == 0,
      socketpair(AF_UNIX, Self.kind, 0, &ends) == 0
    else { throw StageFault("no socket at \(socket)") }
    listening = descriptor
    told = ends[0]
    let telling = ends[1]
    let answers = Answers(meddler)
    Thread.start {
      while case let client = accept(descriptor, nil, nil), client >= 0 {
        Thread.start { Self.serve(client, service, telling, answers) }
      }
      close(descriptor)
    }
  }

  deinit {
    shutdown(listening, Int32(SHUT_RDWR))
    close(told)
  }

  /// Waits until a program has waited longer for an answer than a quick one takes.
  package func waitForSlowAnswer() throws {
    var request = pollfd(fd: told, events: Int16(POLLIN), revents: 0)
    guard poll(&request, 1, 60_000) > 0 else { throw StageFault("every answer was quick") }
  }

  private static let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)

  private static func with(_ path: String, _ call: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        call($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }

  /// Passes on what the client and the service send each other, until one of them ends.
  private static func serve(_ client: Int32, _ service: String, _ telling: Int32, _ answers: Answers) {
    let server = Glibc.socket(AF_UNIX, kind, 0)
    defer {
      close(client)
      close(server)
    }
    guard with(service, { connect(server, $0, $1) }) == 0 else { return }
    var waits = false
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      var events = [client, server].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      guard poll(&events, 2, waits ? patience : -1) != 0 else {
        send(telling, [1], 1, Int32(MSG_NOSIGNAL))
        waits = false
        continue
      }
      for (from, to) in [(0, 1), (1, 0)] where events[from].revents != 0 {
        var count = recv(events[from].fd, &buffer, buffer.count, 0)
        if from == 1, count > 0 {
          switch answers.next() {
          case .none: break
          case .filled(let byte): for index in 0..<count { buffer[index] = byte }
          case .cut(let length):
            count = min(length, count)
            _ = send(events[to].fd, buffer, count, Int32(MSG_NOSIGNAL))
            return
          case .kept: continue
          }
        }
        guard count > 0, send(events[to].fd, buffer, count, Int32(MSG_NOSIGNAL)) == count else { return }
        waits = from == 0
      }
    }
  }
}

/// The answers of the service, numbered.
private final class Answers: Sendable {
  private let count = Atomic(0)
  private let meddler: PCSCRelay.Meddler

  init(_ meddler: @escaping PCSCRelay.Meddler) { self.meddler = meddler }

  func next() -> PCSCRelay.Meddling { meddler(count.wrappingAdd(1, ordering: .relaxed).oldValue) }
}
