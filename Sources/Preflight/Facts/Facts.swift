/// The facts known in one run: at most one of each name.
package struct Facts: Sendable {
  private var facts: [FactName: Fact] = [:]
  /// The billing situation that the run is about.
  package var selection: SituationSelection

  /// Creates the facts, added one by one as by ``add(_:)``.
  package init(_ facts: [Fact] = [], selection: SituationSelection = .any) {
    self.selection = selection
    self.facts.reserveCapacity(facts.count + 1)
    for fact in facts { add(fact) }
  }

  /// Adds a fact from a source.
  ///
  /// A known fact is kept if a later source does not know it. If two sources report different values, or only one
  /// of them reports that there is none, neither is believed: the fact becomes unavailable, and the message names
  /// both sources.
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

  /// Replaces the fact of the same name, whatever the sources said.
  package mutating func settle(_ fact: Fact) { facts[fact.name] = fact }

  /// Makes all facts about the card unavailable if two sources named different cards.
  package mutating func distrustDifferentCards() {
    guard case .unavailable(let why) = self[.cardNumber].state, why.reason == .disagreement else { return }
    let source = self[.cardNumber].source
    for name in facts.keys where name.isOfCard && name != .cardNumber {
      facts[name] = Fact(name, unavailable: why, source: source)
    }
  }

  /// Makes all facts about the card unavailable, as more than one card may have been read. What a card said of the code porteur stays:
  /// a try is a try, whichever card it was.
  package mutating func distrustCard(_ why: Unavailability, _ source: String) {
    for name in facts.keys where name.isOfCard && name != .cardCode {
      facts[name] = Fact(name, unavailable: why, source: source)
    }
  }

  /// The fact of that name. It is unavailable if no source reported it.
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

  /// The source name of a fact that no source reported.
  package static let nobody = "–"

  /// All facts, sorted by name.
  package var all: [Fact] { facts.values.sorted { $0.name < $1.name } }
}

// MARK: - What checks read

extension Facts {
  /// Returns the value of a fact.
  ///
  /// - Throws: `Unavailability` if it is absent or not known.
  package func value(_ name: FactName) throws(Unavailability) -> FactValue {
    switch self[name].state {
    case .known(let value): return value
    case .absent: throw Unavailability(.notGiven, self[name].absence)
    case .unavailable(let why): throw why
    }
  }

  /// Returns the value of a fact of type boolean.
  ///
  /// - Throws: `Unavailability` if it is absent or not known.
  package func boolean(_ name: FactName) throws(Unavailability) -> Bool {
    guard case .boolean(let value) = try value(name) else { throw ofAnotherType(name) }
    return value
  }

  /// Returns the value of a fact that is a text or one word of a choice.
  ///
  /// - Throws: `Unavailability` if it is absent or not known.
  package func text(_ name: FactName) throws(Unavailability) -> String {
    guard case .text(let value) = try value(name) else { throw ofAnotherType(name) }
    return value
  }

  /// Returns the value of a fact of type date.
  ///
  /// - Throws: `Unavailability` if it is absent or not known.
  package func date(_ name: FactName) throws(Unavailability) -> CivilDate {
    guard case .date(let value) = try value(name) else { throw ofAnotherType(name) }
    return value
  }

  /// Returns the value of a fact of type version.
  ///
  /// - Throws: `Unavailability` if it is absent or not known.
  package func version(_ name: FactName) throws(Unavailability) -> Version {
    guard case .version(let value) = try value(name) else { throw ofAnotherType(name) }
    return value
  }

  /// Returns the billing situations of the card.
  ///
  /// - Throws: `Unavailability` if they are absent or not known.
  package func situations() throws(Unavailability) -> [BillingSituation] {
    guard case .situations(let value) = try value(.billingSituations) else {
      throw ofAnotherType(.billingSituations)
    }
    return value
  }

  /// Returns the Cryptolibs of the workstation.
  ///
  /// - Throws: `Unavailability` if they are absent or not known.
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
