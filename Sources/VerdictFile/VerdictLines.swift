import JSON
package import Preflight

/// Verdicts as lines of JSON: one line for each line of the input, with the verdict in the format of
/// `check --format json` or with the reason why it could not be judged; docs/evaluate.md.
///
/// Each thread uses its own value, which reuses its memory.
package struct VerdictLines: Sendable {
  /// A line of the input, which a verdict answers.
  package struct Line: Sendable {
    let number: Int
    let id: LineID?

    /// - Parameters:
    ///   - number: the number of the line, counted from 1.
    ///   - id: the identifier in the line; nil if it has none.
    package init(_ number: Int, id: LineID?) {
      self.number = number
      self.id = id
    }
  }

  private let writer: VerdictWriter
  private var json = JSONWriter()

  /// - Parameters:
  ///   - usualDay: the day that most lines are judged on; nil if it is not known.
  ///   - isBrief: whether to leave out the facts and the rules that passed or were skipped.
  package init(
    _ plan: Plan, on usualDay: CivilDate? = nil, _ details: RunDetails, _ wording: Wording, isBrief: Bool
  ) {
    writer = VerdictWriter(
      plan.stages.map { ($0, $0.rules) }, for: plan.use, on: usualDay, isBrief: isBrief, details, wording)
  }

  /// How many bytes were written since the last ``clear()``.
  package var count: Int { json.bytes.count }

  /// The lines written since the last ``clear()``, in UTF-8.
  package var bytes: [UInt8] { json.bytes }

  /// Removes the lines written so far and keeps the memory.
  package mutating func clear() { json.clear() }

  /// Adds the line for a verdict.
  package mutating func append(_ verdict: Verdict, of line: Line) {
    writer.write(verdict, as: .init(number: line.number, id: line.id), to: &json)
    json.endLine()
  }

  /// Adds the line for an input line that could not be judged.
  ///
  /// - Parameter column: the position of the error in that line, counted from 1. Nil if it is not known.
  package mutating func append(malformed line: Line, at column: Int?, _ message: LocalizedText) {
    writer.write(
      malformed: .init(number: line.number, id: line.id), at: column, message, to: &json)
    json.endLine()
  }
}
