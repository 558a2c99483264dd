import CPCSC
import Preflight

/// The name of a reader, as the bytes by which the service knows it, in whatever encoding.
struct ReaderName: Sendable, Hashable {
  let bytes: [UInt8]

  init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

  /// The name as text, for people.
  var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// The state of one reader at one moment (PC/SC part 5, “SCARD_READERSTATE”).
struct ReaderState: Sendable, Hashable {
  /// The conditions of a reader; several may hold at once.
  struct Flags: OptionSet, Sendable, Hashable {
    let rawValue: UInt

    static let unknown = Flags(SCARD_STATE_UNKNOWN)
    static let unavailable = Flags(SCARD_STATE_UNAVAILABLE)
    static let empty = Flags(SCARD_STATE_EMPTY)
    static let present = Flags(SCARD_STATE_PRESENT)
    static let exclusive = Flags(SCARD_STATE_EXCLUSIVE)
    static let inUse = Flags(SCARD_STATE_INUSE)
    static let mute = Flags(SCARD_STATE_MUTE)

    init(rawValue: UInt) { self.rawValue = rawValue }
    private init(_ constant: some BinaryInteger) { self.init(rawValue: UInt(constant)) }
  }

  let name: ReaderName
  /// The state as the service gave it, with its count of events in the upper half. Passing it back asks for what has
  /// changed since.
  let event: UInt
  let atr: ATR

  /// The state of a reader about which nothing is known yet.
  init(unaware name: ReaderName) {
    self.name = name
    event = UInt(SCARD_STATE_UNAWARE)
    atr = ATR([])
  }

  init(name: ReaderName, event: UInt, atr: ATR) {
    self.name = name
    self.event = event
    self.atr = atr
  }

  /// Whether a program is connected to the card.
  var isInUse: Bool { !flags.isDisjoint(with: [.inUse, .exclusive]) }

  /// How many cards the service has seen come and go in the reader, modulo 65,536 (pcsc-lite, SCardGetStatusChange).
  var events: Int { Int(event >> 16 & 0xFFFF) }

  var flags: Flags { Flags(rawValue: event & 0xFFFF) }

  /// The reader, with the meaning of these conditions.
  var reader: CardReader {
    let content: CardReader.Content =
      if !flags.isDisjoint(with: [.unknown, .unavailable]) {
        .unusable
      } else if !flags.contains(.present) {
        .empty
      } else if flags.contains(.mute) || atr.bytes.isEmpty {
        .mute
      } else {
        .card(CardFamily(atr), atr)
      }
    return CardReader(name: name.text, content: content, isHeldExclusively: flags.contains(.exclusive))
  }
}
