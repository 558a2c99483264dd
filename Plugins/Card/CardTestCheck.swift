package import Preflight

/// The check `card.test`: the card is not a test card; docs/cards.md, “Test cards”.
package struct CardTestCheck: Check {
  private let passesUnknown: Bool

  /// Reads what to do with a card of unknown category: `unknown: pass` accepts it. Never throws.
  package init(_ parameters: Parameters) throws(ParameterError) {
    passesUnknown = parameters.string("unknown") == "pass"
  }

  /// Whether it is a test card, as a facts file says it, and the category that is written on the card.
  package var facts: Set<FactName> { [.cardTest, .cardCategory] }

  /// Fails for a test card.
  ///
  /// - Throws: ``Unavailability`` if the two facts contradict each other, or if both are unknown and the rule does not
  ///   accept that.
  package func judge(_ facts: Facts) throws(Unavailability) -> Judgement {
    let isTest = try known { () throws(Unavailability) in try facts.boolean(.cardTest) }
    let category = try known { () throws(Unavailability) in try categoryOnCard(facts) }
    switch (isTest, category) {
    case (.success(let isTest), .success(let category)) where isTest != category.isTest:
      throw Self.contradiction(isTest, category)
    case (_, .success(let category)): return Self.judgement(category)
    case (.success(true), .failure):
      return .fail(
        fr: "carte de test", en: "a test card",
        case: Self.found("–", CardCategory.testCard.name))
    case (.success(false), .failure):
      return .pass(fr: "carte destinée aux lots réels", en: "a card for real lots")
    case (.failure(let why), .failure(let other)):
      // A fault of the card says more than a fact that was not given.
      let why = why.reason == .notGiven ? other : why
      guard passesUnknown else { throw why.in(FoundCase("category_unknown")) }
      return .pass(
        fr: "catégorie de la carte inconnue, ce que la règle admet",
        en: "the card's category is not known, which the rule accepts")
    }
  }

  /// The value of a fact, or why it is unknown.
  ///
  /// - Throws: ``Unavailability`` if sources contradict each other, or reading failed: that is not a lack of knowledge.
  private func known<Value>(
    _ read: () throws(Unavailability) -> Value
  ) throws(Unavailability) -> Result<Value, Unavailability> {
    do throws(Unavailability) { return .success(try read()) } catch {
      guard error.reason.isLackOfKnowledge else { throw error }
      return .failure(error)
    }
  }

  private func categoryOnCard(_ facts: Facts) throws(Unavailability) -> CardCategory {
    let word = try facts.text(.cardCategory)
    guard let category = CardCategory(rawValue: word) else {
      throw Unavailability(
        .malformed,
        LocalizedText(fr: "catégorie de carte inconnue", en: "an unknown category of card"))
    }
    return category
  }

  private static func judgement(_ category: CardCategory) -> Judgement {
    let (name, number) = (category.name, Text(category.rawValue))
    guard category.isTest else {
      return .pass(
        fr: "\(name.french) (catégorie \(number))", en: "\(name.english) (category \(number))")
    }
    return .fail(
      fr: "\(name.french) (catégorie \(number))", en: "\(name.english) (category \(number))",
      case: found(number, name))
  }

  private static func found(_ category: Text, _ name: LocalizedText) -> FoundCase {
    FoundCase("test_card", ["category": LocalizedText(everywhere: category), "name": name])
  }

  private static func contradiction(_ isTest: Bool, _ category: CardCategory) -> Unavailability {
    Unavailability(
      .disagreement,
      LocalizedText(
        fr: """
          card.test dit \(isTest ? "carte de test" : "carte réelle"), et card.category dit \(category.name.french) \
          (\(Text(category.rawValue)))
          """,
        en: """
          card.test says \(isTest ? "a test card" : "a real card"), and card.category says \(category.name.english) \
          (\(Text(category.rawValue)))
          """))
  }
}

// MARK: - Documentation

extension CardTestCheck {
  /// `unknown` says whether a card of unknown category passes; docs/cards.md lists the categories.
  package static let description = CheckDescription(
    id: "card.test",
    summary: LocalizedText(fr: "la carte n'est pas une carte de test", en: "the card is not a test card"),
    rationale: LocalizedText(
      fr: "un lot réel signé par une carte de test est refusé, et l'inverse (erreur F026)",
      en: "a real lot that a test card signs is refused, and the reverse (error F026)"),
    parameters: [
      Parameter(
        "unknown", .choice(["undecided", "pass"]), default: "undecided",
        fr: "le résultat si la catégorie n'est pas connue",
        en: "the result if the category is not known")
    ],
    cases: [
      CheckCase(
        "test_card", fr: "c'est une carte de test", en: "it is a test card",
        variables: [
          CaseVariable("category", fr: "sa catégorie, ou un tiret", en: "its category, or a dash"),
          CaseVariable(
            "name", fr: "ce qu'est une carte de cette catégorie", en: "what a card of that category is"),
        ]),
      .undecided(
        "category_unknown", fr: "la catégorie de la carte n'est pas connue",
        en: "the card's category is not known"),
    ],
    examples: [
      CheckExample(
        "A card in use", facts: [.cardCategory: .text("00"), .cardTest: .boolean(false)], is: .pass),
      CheckExample("A test card", facts: [.cardTest: .boolean(true)], is: .fail, "test_card"),
      CheckExample("Its category alone", facts: [.cardCategory: .text("80")], is: .fail, "test_card"),
      CheckExample("A test security module", facts: [.cardCategory: .text("82")], is: .fail, "test_card"),
      CheckExample("Nobody has looked", facts: [:], is: .unknown, "category_unknown"),
      CheckExample(
        "Nobody has looked, and the rule accepts that", parameters: ["unknown": .string("pass")], facts: [:],
        is: .pass),
      CheckExample(
        "Two that contradict each other", parameters: ["unknown": .string("pass")],
        facts: [.cardCategory: .text("00"), .cardTest: .boolean(true)], is: .unknown),
    ])
}
