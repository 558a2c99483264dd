/// Why a call of PC/SC gave nothing.
enum PCSCFault: Error, Sendable, Hashable {
  /// The service cannot be reached at all.
  case unreachable(ServiceSocket.Condition, PCSCStatus)
  /// The service speaks another version of pcsc-lite's protocol than our library.
  case otherVersion(PCSCStatus)
  /// The call returned that.
  case status(PCSCStatus)
  /// The call did not return in time; its thread was given up.
  case outlasted(Call)

  /// Whether another connection may be answered: the service was restarted, is just ending, or has other readers.
  var mayPass: Bool {
    switch self {
    case .status(let status): status.isLossOfService || status.isAboutReaders
    case .unreachable(_, let status): status == .securityViolation
    case .outlasted, .otherVersion: false
    }
  }

  /// What was being asked of the service.
  enum Call: Sendable, Hashable {
    case connecting
    case listing
    case watching
    case reaching(reader: String)
  }
}
