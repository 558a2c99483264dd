import Preflight

/// A fact that the source `cryptoki` gives: where the module holds it, and how it is read.
///
/// What the source provides and which objects it reads follow from ``all``: a fact missing from it is never given.
struct CardFact: Sendable {
  /// What must be available before the fact is known.
  enum Place: Sendable, Hashable {
    /// The module itself, whatever the card.
    case module
    /// The try of the code porteur, if any, whatever has happened to the card since.
    case login
    /// The card's token.
    case token
    /// A public object of the card, which needs no code.
    case object(String)
    /// The private objects, which need the code porteur.
    case privateObjects
  }

  let name: FactName
  let place: Place
  /// Reads the value; `nil` if the card was read and holds none.
  ///
  /// - Throws: ``Unavailability`` with the reason why that is not known.
  let read: @Sendable (CardFacts) throws(Unavailability) -> FactValue?

  private init(
    _ name: FactName, _ place: Place,
    _ read: @escaping @Sendable (CardFacts) throws(Unavailability) -> FactValue?
  ) {
    self.name = name
    self.place = place
    self.read = read
  }

  /// Every fact that the source gives.
  static let all: [CardFact] = [
    CardFact(.cryptolibLibrary, .module) { facts throws(Unavailability) in .version(try facts.library()) },
    CardFact(.cryptolibModule, .module) { facts throws(Unavailability) in .text(try facts.module()) },
    CardFact(.cardCode, .login) { facts in facts.codeOutcome.map { .text($0) } },
    CardFact(.cardPIN, .token) { facts throws(Unavailability) in .text(try facts.codeState()) },
    CardFact(.cardKind, .object(CardType.label)) { facts throws(Unavailability) in .text(try facts.kind()) },
    CardFact(.holderName, .object(CardHolder.label)) { facts throws(Unavailability) in
      try facts.holder().map { .personal($0) }
    },
    CardFact(.cardNumber, .object(CardIdentity.label)) { facts throws(Unavailability) in
      .personal(try facts.identity(\.number))
    },
    CardFact(.cardTest, .object(CardIdentity.label)) { facts throws(Unavailability) in
      .boolean(try facts.identity(\.category).isTest)
    },
    CardFact(.cardCategory, .object(CardIdentity.label)) { facts throws(Unavailability) in
      .text(try facts.identity(\.category).rawValue)
    },
    CardFact(.cardIssuedOn, .object(CardIdentity.label)) { facts throws(Unavailability) in
      .date(try facts.identity(\.issuedOn))
    },
    CardFact(.cardExpiresOn, .object(CardIdentity.label)) { facts throws(Unavailability) in
      .date(try facts.identity(\.expiresOn))
    },
    CardFact(.billingDAM, .privateObjects) { facts throws(Unavailability) in
      .boolean(try !facts.billing().situations.isEmpty)
    },
    CardFact(.billingSituations, .privateObjects) { facts throws(Unavailability) in
      .situations(try facts.situations())
    },
    CardFact(.billingPractice, .privateObjects) { facts throws(Unavailability) in
      .texts(try facts.practices().map(\.rawValue))
    },
  ]

  /// The facts with these names. Names of other sources are ignored.
  static func named(_ names: Set<FactName>) -> [CardFact] { all.filter { names.contains($0.name) } }

  /// The labels of the public objects that hold facts with these names, each once.
  static func objects(for names: Set<FactName>) -> [String] {
    var labels: [String] = []
    for fact in named(names) {
      if case .object(let label) = fact.place, !labels.contains(label) { labels.append(label) }
    }
    return labels
  }
}
