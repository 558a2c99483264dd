/// The changes of a file in the unified format of `diff -u`, which `patch` reads.
package struct UnifiedDiff {
  /// The number of unchanged lines around a change.
  private static let context = 3

  private let name: String
  private let before: [Substring]
  private let after: [Substring]

  /// - Parameter name: the file as the user named it, which must not contain a line end.
  package init(of name: String, from before: String, to after: String) {
    self.name = name
    self.before = Self.lines(of: before)
    self.after = Self.lines(of: after)
  }

  /// The lines, each with its line end: the byte LF, even after CR, as the two form one Swift character.
  private static func lines(of text: String) -> [Substring] {
    var lines: [Substring] = []
    var rest = text.unicodeScalars[...]
    while let end = rest.firstIndex(of: "\n") {
      let next = rest.index(after: end)
      lines.append(Substring(rest[..<next]))
      rest = rest[next...]
    }
    if !rest.isEmpty { lines.append(Substring(rest)) }
    return lines
  }

  /// A line of the diff: in both texts, or only before or after.
  private enum Line {
    case both(Int, Int)
    case old(Int)
    case new(Int)

    var isChange: Bool {
      if case .both = self { false } else { true }
    }
  }

  private var script: [Line] {
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    // Compares bytes, as canonical equivalence would hide a change.
    let difference = after.difference(from: before) { $0.utf8.elementsEqual($1.utf8) }
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var script: [Line] = []
    var (old, new) = (0, 0)
    while old < before.count || new < after.count {
      if removed.contains(old) {
        script.append(.old(old))
        old += 1
      } else if inserted.contains(new) {
        script.append(.new(new))
        new += 1
      } else {
        script.append(.both(old, new))
        (old, new) = (old + 1, new + 1)
      }
    }
    return script
  }

  /// The diff; empty if nothing changes.
  package var text: String {
    let script = script
    let changes = script.indices.filter { script[$0].isChange }
    guard let first = changes.first else { return "" }
    var hunks: [ClosedRange<Int>] = []
    var range = first...first
    for change in changes.dropFirst() {
      if change - range.upperBound <= 2 * Self.context {
        range = range.lowerBound...change
      } else {
        hunks.append(range)
        range = change...change
      }
    }
    hunks.append(range)
    return "--- \(name)\n+++ \(name)\n"
      + hunks.map { range in
        hunk(
          script,
          max(0, range.lowerBound - Self.context)..<min(script.count, range.upperBound + Self.context + 1))
      }.joined()
  }

  private func hunk(_ script: [Line], _ range: Range<Int>) -> String {
    let lines = script[range].map { line -> (sign: String, text: Substring) in
      switch line {
      case .both(let old, _): (" ", before[old])
      case .old(let old): ("-", before[old])
      case .new(let new): ("+", after[new])
      }
    }
    func header(_ sign: String, skipping other: String) -> String {
      let skipped = script[..<range.lowerBound].count { line in
        switch line {
        case .both: true
        case .old: sign == "-"
        case .new: sign == "+"
        }
      }
      let count = lines.count { $0.sign != other }
      // The place of an empty range is the line before it.
      return "\(sign)\(count == 0 ? skipped : skipped + 1)" + (count == 1 ? "" : ",\(count)")
    }
    return "@@ \(header("-", skipping: "+")) \(header("+", skipping: "-")) @@\n"
      + lines.map { line in
        line.sign + line.text + (line.text.utf8.last == 0x0A ? "" : "\n\\ No newline at end of file\n")
      }.joined()
  }
}
