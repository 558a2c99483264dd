import Preflight
import RuleFile

/// The lines that may hold the slip that stopped the reading.
struct Suspects {
  let lines: [Substring]
  /// How many lines further up are searched.
  private static let reach = 2000

  /// The indices of the lines, the likeliest first: where reading stopped, the lines before, and the next; then lines
  /// further up that leave something open, and the one where the construct began.
  func indices(of error: Finding) -> [Int] {
    let stop = error.span.start.line - 1
    var suspects = (0...8).map { stop - $0 } + [stop + 1]
    suspects += openQuotes(before: stop)
    if let list = listWithoutDash(before: stop) { suspects.append(list) }
    if let began = error.began { suspects.append(began.line - 1) }
    var seen: Set<Int> = []
    return suspects.filter { lines.indices.contains($0) && seen.insert($0).inserted }
  }

  /// The nearest lines that open quotes and do not close them.
  private func openQuotes(before stop: Int) -> [Int] {
    var found: [Int] = []
    for index in lines.indices.prefix(max(stop, 0)).suffix(Self.reach).reversed() where found.count < 2 {
      let parts = LineParts(lines[index])
      let value = parts.rest.drop { $0 == ":" || $0 == " " }
      let isOpen = value.hasPrefix("'") && !value.dropFirst().hasSuffix("'")
      if isOpen || parts.content.count(where: { $0 == "\"" }) % 2 == 1 { found.append(index) }
    }
    return found
  }

  /// The nearest line that is indented like list items, right below the key that should hold them.
  private func listWithoutDash(before stop: Int) -> Int? {
    guard lines.indices.contains(stop) else { return nil }
    let item = LineParts(lines[stop])
    var below: Int?
    for index in lines.indices.prefix(stop).suffix(Self.reach).reversed() {
      let parts = LineParts(lines[index])
      guard !parts.isBlank else { continue }
      if let below, parts.rest == ":" {
        let first = LineParts(lines[below])
        if !first.hasDash, [item.indentation, item.contentIndentation].contains(first.indentation),
          parts.indentation < first.indentation
        {
          return below
        }
      }
      below = index
    }
    return nil
  }
}
