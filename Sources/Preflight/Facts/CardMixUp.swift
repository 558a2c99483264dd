/// What shows that facts of several sources are not those of one card, or of one reading of it.
enum CardMixUp {
  /// The facts by which one card, or one reading, is told from another.
  static let marks: Set<FactName> = [
    .cardNumber, .cardATR, .cardReader, .readerState, .holderName, .reportCreatedOn,
  ]

  /// Returns the first pair of marks that are not those of one card, in the order in which they are given. Nil if nothing shows a
  /// mix-up.
  ///
  /// - Parameter marks: facts of several sources.
  static func first(among marks: [Fact]) -> (Fact, Fact)? {
    for (index, mark) in marks.enumerated() {
      if let other = marks[..<index].first(where: { $0.name == mark.name && areOfTwoCards($0, mark) }) {
        return (other, mark)
      }
    }
    return nil
  }

  private static func areOfTwoCards(_ one: Fact, _ other: Fact) -> Bool {
    guard let first = one.value, let second = other.value, first != second else { return false }
    guard case .personal(let some) = first, case .personal(let others) = second else { return true }
    // A mask says nothing of what it hides.
    if some.isMask || others.isMask { return false }
    return one.name != .holderName || !isSameName(some.unmasked, others.unmasked)
  }

  /// Whether two writings may be one person's name: each program has its own order, capitals and accents, and may leave out a name.
  private static func isSameName(_ one: String, _ other: String) -> Bool {
    let (some, others) = (words(of: one), words(of: other))
    return some.isSubset(of: others) || others.isSubset(of: some)
  }

  private static func words(of name: String) -> Set<String> {
    Set(
      name.unicodeScalars.split { !($0.properties.isAlphabetic || Folding.isAccent($0)) }.map {
        Folding.folded($0)
      })
  }
}
