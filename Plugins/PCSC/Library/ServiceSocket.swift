import Processes
import Glibc

/// The socket on which pcscd listens. It is examined to say *why* the service cannot be reached, because the library
/// returns the same code for several reasons, and different codes for the same one.
enum ServiceSocket {
  /// What is wrong with it.
  enum Condition: Sendable, Hashable {
    /// There is no socket, or nothing listens on it: the service is not running.
    case absent
    /// There is a socket that we may not use.
    case forbidden
    /// The service accepts connections but does not answer.
    case deaf
    /// The service accepts the connection and closes it at once, or denies access: it refuses this user.
    case refused
  }

  /// The path of the socket, found as libpcsclite finds it (pcscd(8), “ENVIRONMENT”).
  static var path: String {
    getenv("PCSCLITE_CSOCK_NAME").map { String(cString: $0) } ?? "/run/pcscd/pcscd.comm"
  }

  /// How long a service that is about to end may take to remove its socket, in milliseconds.
  private static let endingTime = 300
  /// How long a service that refuses us may take to close the connection, in milliseconds.
  private static let hangUpTime: Int32 = 1000

  /// The condition if the service denied access explicitly. It also does so while it ends; its socket then goes away.
  static func conditionOnRefusal() async -> Condition {
    await BlockingCall.run(within: nil) { isAboutToGo ? .absent : .refused } ?? .refused
  }

  /// The condition if the service could not be reached, or the connection broke off.
  static func condition() async -> Condition {
    await BlockingCall.run(within: nil) {
      switch knock() {
      case .refused where isAboutToGo: .absent
      case let condition: condition
      }
    } ?? .deaf
  }

  /// Whether the socket is about to be removed.
  private static var isAboutToGo: Bool {
    for _ in 0..<(endingTime / 10) {
      if access(path, F_OK) != 0, errno == ENOENT { return true }
      usleep(10_000)
    }
    return false
  }

  /// Connects, sends nothing, and sees whether the other side closes the connection.
  private static func knock() -> Condition {
    guard access(path, W_OK) == 0 else { return errno == ENOENT || errno == ENOTDIR ? .absent : .forbidden }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let room = MemoryLayout.size(ofValue: address.sun_path)
    let bytes = Array(path.utf8)
    guard bytes.count < room else { return .absent }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let descriptor = socket(
      AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
    guard descriptor >= 0 else { return .deaf }
    defer { close(descriptor) }
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard connected == 0 else {
      switch errno {
      case ENOENT, ECONNREFUSED: return .absent
      case EACCES, EPERM: return .forbidden
      // The queue of a service that accepts nobody is full (connect(2), EAGAIN).
      default: return .deaf
      }
    }
    var event = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&event, 1, hangUpTime) > 0 else { return .deaf }
    var byte: UInt8 = 0
    return read(descriptor, &byte, 1) <= 0 ? .refused : .deaf
  }
}
