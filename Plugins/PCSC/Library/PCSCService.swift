import Processes
import CPCSC
import Glibc
import Preflight

/// A connection to the PC/SC service (PC/SC part 5, winscard.h of pcsc-lite).
///
/// Every call is made on a thread of its own and abandoned at its deadline. The connection cannot be used after that,
/// because the library still holds it.
struct PCSCService: Sendable {
  private let context: SCARDCONTEXT

  /// Connects to the service.
  ///
  /// - Throws: ``PCSCFault`` if the service cannot be reached.
  static func connect(within time: Duration) async throws(PCSCFault) -> PCSCService {
    let answer = await call(within: time) {
      var context: SCARDCONTEXT = 0
      let status = SCardEstablishContext(DWORD(SCARD_SCOPE_SYSTEM), nil, nil, &context)
      return (context: context, status: PCSCStatus(rawValue: status))
    }
    guard let answer else { throw .outlasted(.connecting) }
    switch answer.status {
    case .success: return PCSCService(context: answer.context)
    case .securityViolation: throw await refused
    // pcscd's answer to a client that speaks another version of its protocol (pcsc-lite, winscard_svc.c).
    case .serviceStopped: throw .otherVersion(answer.status)
    case let status where status.isLossOfService: throw .unreachable(await ServiceSocket.condition(), status)
    case let status: throw .status(status)
    }
  }

  /// Makes calls of the library, which may block. Returns nil if they take longer than `time`.
  private static func call<Value: Sendable>(
    within time: Duration?, _ calls: @escaping @Sendable () -> Value
  ) async -> Value? {
    await BlockingCall.run(within: time, waitingHere: .milliseconds(1), calls)
  }

  /// Ends the connection. Must not be called after a call was abandoned.
  func release() async {
    let context = context
    _ = await Self.call(within: .seconds(1)) { SCardReleaseContext(context) }
  }

  /// Ends the connection, which nobody waits for: it ends with this process at the latest.
  func releaseLater() { BlockingCall.start { [context] in SCardReleaseContext(context) } }

  /// Ends the connection after a fault, unless an abandoned call still holds it.
  func release(after fault: PCSCFault) async {
    if case .outlasted = fault { return }
    await release()
  }

  /// The names of the readers; empty if there are none.
  func readerNames(within time: Duration) async throws(PCSCFault) -> [ReaderName] {
    let context = context
    let answer = await Self.call(within: time) { () -> (names: [ReaderName], status: PCSCStatus) in
      // SCARD_AUTOALLOCATE, which Swift does not import: the library allocates what the names take, and need not be asked
      // for their length first.
      var names: UnsafeMutablePointer<CChar>?
      var length = DWORD.max
      let status = withUnsafeMutablePointer(to: &names) { names in
        names.withMemoryRebound(to: CChar.self, capacity: MemoryLayout<UnsafeMutablePointer<CChar>>.size) {
          PCSCStatus(rawValue: SCardListReaders(context, nil, $0, &length))
        }
      }
      guard status == .success, let names else { return ([], status) }
      defer { SCardFreeMemory(context, names) }
      let bytes = UnsafeBufferPointer(start: names, count: Int(length)).map { UInt8(bitPattern: $0) }
      return (bytes.split(separator: 0).map { ReaderName($0) }, status)
    }
    guard let answer else { throw .outlasted(.listing) }
    if answer.status == .securityViolation { throw await Self.refused }
    if answer.status == .noReaders { return [] }
    guard answer.status == .success else { throw .status(answer.status) }
    return answer.names
  }

  /// The current states of the readers.
  func states(of names: [ReaderName], within time: Duration) async throws(PCSCFault) -> [ReaderState] {
    try await change(from: names.map { ReaderState(unaware: $0) }, waiting: .zero, within: time).states
  }

