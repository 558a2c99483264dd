import CardStage
import Glibc

/// A desk for scripts that are no tests: a pcscd of their own with cards in its readers, until standard input ends.
///
/// `card-desk ATR [/ ATR…]` has a reader for each card, and prints the path of the service's socket, for `PCSCLITE_CSOCK_NAME`, when
/// the cards are in.
@main
enum CardDesk {
  static func main() throws {
    let answers = CommandLine.arguments.dropFirst().split(separator: "/").map { $0.joined(separator: " ") }
    let daemon = try PrivatePCSCD(readers: answers.indices.map { "Desk\($0 == 0 ? "" : " \($0 + 1)")" })
    let cards = try zip(answers, daemon.readers).map { try VirtualCard($0, port: $1.port) }
    // Powered up, a card has been seen.
    for card in cards { card.wait(for: .on) }
    print(daemon.socket)
    fflush(nil)
    while readLine() != nil {}
    for card in cards { card.remove() }
  }
}
