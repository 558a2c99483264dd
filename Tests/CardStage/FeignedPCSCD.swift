import Glibc

/// A socket that behaves like a pcscd that refuses a client.
///
/// It is feigned because a real refusal needs polkit with its system bus, and a second version of pcscd. It sends what
/// pcsc-lite's `winscard_svc.c` sends: nothing if polkit refuses (1.9), and its own version with
/// `SCARD_E_SERVICE_STOPPED` to a client with another protocol version.
public final class FeignedPCSCD: Sendable {
  /// How it treats every client.
  public enum Manner: Sendable {
    /// Closes the connection at once.
    case refusing
    /// Answers that it uses another version of the protocol.
    case ofAnotherVersion
  }

  /// The path of the socket.
  public let socket: String
  private let descriptor: Int32

  /// Listens in that folder.
  ///
  /// - Throws: ``StageFault`` if it cannot.
  public init(_ manner: Manner, in folder: String) throws {
    socket = "\(folder)/pcscd.comm"
    descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: socket.utf8) }
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard bound == 0, listen(descriptor, 8) == 0 else { throw StageFault("no socket at \(socket)") }
    let listening = descriptor
    Thread.start { Self.serve(listening, manner) }
  }

  deinit { shutdown(descriptor, Int32(SHUT_RDWR)) }

  private static func serve(_ listening: Int32, _ manner: Manner) {
    while true {
      let client = accept(listening, nil, nil)
      guard client >= 0 else { break }
      if case .ofAnotherVersion = manner {
        // A header (size, command), then the client's version: major, minor, result.
        var words = [UInt32](repeating: 0, count: 5)
        if recv(client, &words, 20, Int32(MSG_WAITALL)) == 20 {
          var answer: [UInt32] = [words[2], words[3] + 1, 0x8010_001E]
          send(client, &answer, 12, Int32(MSG_NOSIGNAL))
          // The client reads before it closes the connection.
          _ = recv(client, &words, 1, 0)
        }
      }
      close(client)
    }
    close(listening)
  }
}

/// A thread for blocking work.
enum Thread {
  static func start(_ work: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    let box = Unmanaged.passRetained(Box(work))
    pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().work() }
        return nil
      }, box.toOpaque())
    pthread_detach(thread)
  }

  private final class Box: Sendable {
    let work: @Sendable () -> Void
    init(_ work: @escaping @Sendable () -> Void) { self.work = work }
  }
}
