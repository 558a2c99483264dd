import BlockingCalls
import Glibc

/// The socket on which pcscd listens: looked at to say *why* the service cannot be reached, since the library
/// gives one code for all reasons.
enum ServiceSocket {
  /// What is wrong with it.
  enum Condition: Sendable, Hashable {
    /// There is none: the service is not running.
    case absent
    /// There is one that we may not use.
    case forbidden
    /// It may be used, and nobody answers there.
    case deaf
    /// Somebody answers there, and ends the conversation.
    case hungUp
  }

  /// Where it is: what libpcsclite itself goes by (pcscd(8), “ENVIRONMENT”).
  static var path: String {
    getenv("PCSCLITE_CSOCK_NAME").map { String(cString: $0) } ?? "/run/pcscd/pcscd.comm"
  }

  /// What is wrong where the service denied access: it also does so in the moment in which it ends, and then its socket is
  /// about to go.
  static func conditionOnRefusal() async -> Condition {
    await BlockingCall.run(within: nil) {
      for _ in 0..<30 {
        if condition == .absent { return .absent }
        usleep(10_000)
      }
      return .forbidden
    } ?? .forbidden
  }

  static var condition: Condition {
    if access(path, W_OK) == 0 { return .deaf }
    return errno == EACCES || errno == EPERM ? .forbidden : .absent
  }
}
