/// Many texts that are looked for at once, letter by letter (Aho and Corasick, 1975).
struct ManyTexts: Sendable {
  /// The state after a letter in a state. A state is what the last letters have in common with the beginning of a text.
  private var next: [Step: Int32] = [:]
  /// The state to which each one is extended by its letter, and that letter, in the order in which they were made.
  private var steps: [Step] = [Step(state: 0, letter: " ")]
  /// How many letters lead to each state.
  private var depths: [Int32] = [0]
  /// The longest text that ends in each state, in letters; 0 if none does.
  private var lengths: [Int32] = [0]
  /// The state that is left of each one without its first letters.
  private var rests: [Int32] = [0]

  private struct Step: Hashable {
    let state: Int32
    let letter: Unicode.Scalar
  }

  var isEmpty: Bool { steps.count == 1 }

  mutating func add(_ text: [Unicode.Scalar]) {
    var state: Int32 = 0
    for letter in text {
      let step = Step(state: state, letter: letter)
      if let known = next[step] {
        state = known
        continue
      }
      let new = Int32(steps.count)
      next[step] = new
      steps.append(step)
      depths.append(depths[Int(state)] + 1)
      lengths.append(0)
      rests.append(0)
      state = new
    }
    if state != 0 { lengths[Int(state)] = depths[Int(state)] }
  }

  /// Makes the texts ready to be looked for.
  mutating func prepare(counting work: inout Int) {
    guard !isEmpty else { return }
    // Shorter states first, as each one's rest is shorter than itself.
    var byDepth = [[Int32]](repeating: [], count: Int(depths.max() ?? 0) + 1)
    for state in depths.indices { byDepth[Int(depths[state])].append(Int32(state)) }
    for state in byDepth.dropFirst().joined() {
      let step = steps[Int(state)]
      let rest =
        step.state == 0 ? 0 : self.state(after: step.letter, in: rests[Int(step.state)], counting: &work)
      rests[Int(state)] = rest
      if lengths[Int(state)] == 0 { lengths[Int(state)] = lengths[Int(rest)] }
    }
  }

  private func state(after letter: Unicode.Scalar, in state: Int32, counting work: inout Int) -> Int32 {
    var state = state
    while true {
      work += 1
      if let next = next[Step(state: state, letter: letter)] { return next }
      if state == 0 { return 0 }
      state = rests[Int(state)]
    }
  }

  /// Returns where texts are, for each letter the longest of those that end with it.
  func ranges(in text: [Unicode.Scalar], counting work: inout Int) -> [Range<Int>] {
    guard !isEmpty else { return [] }
    var ranges: [Range<Int>] = []
    var state: Int32 = 0
    for (place, letter) in text.enumerated() {
      state = self.state(after: letter, in: state, counting: &work)
      let length = Int(lengths[Int(state)])
      if length > 0 { ranges.append((place + 1 - length)..<(place + 1)) }
    }
    return ranges
  }
}
