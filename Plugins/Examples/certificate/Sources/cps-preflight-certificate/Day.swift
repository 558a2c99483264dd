import FoundationEssentials

/// A day, as the protocol writes it: `2027-03-31`.
struct Day {
  private static let style = Date.ISO8601FormatStyle().year().month().day()

  /// When the day begins, in UTC.
  private let start: Date
  let text: String

  /// The day of that moment, in UTC.
  init(_ moment: Date) {
    text = moment.formatted(Self.style)
    start = (try? Date(text, strategy: Self.style)) ?? moment
  }

  /// Only a day of the calendar: 30 February is none.
  init?(_ text: String) {
    guard let start = try? Date(text, strategy: Self.style), start.formatted(Self.style) == text else {
      return nil
    }
    self.text = text
    self.start = start
  }

  /// As French people write it, `31/03/2027`.
  var french: String { text.split(separator: "-").reversed().joined(separator: "/") }

  /// How many days it is from that day to this one.
  func days(since other: Day) -> Int { Int((start.timeIntervalSince(other.start) / 86_400).rounded()) }
}
