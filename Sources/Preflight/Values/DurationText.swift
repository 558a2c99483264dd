extension Duration {
  /// How long a wait or a timeout may be: an hour.
  package static let longestWait = Duration.seconds(3600)

  /// Reads a duration as rule files and the command line write it: a whole number above zero and its unit,
  /// `500ms`, `3s`, `2m`, `12h` or `30d`. Returns nil for anything else, and for more than `limit`.
  ///
  /// See docs/rule-file.md.
  package init?(notation: some StringProtocol, atMost limit: Duration? = nil) {
    self.init(measure: notation)
    guard self > .zero, limit.map({ self <= $0 }) ?? true else { return nil }
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

  /// The duration as a rule file or an option writes it: in whole days or hours where it is some, else in seconds or
  /// milliseconds.
  package var notation: String {
    let milliseconds = milliseconds
    return switch milliseconds {
    case let time where time >= 86_400_000 && time % 86_400_000 == 0: "\(time / 86_400_000)d"
    case let time where time >= 3_600_000 && time % 3_600_000 == 0: "\(time / 3_600_000)h"
    default: measure
    }
  }

  /// Whole milliseconds, rounded down.
  package var milliseconds: Int {
    Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
  }
}
