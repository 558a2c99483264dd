/// The known name that was probably meant: the nearest one, where it is near enough.
///
/// Distance counts insertions, deletions, replacements and swaps of neighbours (Damerau-Levenshtein,
/// optimal string alignment); a third of the name may differ.
package func nearestName(to name: String, among known: some Sequence<String>) -> String? {
  let wanted = Array(name.lowercased().prefix(64))
  // Someone who wrote only the beginning meant the only name that begins so.
  let begun = known.filter { wanted.count >= 3 && $0.lowercased().hasPrefix(String(wanted)) }
  if begun.count == 1 { return begun[0] }
  // And who left out what stands before the dot, the only name that ends so.
  let ended = known.filter { wanted.count >= 3 && $0.lowercased().hasSuffix("." + String(wanted)) }
  if ended.count == 1 { return ended[0] }
  let ranked = known.map { ($0, editDistance(wanted, Array($0.lowercased()))) }
  guard let (best, distance) = ranked.min(by: { ($0.1, $0.0) < ($1.1, $1.0) }) else { return nil }
  return distance <= max(1, max(wanted.count, best.count) / 3) ? best : nil
}

private func editDistance(_ left: [Character], _ right: [Character]) -> Int {
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
