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
    var card: SCARDHANDLE = 0
    var chosen: DWORD = 0
    let mode = arguments[1] == "exclusive" ? SCARD_SHARE_EXCLUSIVE : SCARD_SHARE_SHARED
    guard SCardEstablishContext(DWORD(SCARD_SCOPE_SYSTEM), nil, nil, &context) == 0,
      SCardConnect(
        context, arguments[2], DWORD(mode), DWORD(SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1), &card, &chosen) == 0
    else { exit(69) }
    if arguments[1] == "transaction", SCardBeginTransaction(card) != 0 { exit(69) }
    _ = write(STDOUT_FILENO, "held\n", 5)
    while readLine() != nil {}
    if arguments[1] == "transaction" { SCardEndTransaction(card, DWORD(SCARD_LEAVE_CARD)) }
    SCardDisconnect(card, DWORD(SCARD_LEAVE_CARD))
    SCardReleaseContext(context)
  }
}
