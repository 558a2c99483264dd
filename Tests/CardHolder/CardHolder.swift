import CPCSC
import Glibc

/// Another program that uses the card, for the tests: `card-holder exclusive|transaction|shared READER`.
///
/// It writes `held` when it holds the card, and releases it when its standard input ends.
@main
enum CardHolder {
  static func main() {
    let arguments = CommandLine.arguments
    guard arguments.count == 3 else { exit(64) }
    var context: SCARDCONTEXT = 0
    guard SCardEstablishContext(DWORD(SCARD_SCOPE_SYSTEM), nil, nil, &context) == 0 else { exit(69) }
    switch arguments[1] {
    case "exclusive": hold(arguments[2], SCARD_SHARE_EXCLUSIVE, context)
    case "transaction": hold(arguments[2], SCARD_SHARE_SHARED, context, inTransaction: true)
    case "shared": hold(arguments[2], SCARD_SHARE_SHARED, context)
    case "card": wait(for: SCARD_STATE_PRESENT, in: arguments[2], context)
    case "mute": wait(for: SCARD_STATE_MUTE, in: arguments[2], context)
    case "empty": wait(for: SCARD_STATE_EMPTY, in: arguments[2], context)
    default: exit(64)
    }
    SCardReleaseContext(context)
  }

  /// Holds the card in a reader until standard input ends.
  private static func hold(
    _ reader: String, _ mode: Int32, _ context: SCARDCONTEXT, inTransaction: Bool = false
  ) {
    var card: SCARDHANDLE = 0
    var chosen: DWORD = 0
    guard
      SCardConnect(
        context, reader, DWORD(mode), DWORD(SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1), &card, &chosen) == 0
    else { exit(69) }
    if inTransaction, SCardBeginTransaction(card) != 0 { exit(69) }
    _ = write(STDOUT_FILENO, "held\n", 5)
    while readLine() != nil {}
    if inTransaction { SCardEndTransaction(card, DWORD(SCARD_LEAVE_CARD)) }
    SCardDisconnect(card, DWORD(SCARD_LEAVE_CARD))
  }

  /// Blocks until the service says that of a reader.
  private static func wait(for state: Int32, in reader: String, _ context: SCARDCONTEXT) {
    // A mute card is present as well.
    let looked = DWORD(SCARD_STATE_PRESENT | SCARD_STATE_MUTE | SCARD_STATE_EMPTY)
    let wanted = DWORD(state) | (state == SCARD_STATE_MUTE ? DWORD(SCARD_STATE_PRESENT) : 0)
    reader.withCString { name in
      var reader = SCARD_READERSTATE()
      reader.szReader = name
      reader.dwCurrentState = DWORD(SCARD_STATE_UNAWARE)
      repeat {
        let end = SCardGetStatusChange(context, DWORD(UInt32.max), &reader, 1)
        // A service that has just started may not know its readers yet: SCARD_E_UNKNOWN_READER.
        guard end == 0 || UInt32(truncatingIfNeeded: end) == 0x8010_0009 else { exit(69) }
        if end == 0 { reader.dwCurrentState = reader.dwEventState }
      } while reader.dwEventState & looked != wanted
    }
    _ = write(STDOUT_FILENO, "seen\n", 5)
  }
}
