import Preflight

/// Which reader counts: the one that holds a CPS, preferably one read through its contacts.
enum ReaderChoice: Sendable, Hashable {
  /// There is no reader at all.
  case noReader
  /// The requested reader is not there.
  case absent(asked: String)
  case empty(readers: [String])
  case mute(reader: String)
  case unusable(reader: String)
  case card(CardFamily, ATR, reader: String)
  /// Several readers hold a CPS, and it is unknown which one counts.
  case several(readers: [String])

  /// - Parameters:
  ///   - asked: the name of a reader, or part of it; any reader if `nil`.
  ///   - isWholeName: whether the name must match in full.
  init(among readers: [CardReader], asked: String?, isWholeName: Bool = false) {
    guard !readers.isEmpty else {
      self = .noReader
      return
    }
    let candidates =
      asked.map { asked in
        isWholeName ? readers.filter { $0.name == asked } : Self.readers(readers, named: asked)
      } ?? readers
    guard !candidates.isEmpty else {
      self = .absent(asked: asked ?? "")
      return
    }
    // For a CPS that was inserted upside down, the report must speak of that card, not of the Vitale card beside it.
    let ranked = Dictionary(grouping: candidates, by: Self.rank)
    guard let best = ranked.keys.min(), let chosen = ranked[best], let first = chosen.first else {
      self = .noReader
      return
    }
    switch first.content {
    case .card(.cps, _) where chosen.count > 1: self = .several(readers: chosen.map(\.name))
    case .card(let family, let atr): self = .card(family, atr, reader: first.name)
    case .mute: self = .mute(reader: first.name)
    case .unusable: self = .unusable(reader: first.name)
    case .empty: self = .empty(readers: chosen.map(\.name))
    }
  }

  /// Whether waiting could not improve the choice.
  var isFinal: Bool {
    switch self {
    case .card(.cps(_, contactless: false), _, _), .several: true
    default: false
    }
  }

  /// The reader with that exact name, otherwise the readers whose name contains it, ignoring case.
  private static func readers(_ readers: [CardReader], named asked: String) -> [CardReader] {
    let exact = readers.filter { $0.name.lowercased() == asked.lowercased() }
    guard exact.isEmpty else { return exact }
    return readers.filter { $0.name.lowercased().contains(asked.lowercased()) }
  }

  private static func rank(_ reader: CardReader) -> Int {
    switch reader.content {
    case .card(.cps(_, contactless: false), _): 0
    case .card(.cps(_, contactless: true), _): 1
    case .mute: 2
    case .card(.vitale, _): 3
    case .card(.other, _): 4
    case .empty: 5
    case .unusable: 6
    }
  }
}