  /// Waits until something differs from `states`, or a reader is plugged in or unplugged.
  ///
  /// - Parameters:
  ///   - wait: how long to wait for a change; forever if `nil`.
  ///   - time: how long the call itself may take, waiting aside.
  /// - Returns: the current states, and whether the readers themselves may have changed.
  func change(
    from states: [ReaderState], waiting wait: Duration?, within time: Duration
  ) async throws(PCSCFault) -> (states: [ReaderState], readersChanged: Bool) {
    guard !states.isEmpty || wait != .zero else { return ([], false) }
    let context = context
    let patience = wait.map { DWORD(max(0, $0.milliseconds)) } ?? DWORD(INFINITE)
    // The name under which the service reports readers that come and go.
    let news = ReaderState(unaware: ReaderName(#"\\?PnP?\Notification"#.utf8))
    // If there are as many readers as the service supports (PCSCLITE_MAX_READERS_CONTEXTS), no other one can
    // appear.
    let watched = states + (wait == .zero || states.count >= 16 ? [] : [news])
    let allowed = wait.map { $0 + time }
    let answer = await Self.call(within: allowed) {
      () -> (states: [ReaderState], status: PCSCStatus) in
      var rows = watched.map(\.row)
      defer { for row in rows { free(UnsafeMutablePointer(mutating: row.szReader)) } }
      let status = SCardGetStatusChange(context, patience, &rows, DWORD(rows.count))
      return (zip(watched, rows).map { ReaderState($0.name, $1) }, PCSCStatus(rawValue: status))
    }
    guard let answer else { throw .outlasted(.watching) }
    switch answer.status {
    case .success, .timeout: break
    case .securityViolation: throw await Self.refused
    // Nothing is known about any reader now; that must not be read as "empty".
    case .unknownReader where wait != .zero, .readerUnavailable where wait != .zero: return (states, true)
    default: throw .status(answer.status)
    }
    let changed = answer.states.dropFirst(states.count).contains { $0.event & UInt(SCARD_STATE_CHANGED) != 0 }
    return (Array(answer.states.prefix(states.count)), changed)
  }

  /// Why access to the service was denied.
  private static var refused: PCSCFault {
    get async { .unreachable(await ServiceSocket.conditionOnRefusal(), .securityViolation) }
  }

  /// Connects to the card, which must answer, and returns its ATR.
  ///
  /// The connection is shared and leaves the card as it was, without a reset or a power cut: the billing software may
  /// be using it.
  func reachCard(in reader: ReaderName, within time: Duration) async throws(PCSCFault) -> ATR {
    let context = context
    let answer = await Self.call(within: time) { () -> (atr: ATR, status: PCSCStatus) in
      var card: SCARDHANDLE = 0
      var chosen: DWORD = 0
      let name = reader.bytes.map { CChar(bitPattern: $0) } + [0]
      var status = PCSCStatus(
        rawValue: SCardConnect(
          context, name, DWORD(SCARD_SHARE_SHARED), DWORD(SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1), &card,
          &chosen))
      guard status == .success else { return (ATR([]), status) }
      defer { SCardDisconnect(card, DWORD(SCARD_LEAVE_CARD)) }
      var bytes = [UInt8](repeating: 0, count: Int(MAX_ATR_SIZE))
      var length = DWORD(bytes.count)
      status = PCSCStatus(rawValue: SCardStatus(card, nil, nil, nil, nil, &bytes, &length))
      return (ATR(Array(bytes.prefix(Int(length)))), status)
    }
    guard let answer else { throw .outlasted(.reaching(reader: reader.text)) }
    // The service let us in; the card needs a permission of its own (polkit, access_card).
    if answer.status == .securityViolation { throw await Self.refused }
    guard answer.status == .success else { throw .status(answer.status) }
    return answer.atr
  }
}

extension ReaderState {
  /// The state for the library. The caller must free the name.
  fileprivate var row: SCARD_READERSTATE {
    var row = SCARD_READERSTATE()
    row.szReader = UnsafePointer(strdup(name.bytes.map { CChar(bitPattern: $0) } + [0]))
    row.dwCurrentState = event
    return row
  }

  fileprivate init(_ name: ReaderName, _ row: SCARD_READERSTATE) {
    let length = min(Int(row.cbAtr), Int(MAX_ATR_SIZE))
    let bytes = withUnsafeBytes(of: row.rgbAtr) { Array($0.prefix(length)) }
    self.init(name: name, event: row.dwEventState, atr: ATR(bytes))
  }
}
