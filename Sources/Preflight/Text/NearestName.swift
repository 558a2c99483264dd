/// Returns the known name that was probably meant: the most similar one. Returns nil if none is similar enough.
///
/// The distance counts insertions, deletions, replacements and swaps of neighbours (Damerau-Levenshtein, optimal
/// string alignment). Up to a third of the name may differ.
package func nearestName(to name: String, among known: some Sequence<String>) -> String? {
  nearestNames(to: name, among: known).first
}

/// Returns the known names that are as similar as ``nearestName(to:among:)``, in alphabetical order. There is more
/// than one if it is not clear which was meant, and none if none is similar enough.
package func nearestNames(to name: String, among known: some Sequence<String>) -> [String] {
  let beginning = String(name.prefix(64)).lowercased()
  let wanted = Array(beginning.unicodeScalars)
  // A name of this length is not a misspelling of a known one.
  guard wanted.count <= 256 else { return [] }
  let names = known.compactMap { name in name.utf8.count <= 1024 ? (name, name.lowercased()) : nil }
  var begun: [String] = []
  if wanted.count >= 3 {
    // If only one name begins with what was written, it was meant.
    begun = names.filter { $0.1.hasPrefix(beginning) }.map(\.0)
    if begun.count == 1 { return begun }
    // If only one name ends with it after a dot, the first part was left out.
    let ended = names.filter { $0.1.hasSuffix("." + beginning) }
    if ended.count == 1 { return [ended[0].0] }
  }
  var best: (distance: Int, names: Set<String>)?
  for (name, lowercased) in names {
    let other = Array(lowercased.unicodeScalars)
    let allowed = max(1, max(wanted.count, other.count) / 3)
    // A larger difference in length is a larger distance.
    guard abs(wanted.count - other.count) <= allowed else { continue }
    let distance = editDistance(wanted, other)
    guard distance <= allowed else { continue }
    if distance == best?.distance {
      best?.names.insert(name)
    } else if distance < best?.distance ?? .max {
      best = (distance, [name])
    }
  }
  // Where more than a letter is left out, each of the names that begin with what was written may have been meant.
  if let best, best.distance > 1, begun.contains(where: best.names.contains) { return begun.sorted() }
  return best?.names.sorted() ?? []
}

private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
  guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
  var beforeLast = [Int](repeating: 0, count: right.count + 1)
  var last = Array(0...right.count)
  for row in 1...left.count {
    var current = [row] + [Int](repeating: 0, count: right.count)
    for column in 1...right.count {
      let cost = left[row - 1] == right[column - 1] ? 0 : 1
      current[column] = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + cost)
      if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
        current[column] = min(current[column], beforeLast[column - 2] + 1)
      }
    }
    beforeLast = last
    last = current
  }
  return last[right.count]
}
