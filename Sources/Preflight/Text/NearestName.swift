/// The known name that was probably meant: the nearest one, where it is near enough.
///
/// Distance counts insertions, deletions, replacements and swaps of neighbours (Damerau-Levenshtein,
/// optimal string alignment); a third of the name may differ.
package func nearestName(to name: String, among known: some Sequence<String>) -> String? {
  nearestNames(to: name, among: known).first
}

/// The known names that are as near as ``nearestName(to:among:)``, in the order of the alphabet: more than one where
/// nothing tells which of them was meant; none where none is near enough.
package func nearestNames(to name: String, among known: some Sequence<String>) -> [String] {
  let beginning = String(name.prefix(64)).lowercased()
  let wanted = Array(beginning.unicodeScalars)
  // Nobody means a name that is written with this many signs by another one.
  guard wanted.count <= 256 else { return [] }
  let names = known.compactMap { name in name.utf8.count <= 1024 ? (name, name.lowercased()) : nil }
  if wanted.count >= 3 {
    // Someone who wrote only the beginning meant the only name that begins so.
    let begun = names.filter { $0.1.hasPrefix(beginning) }
    if begun.count == 1 { return [begun[0].0] }
    // And who left out what stands before the dot, the only name that ends so.
    let ended = names.filter { $0.1.hasSuffix("." + beginning) }
    if ended.count == 1 { return [ended[0].0] }
  }
  var best: (distance: Int, names: Set<String>)?
  for (name, lowercased) in names {
    let other = Array(lowercased.unicodeScalars)
    let allowed = max(1, max(wanted.count, other.count) / 3)
    // What is longer or shorter by more is further away.
    guard abs(wanted.count - other.count) <= allowed else { continue }
    let distance = editDistance(wanted, other)
    guard distance <= allowed else { continue }
    if distance == best?.distance {
      best?.names.insert(name)
    } else if distance < best?.distance ?? .max {
      best = (distance, [name])
    }
  }
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
