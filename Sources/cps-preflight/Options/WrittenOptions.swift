/// Arguments as they are written: each with the value that belongs to it, up to `--`.
struct WrittenOptions: Sequence, IteratorProtocol {
  struct Element {
    /// The argument up to `=`: the name of an option, or a word.
    let name: String
    /// What follows `=`, or the next argument if the option takes one; nil if there is none.
    let value: String?
    /// Whether the value follows `=`.
    let isAttached: Bool
  }

  private var rest: ArraySlice<String>
  private let takesValue: (String) -> Bool

  /// - Parameter takesValue: whether the option of that name takes a value.
  init(_ arguments: some Sequence<String>, takingValues takesValue: @escaping (String) -> Bool) {
    rest = Array(arguments)[...]
    self.takesValue = takesValue
  }

  mutating func next() -> Element? {
    guard let argument = rest.popFirst(), argument != "--" else {
      rest = []
      return nil
    }
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.first.map(String.init) ?? ""
    if parts.count == 2 { return Element(name: name, value: String(parts[1]), isAttached: true) }
    // A value that looks like an option may be a forgotten value; `-` alone is standard input.
    guard takesValue(name), let following = rest.first, !following.hasPrefix("-") || following == "-" else {
      return Element(name: name, value: nil, isAttached: false)
    }
    return Element(name: name, value: rest.removeFirst(), isAttached: false)
  }
}
