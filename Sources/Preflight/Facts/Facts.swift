/// What is known in one run: at most one fact of each name.
package struct Facts: Sendable {
  private var facts: [FactName: Fact] = [:]
  /// Which billing situation the run is about.
  package var selection: SituationSelection

  package init(_ facts: [Fact] = [], selection: SituationSelection = .any) {
    self.selection = selection
    self.facts.reserveCapacity(facts.count + 1)
    for fact in facts { add(fact) }
  }

  /// Adds what a source says.
  ///
  /// A fact that is known stays as it is when a later source does not know it. Where two sources know
  /// different things, or one says that there is none, neither is believed: the fact becomes unavailable, and the
  /// message names both.
  package mutating func add(_ fact: Fact) {
    guard let present = facts.updateValue(fact, forKey: fact.name) else { return }
    switch (present.state, fact.state) {
    case (.unavailable(let why), _) where why.reason == .disagreement: facts[fact.name] = present
    case (.unavailable, .known), (.unavailable, .absent): break
    case (_, .unavailable): facts[fact.name] = present
    case (let one, let other) where one == other: facts[fact.name] = present
    default:
      let said = Disagreement(present, fact)
      facts[fact.name] = Fact(
        fact.name,
        unavailable: Unavailability(
          .disagreement,
          LocalizedText(
            fr: """
              \(fact.name.rawValue) : deux sources se contredisent, \(present.source) dit \
              « \(said.first.french) » et \(fact.source) dit « \(said.second.french)
              """,
            en: """
              \(fact.name.rawValue): two sources disagree, \(present.source) says “\(said.first.english)” \
              and \(fact.source) says “\(said.second.english)
              """)),
        source: "\(present.source), \(fact.source)")
    }
  }

  /// Believes that, whatever the sources say.
  package mutating func settle(_ fact: Fact) { facts[fact.name] = fact }

  /// Where two sources named different cards, nothing that either says of a card is believed.
  package mutating func distrustDifferentCards() {
    guard case .unavailable(let why) = self[.cardNumber].state, why.reason == .disagreement else { return }
    let source = self[.cardNumber].source
    for name in facts.keys where name.isOfCard && name != .cardNumber {
      facts[name] = Fact(name, unavailable: why, source: source)
    }
  }

  /// The fact of that name; one that nobody spoke of is unavailable.
  package subscript(name: FactName) -> Fact {
    facts[name]
      ?? Fact(
        name,
        unavailable: Unavailability(
          .notGiven,
          LocalizedText(
            fr: "\(name.rawValue) n'est pas connu : aucune source ne le donne",
            en: "\(name.rawValue) is not known: no source gives it")),
        source: Self.nobody)
  }

  /// What stands for the source of a fact that nobody spoke of.
  package static let nobody = "–"

  /// All that was said, by name.
  package var all: [Fact] { facts.values.sorted { $0.name < $1.name } }
}

// MARK: - What checks read

extension Facts {
  /// The value of a fact. Throws why it is not known.
  package func value(_ name: FactName) throws(Unavailability) -> FactValue {
    switch self[name].state {
    case .known(let value): return value
    case .absent: throw Unavailability(.notGiven, self[name].absence)
    case .unavailable(let why): throw why
    }
  }

  /// A fact that is true or false. Throws why it is not known.
  package func boolean(_ name: FactName) throws(Unavailability) -> Bool {
    guard case .boolean(let value) = try value(name) else { throw ofAnotherType(name) }
    return value
  }

  /// A fact that is a word or a text. Throws why it is not known.
  package func text(_ name: FactName) throws(Unavailability) -> String {
    guard case .text(let value) = try value(name) else { throw ofAnotherType(name) }
    return value
  }

  /// A fact that is a day. Throws why it is not known.
  package func date(_ name: FactName) throws(Unavailability) -> CivilDate {
    guard case .date(let value) = try value(name) else { throw ofAnotherType(name) }
    return value
  }

  /// A fact that is a version. Throws why it is not known.
  package func version(_ name: FactName) throws(Unavailability) -> Version {
    guard case .version(let value) = try value(name) else { throw ofAnotherType(name) }
    return value
  }

  /// The billing situations of the card. Throws why they are not known.
  package func situations() throws(Unavailability) -> [BillingSituation] {
    guard case .situations(let value) = try value(.billingSituations) else {
      throw ofAnotherType(.billingSituations)
    }
    return value
  }

  /// The Cryptolibs of the workstation. Throws why they are not known.
  package func cryptolibs() throws(Unavailability) -> [InstalledCryptolib] {
    guard case .cryptolibs(let value) = try value(.cryptolibVersions) else {
      throw ofAnotherType(.cryptolibVersions)
    }
    return value
  }

  private func ofAnotherType(_ name: FactName) -> Unavailability {
    Unavailability(
      .malformed,
      LocalizedText(
        fr: "\(name.rawValue) n'a pas le type attendu", en: "\(name.rawValue) is not of the expected type"))
  }
}
