import CPCSC

/// The return value of a PC/SC call.
///
/// This is not an enumeration because drivers and later versions return codes of their own.
struct PCSCStatus: RawRepresentable, Sendable, Hashable {
  let rawValue: Int

  init(rawValue: Int) { self.rawValue = rawValue }

  static let success = PCSCStatus(rawValue: 0)
  static let timeout = PCSCStatus(rawValue: SCARD_E_TIMEOUT)
  static let insufficientBuffer = PCSCStatus(rawValue: SCARD_E_INSUFFICIENT_BUFFER)
  static let noReaders = PCSCStatus(rawValue: SCARD_E_NO_READERS_AVAILABLE)
  static let unknownReader = PCSCStatus(rawValue: SCARD_E_UNKNOWN_READER)
  static let readerUnavailable = PCSCStatus(rawValue: SCARD_E_READER_UNAVAILABLE)
  static let noCard = PCSCStatus(rawValue: SCARD_E_NO_SMARTCARD)
  static let removedCard = PCSCStatus(rawValue: SCARD_W_REMOVED_CARD)
  static let unresponsiveCard = PCSCStatus(rawValue: SCARD_W_UNRESPONSIVE_CARD)
  static let unpoweredCard = PCSCStatus(rawValue: SCARD_W_UNPOWERED_CARD)
  static let protocolMismatch = PCSCStatus(rawValue: SCARD_E_PROTO_MISMATCH)
  static let sharingViolation = PCSCStatus(rawValue: SCARD_E_SHARING_VIOLATION)
  static let noService = PCSCStatus(rawValue: SCARD_E_NO_SERVICE)
  static let serviceStopped = PCSCStatus(rawValue: SCARD_E_SERVICE_STOPPED)
  static let communication = PCSCStatus(rawValue: SCARD_F_COMM_ERROR)
  static let invalidHandle = PCSCStatus(rawValue: SCARD_E_INVALID_HANDLE)
  static let securityViolation = PCSCStatus(rawValue: SCARD_W_SECURITY_VIOLATION)

  /// Whether the service went away, or was restarted and no longer knows this connection.
  var isLossOfService: Bool {
    [.noService, .serviceStopped, .communication, .invalidHandle].contains(self)
  }

  /// Whether the readers are no longer the listed ones.
  var isAboutReaders: Bool { self == .unknownReader || self == .readerUnavailable }

  /// The service's own words, with the code under which its documentation lists them.
  var name: String {
    let words = pcsc_stringify_error(rawValue).map { String(cString: $0) } ?? "?"
    return "\(words) (0x\(String(UInt32(truncatingIfNeeded: rawValue), radix: 16, uppercase: true)))"
  }
}
