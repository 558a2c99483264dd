import Preflight
import RuleFile

/// The bytes of a rule file while edits are made in them: what no edit names stays as it is, comments, layout, ends of
/// lines and byte order mark.
struct EditedText {
  /// An edit, and what it was made for.
  struct Change {
    let diagnostic: Diagnostic
    /// Where what it wrote is now.
    fileprivate(set) var range: Range<Int>
    /// How many bytes were there before.
    fileprivate let removed: Int
  }

  /// The file, with its byte order mark if it has one.
  private(set) var bytes: [UInt8]
  /// The edits that were made, in the order in which they were.
  private(set) var changes: [Change] = []
  private let original: [UInt8]
  private let markLength: Int
  /// What ends the lines of the file; the first one counts.
  private let lineEnd: [UInt8]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    original = bytes
    markLength = bytes.count - YAMLDocument.withoutMark(bytes).count
    let end = bytes.firstIndex(of: 0x0A)
    lineEnd = end.map { $0 > 0 && bytes[$0 - 1] == 0x0D } == true ? [0x0D, 0x0A] : [0x0A]
  }

  /// The lines as they are now.
  var lines: SourceLines { SourceLines(YAMLDocument.withoutMark(bytes)) }

  /// The text with the edits made that the diagnostics propose. They name places in the text as it is now, and do not
  /// overlap.
  func making(_ proposed: [Diagnostic]) -> EditedText {
    let lines = lines
    var made = self
    // From the end, so that no edit moves the place of the next one; at one place, an insertion comes first in the text.
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
    for index in changes.indices {
      let old = changes[index].range
      let start = moved(old.lowerBound, inside: range.lowerBound)
      let end = moved(old.upperBound, inside: range.lowerBound + written.count)
      changes[index].range = start..<max(start, end)
    }
    let start = range.lowerBound
    changes.append(
      Change(diagnostic: diagnostic, range: start..<start + written.count, removed: range.count))
  }

  /// The bytes that an edit replaces; nil if the text has no such line.
  private func range(of edit: TextEdit, in lines: SourceLines) -> Range<Int>? {
    guard lines.ranges.indices.contains(edit.span.start.line - 1) else { return nil }
    let line = lines.ranges[edit.span.start.line - 1]
    func offset(_ column: Int) -> Int {
      var rest = column - 1
      var offset = line.lowerBound
      while offset < line.upperBound {
        // Continuation bytes are no columns of their own.
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

  /// Where what an edit wrote begins and ends now.
  func span(of change: Change, in lines: SourceLines) -> Span {
    Span(
      start: lines.place(of: change.range.lowerBound - markLength),
      end: lines.place(of: change.range.upperBound - markLength))
  }

  /// Where that place was before any edit was made.
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
