import Preflight
import RuleFile

/// The bytes of a rule file while edits are made. Everything else is preserved: comments, layout, line ends and byte
/// order mark.
struct EditedText {
  /// An edit, with the diagnostic it was made for.
  struct Change {
    let diagnostic: Diagnostic
    /// The current range of the text that the edit wrote.
    fileprivate(set) var range: Range<Int>
    /// The number of bytes that the edit replaced.
    fileprivate let removed: Int
  }

  /// The file, with its byte order mark if it has one.
  private(set) var bytes: [UInt8]
  /// The edits in the order in which they were made.
  private(set) var changes: [Change] = []
  private let original: [UInt8]
  private let markLength: Int
  /// The line end of the file, taken from its first line.
  private let lineEnd: [UInt8]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    original = bytes
    markLength = bytes.count - YAMLDocument.withoutMark(bytes).count
    let end = bytes.firstIndex(of: 0x0A)
    lineEnd = end.map { $0 > 0 && bytes[$0 - 1] == 0x0D } == true ? [0x0D, 0x0A] : [0x0A]
  }

  /// The current lines.
  var lines: SourceLines { SourceLines(YAMLDocument.withoutMark(bytes)) }

  /// Returns the text with the edits that the diagnostics propose. The diagnostics refer to the current text and do not
  /// overlap.
  func making(_ proposed: [Diagnostic]) -> EditedText {
    let lines = lines
    var made = self
    // Edits are made from the end, so that none moves the place of the next; at one place, an insertion comes first in
    // the text.
    let ranges = proposed.compactMap { diagnostic in
      diagnostic.proposal?.edit.flatMap { edit in
        range(of: edit, in: lines).map { (diagnostic, edit.replacement, $0) }
      }
    }
    for (diagnostic, replacement, range) in ranges.sorted(by: {
      ($0.2.lowerBound, $0.2.upperBound) > ($1.2.lowerBound, $1.2.upperBound)
    }) {
      made.replace(range, with: replacement, for: diagnostic)
    }
    return made
  }

  private mutating func replace(_ range: Range<Int>, with replacement: String, for diagnostic: Diagnostic) {
    let written = replacement.utf8.flatMap { $0 == 0x0A ? lineEnd : [$0] }
    let shift = written.count - range.count
    func moved(_ offset: Int, inside: Int) -> Int {
      offset >= range.upperBound ? offset + shift : min(offset, inside)
    }
    bytes.replaceSubrange(range, with: written)
    changes = changes.map { change in
      var change = change
      let start = moved(change.range.lowerBound, inside: range.lowerBound)
      let end = moved(change.range.upperBound, inside: range.lowerBound + written.count)
      change.range = start..<max(start, end)
      return change
    }
    let start = range.lowerBound
    changes.append(
      Change(diagnostic: diagnostic, range: start..<start + written.count, removed: range.count))
  }

  /// The bytes that an edit replaces; `nil` if the text has no such line.
  private func range(of edit: TextEdit, in lines: SourceLines) -> Range<Int>? {
    guard lines.ranges.indices.contains(edit.span.start.line - 1) else { return nil }
    let line = lines.ranges[edit.span.start.line - 1]
    func offset(_ column: Int) -> Int {
      var rest = column - 1
      var offset = line.lowerBound
      while offset < line.upperBound {
        // Continuation bytes do not count as columns.
        if lines.bytes[offset] & 0xC0 != 0x80 {
          guard rest > 0 else { break }
          rest -= 1
        }
        offset += 1
      }
      return offset
    }
    let start = offset(edit.span.start.column)
    let isOneLine = edit.span.end.line == edit.span.start.line
    let end = isOneLine ? max(start, offset(edit.span.end.column)) : line.upperBound
    return start + markLength..<end + markLength
  }

  // MARK: - Places

  /// The current span of the text that an edit wrote.
  func span(of change: Change, in lines: SourceLines) -> Span {
    Span(
      start: lines.place(of: change.range.lowerBound - markLength),
      end: lines.place(of: change.range.upperBound - markLength))
  }

  /// The place before any edit was made.
  func originalPlace(of place: Place) -> Place {
    guard !changes.isEmpty else { return place }
    let insertion = TextEdit(Span(at: place), replacement: "")
    guard let offset = range(of: insertion, in: lines)?.lowerBound else { return place }
    let shift = changes.reduce(0) {
      $1.range.upperBound <= offset ? $0 + $1.range.count - $1.removed : $0
    }
    let before = SourceLines(YAMLDocument.withoutMark(original))
    return before.place(of: min(max(0, offset - shift - markLength), before.bytes.count))
  }
}
