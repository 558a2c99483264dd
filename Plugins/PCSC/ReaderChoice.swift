import Preflight

/// Which of the readers counts: the one that holds a CPS, by its contacts if it can be.
enum ReaderChoice: Sendable, Hashable {
  /// There is no reader at all.
  case noReader
  /// None of the readers is the one that was asked for.
  case absent(asked: String)
  case empty(readers: [String])
  case mute(reader: String)
  case unusable(reader: String)
  case card(CardFamily, ATR, reader: String)
  /// Several readers hold a CPS, and nobody said which one counts.
  case several(readers: [String])

  /// - Parameters:
  ///   - asked: the name of a reader, or a part of it.
  ///   - isWholeName: whether only the reader of that very name will do.
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
    // A person who put a card in upside down wants to hear of that one, and not of the Vitale card beside it.
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

  /// Whether there is nothing better to wait for.
  var isFinal: Bool {
    switch self {
    case .card(.cps(_, contactless: false), _, _), .several: true
    default: false
    }
  }

  /// The reader of that very name, else those whose name contains it, whatever the case.
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
