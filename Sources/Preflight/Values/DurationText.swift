extension Duration {
  /// The longest wait or timeout that a user may set: one hour.
  package static let longestWait = Duration.seconds(3600)

  /// Parses a duration from a rule file or the command line: a whole number above zero with a unit, such as
  /// `500ms`, `3s`, `2m`, `12h` or `30d`. Returns nil for anything else, and for more than `limit`.
  ///
  /// See docs/rule-file.md.
  package init?(notation: some StringProtocol, atMost limit: Duration? = nil) {
    self.init(measure: notation)
    guard self > .zero, limit.map({ self <= $0 }) ?? true else { return nil }
  }

  /// Parses a measured time from a facts file: whole milliseconds, seconds, minutes, hours or days, including `0s`
  /// and `400d`. Returns nil for anything else.
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

  /// The time as facts files write it: in seconds if they are whole, otherwise in milliseconds.
  package var measure: String { milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(milliseconds)ms" }

  /// The duration as rule files and options write it: in days or hours if they are whole, otherwise in seconds or
  /// milliseconds.
  package var notation: String {
    let milliseconds = milliseconds
    return switch milliseconds {
    case let time where time >= 86_400_000 && time % 86_400_000 == 0: "\(time / 86_400_000)d"
    case let time where time >= 3_600_000 && time % 3_600_000 == 0: "\(time / 3_600_000)h"
    default: measure
    }
  }

  /// The number of whole milliseconds, rounded down.
  package var milliseconds: Int {
    Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
  }
}
