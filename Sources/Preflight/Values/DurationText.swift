extension Duration {
  /// Reads a whole number and its unit, `500ms`, `3s` or `2m`, up to one hour, and nothing else.
  ///
  /// The notation of rule files and of the command line; see docs/rule-file.md.
  package init?(notation: some StringProtocol) {
    let digits = notation.prefix { ("0"..."9").contains($0) }
    guard (1...7).contains(digits.utf8.count), let number = Int(digits) else { return nil }
    switch notation.dropFirst(digits.count) {
    case "ms": self = .milliseconds(number)
    case "s": self = .seconds(number)
    case "m": self = .seconds(number * 60)
    default: return nil
    }
    guard self > .zero, self <= .seconds(3600) else { return nil }
  }

  /// Reads a measured time, as facts write it: whole milliseconds, seconds, minutes, hours or days, `0s` and `400d` included.
  package init?(measure text: some StringProtocol) {
    let digits = text.prefix { ("0"..."9").contains($0) }
    guard (1...9).contains(digits.utf8.count), let number = Int(digits) else { return nil }
    switch text.dropFirst(digits.count) {
    case "ms": self = .milliseconds(number)
    case "s": self = .seconds(number)
    case "m": self = .seconds(number * 60)
    case "h": self = .seconds(number * 3600)
    case "d": self = .seconds(number * 86_400)
    default: return nil
    }
  }

  /// The time as facts write it, in seconds where they are whole.
  package var measure: String { milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(milliseconds)ms" }

  /// Whole milliseconds, rounded down.
  package var milliseconds: Int {
    Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
  }
}
