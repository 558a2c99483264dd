import Preflight
import RuleFile

/// Edits of lines that do not overlap, to be made at once.
struct Edits {
  /// The edits by file and line, from left to right.
  private var byLine: [Int: [Int: [TextEdit]]] = [:]

  /// - Parameter limit: the most edits to take for one line.
  init(_ edits: [TextEdit], limit: Int) {
    for edit in edits.sorted(by: { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) })
    where edit.span.start.line == edit.span.end.line {
      let own = byLine[edit.span.file]?[edit.span.start.line] ?? []
      guard own.count < limit,
        own.last.map({ $0.span.end <= edit.span.start && $0.span != edit.span }) ?? true
      else { continue }
      byLine[edit.span.file, default: [:]][edit.span.start.line, default: []].append(edit)
    }
  }

  var files: [Int] { byLine.keys.sorted() }

  func contains(_ edit: TextEdit) -> Bool {
    byLine[edit.span.file]?[edit.span.start.line]?.contains(edit) == true
  }

  /// Returns the lines with the edits made, and the place where each edit begins in them.
  func applied(to lines: [Substring], of file: Int) -> (lines: [Substring], starts: Set<Place>) {
    var lines = lines
    var starts: Set<Place> = []
    for (line, edits) in byLine[file] ?? [:] where lines.indices.contains(line - 1) {
      let scalars = Array(lines[line - 1].unicodeScalars)
      var made = String.UnicodeScalarView()
      var (next, length) = (0, 0)
      for edit in edits {
        let start = min(edit.span.start.column - 1, scalars.count)
        made.append(contentsOf: scalars[next..<max(next, start)])
        length += max(0, start - next)
        starts.insert(Place(line: line, column: length + 1))
        made.append(contentsOf: edit.replacement.unicodeScalars)
        length += edit.replacement.unicodeScalars.count
        next = min(max(start, edit.span.end.column - 1), scalars.count)
      }
      made.append(contentsOf: scalars[next...])
      lines[line - 1] = Substring(String(made))
    }
    return (lines, starts)
  }

  /// The shifts that the edits cause, as if those of a line had been made from right to left.
  func shifts(of file: Int) -> [LineShift] {
    (byLine[file] ?? [:]).values.flatMap { edits in
      edits.reversed().map { edit in
        LineShift(
          line: edit.span.start.line, file: file, start: edit.span.start.column, oldEnd: edit.span.end.column,
          newEnd: edit.span.start.column + edit.replacement.unicodeScalars.count)
      }
    }
  }
}
