package import Preflight

/// What to write instead.
package struct Proposal: Sendable {
  /// The proposal in words, which follow the message.
  package let words: LocalizedText
  /// The edit that makes the repair, if any: editors offer it, and `rules lint --fix` makes it.
  package let edit: TextEdit?
  /// Whether the edit is the only possible repair. A choice between several is left to a person.
  package let isOnly: Bool

  /// Makes a proposal.
  ///
  /// - Parameter isOnly: whether no other repair is possible, so that `rules lint --fix` may make the edit.
  package init(_ words: LocalizedText, edit: TextEdit? = nil, isOnly: Bool = true) {
    self.words = words
    self.edit = edit
    self.isOnly = isOnly
  }

  /// The same proposal with its edit elsewhere, or with none.
  package func moving(_ edit: TextEdit?) -> Proposal { Proposal(words, edit: edit, isOnly: isOnly) }

  /// To write that value in place of what is there.
  package static func write(_ value: String, at span: Span, isOnly: Bool = true) -> Proposal {
    Proposal(
      LocalizedText(fr: "écrire \(value)", en: "write \(value)"), edit: TextEdit(span, replacement: value),
      isOnly: isOnly)
  }

  /// To write what that fact says in place of what is there.
  package static func fact(_ name: FactName, at span: Span) -> Proposal {
    .write("{ fact: \(name.rawValue) }", at: span)
  }

  /// To begin the file with the version of the rule file that this program reads.
  package static func versionLine(before span: Span) -> Proposal {
    let start = Span(at: Place(line: span.start.line, column: 1), file: span.file)
    return Proposal(
      LocalizedText(fr: "ajouter la ligne « version: 1 »", en: "add the line “version: 1”"),
      edit: TextEdit(start, replacement: "version: 1\n"))
  }

  /// To write one of those names in place of what is there; the edit writes the first. Nil if there is none.
  package static func oneOf(_ names: [String], at span: Span) -> Proposal? {
    guard let first = names.first else { return nil }
    guard names.count > 1, let last = names.prefix(mostNamed).last else { return .name(first, at: span) }
    func list(_ quoted: (String) -> String, or: String) -> String {
      names.prefix(mostNamed).dropLast().map(quoted).joined(separator: ", ") + or + quoted(last)
    }
    let french = list({ "«\u{A0}\($0)\u{A0}»" }, or: " ou ")
    let english = list({ "“\($0)”" }, or: " or ")
    return Proposal(
      LocalizedText(fr: "écrire \(french)", en: "write \(english)"), edit: TextEdit(span, replacement: first),
      isOnly: false)
  }

  /// The most names that a proposal lists.
  private static let mostNamed = 6

  /// To write that name in place of what is there.
  package static func name(_ name: String, at span: Span, isOnly: Bool = true) -> Proposal {
    Proposal(
      LocalizedText(fr: "écrire « \(name) »", en: "write “\(name)”"), edit: TextEdit(span, replacement: name),
      isOnly: isOnly)
  }
}

/// A change to one line of a file.
package struct TextEdit: Sendable, Hashable {
  /// The replaced span; if it is empty, the text is inserted there.
  package let span: Span
  /// The new text; it may have several lines.
  package let replacement: String

  /// Makes an edit that replaces a span on one line.
  package init(_ span: Span, replacement: String) {
    self.span = span
    self.replacement = replacement
  }

  /// Returns the lines of the file with this change made.
  package func applied(to lines: [Substring]) -> [Substring] {
    var lines = lines
    let index = span.start.line - 1
    guard lines.indices.contains(index) else { return lines }
    let scalars = Array(lines[index].unicodeScalars)
    let start = min(span.start.column - 1, scalars.count)
    let isOneLine = span.end.line == span.start.line
    let end = isOneLine ? min(max(start, span.end.column - 1), scalars.count) : scalars.count
    var changed = String.UnicodeScalarView()
    changed.append(contentsOf: scalars[..<start])
    changed.append(contentsOf: replacement.unicodeScalars)
    changed.append(contentsOf: scalars[end...])
    lines[index] = Substring(String(changed))
    return lines
  }
}
