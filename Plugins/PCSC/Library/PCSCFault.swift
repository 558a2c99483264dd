/// Why a PC/SC call failed.
enum PCSCFault: Error, Sendable, Hashable {
  /// The service cannot be reached.
  case unreachable(ServiceSocket.Condition, PCSCStatus)
  /// The service and our library speak different versions of pcsc-lite's protocol.
  case otherVersion(PCSCStatus)
  /// The call returned this status.
  case status(PCSCStatus)
  /// The call did not return in time, and its thread was abandoned.
  case outlasted(Call)

  /// Whether a new connection may succeed: the service was restarted, is about to end, or has other readers now.
  var mayPass: Bool {
    switch self {
    case .status(let status): status.isLossOfService || status.isAboutReaders
    case .unreachable(_, let status): status == .securityViolation
    case .outlasted, .otherVersion: false
    }
  }

  /// The call that was made.
  enum Call: Sendable, Hashable {
    case connecting
    case listing
    case watching
    case reaching(reader: String)
  }
}
