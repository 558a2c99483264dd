import CardStage
import Glibc

/// A desk for scripts that are no tests: a pcscd of their own with a card in its reader, until standard input ends.
///
/// `card-desk ATR` prints the path of the service's socket, for `PCSCLITE_CSOCK_NAME`, when the card is in.
@main
enum CardDesk {
  static func main() throws {
    let daemon = try PrivatePCSCD(readers: ["Desk"])
    let card = try VirtualCard(
      CommandLine.arguments.dropFirst().joined(separator: " "), port: daemon.readers[0].port)
    // Powered up, the card has been seen.
    card.wait(for: .on)
    print(daemon.socket)
    fflush(nil)
    while readLine() != nil {}
    card.remove()
  }
}
