import Preflight

/// How the check `fact` compares a fact with another one, `{ fact: NAME }`; docs/rule-file.md, “fact”.
struct FactRelation: Sendable {
  /// The fact that gives the expected value.
  let other: FactDeclaration
  private let name: String
  /// The mask for both values if either fact is personal: shown beside the other, a masked value would be no secret.
  private let mask: Personal.Kind?

  /// Makes the comparison called `name`.
  ///
  /// - Throws: ``ParameterError`` if this comparison makes no sense for the two facts.
  init(_ name: String, of fact: FactDeclaration, with other: FactDeclaration) throws(ParameterError) {
    self.name = name
    self.other = other
    mask = fact.type.mask ?? other.type.mask
    guard fact.name != other.name else {
      throw ParameterError(
        name, fr: "« \(fact.name.rawValue) » serait comparé à lui-même",
        en: "“\(fact.name.rawValue)” would be compared with itself")
    }
    let applies =
      switch (name, fact.type.bare) {
      case ("equals", .boolean), ("equals", .integer), ("equals", .text), ("equals", .date),
        ("equals", .version),
        ("equals", .duration):
        true
      case ("at_least", .date), ("at_least", .version), ("at_least", .integer), ("at_least", .duration): true
      case ("at_most", .date), ("at_most", .version), ("at_most", .integer), ("at_most", .duration): true
      case ("before", .date), ("after", .date): true
      default: false
      }
    guard applies else { throw FactComparison.doesNotApply(name, to: fact.type) }
    guard fact.type.bare == other.type.bare else {
      throw ParameterError(
        name,
        fr: """
          « \(other.name.rawValue) » est \(other.type.bare.name.french), et « \(fact.name.rawValue) » \
          \(fact.type.bare.name.french)
          """,
        en: """
          “\(other.name.rawValue)” is \(other.type.bare.name.english), and “\(fact.name.rawValue)” is \
          \(fact.type.bare.name.english)
          """)
    }
  }

  /// Returns whether the fact's value is the expected one.
  ///
  /// - Throws: ``Unavailability`` if that cannot be decided.
  func holds(for value: FactValue, as asked: FactValue) throws(Unavailability) -> Bool {
    guard let comparison = comparison(with: asked.bare) else { throw FactComparison.incomparable }
    return try comparison.holds(for: value.bare)
  }

  /// A value of either fact, in words.
  func shown(_ value: FactValue) -> LocalizedText { LocalizedText(value, maskedAs: mask) }

  /// The expected value, in words.
  func words(_ asked: FactValue) -> LocalizedText {
    let value = shown(asked)
    let (french, english): (Text, Text) =
      switch name {
      case "at_least": ("au moins ", "at least ")
      case "at_most": ("au plus ", "at most ")
      case "before": ("avant le ", "before ")
      case "after": ("après le ", "after ")
      default: ("", "")
      }
    return LocalizedText(fr: "\(french)\(value.french)", en: "\(english)\(value.english)")
  }

  private func comparison(with asked: FactValue) -> FactComparison? {
    switch (name, asked) {
    case ("equals", _): .equals(asked)
    case ("at_least", _): .atLeast(asked)
    case ("at_most", _): .atMost(asked)
    case ("before", .date(let date)): .before(date)
    case ("after", .date(let date)): .after(date)
    default: nil
    }
  }
}
