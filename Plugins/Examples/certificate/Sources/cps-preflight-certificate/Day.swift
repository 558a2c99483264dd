import FoundationEssentials

/// A day, written as in the protocol: `2027-03-31`.
struct Day {
  private static let style = Date.ISO8601FormatStyle().year().month().day()

  /// The start of the day in UTC.
  private let start: Date
  let text: String

  /// The day of that moment, in UTC.
  init(_ moment: Date) {
    text = moment.formatted(Self.style)
    start = (try? Date(text, strategy: Self.style)) ?? moment
  }

  /// Reads a day. Returns `nil` if the calendar has no such day, such as 30 February.
  init?(_ text: String) {
    guard let start = try? Date(text, strategy: Self.style), start.formatted(Self.style) == text else {
      return nil
    }
    self.text = text
    self.start = start
  }

  /// The day in French notation: `31/03/2027`.
  var french: String { text.split(separator: "-").reversed().joined(separator: "/") }

  /// The number of days from `other` to this day.
  func days(since other: Day) -> Int { Int((start.timeIntervalSince(other.start) / 86_400).rounded()) }
}
