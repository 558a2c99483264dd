import Preflight
import RuleFile

/// How a change to a line shifted what comes after it, to map findings in the changed file back to the actual file.
struct LineShift {
  let line: Int
  private var file = 0
  /// The start of the changed part, with its old and new end.
  private let start: Int
  private let oldEnd: Int
  private let newEnd: Int

  init(line: Int, file: Int = 0, start: Int, oldEnd: Int, newEnd: Int) {
    self.line = line
    self.file = file
    self.start = start
    self.oldEnd = oldEnd
    self.newEnd = newEnd
  }

  /// The shifts between two states of a file, one for each changed line.
  static func shifts(from old: [Substring], to new: [Substring]) -> [LineShift] {
    zip(old, new).enumerated().compactMap { index, pair in
      guard pair.0 != pair.1 else { return nil }
      let edit = RepairCandidate(kind: .straySign, index: index, line: String(pair.1)).edit(of: pair.0)
      let start = edit.span.start.column
      return LineShift(
        line: index + 1, start: start, oldEnd: edit.span.end.column,
        newEnd: start + edit.replacement.unicodeScalars.count)
    }
  }

  private func before(_ place: Place) -> Place {
    guard place.line == line, place.column > start else { return place }
    return Place(
      line: line, column: place.column >= newEnd ? place.column + oldEnd - newEnd : min(place.column, oldEnd))
  }

  private func before(_ span: Span) -> Span {
    guard span.file == file else { return span }
    return Span(start: before(span.start), end: before(span.end), file: span.file)
  }

  /// Returns the finding with its place before the change.
  func before(_ finding: Finding) -> Finding {
    let proposal = finding.proposal.map { proposal in
      proposal.moving(proposal.edit.map { TextEdit(before($0.span), replacement: $0.replacement) })
    }
    return Finding(
      id: finding.id, severity: finding.severity, span: before(finding.span), message: finding.message,
      proposal: proposal, began: finding.began.map(before))
  }
}
