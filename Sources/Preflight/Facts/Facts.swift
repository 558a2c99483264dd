/// The facts known in one run: at most one of each name.
package struct Facts: Sendable {
  private var table: Table
  /// The billing situation that the run is about.
  package var selection: SituationSelection

  /// Creates the facts, added one by one as by ``add(_:)``.
  package init(_ facts: [Fact] = [], selection: SituationSelection = .any) {
    self.selection = selection
    table = Table(capacity: facts.count + 1)
    for fact in facts { add(fact) }
  }

  /// Creates the facts, no two of which have the same name.
  package init(distinct facts: [Fact], selection: SituationSelection = .any) {
    self.selection = selection
    table = Table(facts)
  }

  /// Facts by name. A few are found faster by comparing than by hashing.
  private struct Table: Sendable {
    /// The most facts that are compared one by one.
    private static let few = 48

    private(set) var facts: [Fact] = []
    /// The places of the facts in ``facts``. Empty if there are few.
    private var places: [FactName: Int] = [:]
    /// A small Bloom filter: one bit for each name, which names may share. Most absent names miss it.
    private var bits: UInt64 = 0

    init(capacity: Int) { facts.reserveCapacity(capacity) }

    init(_ facts: [Fact]) {
      self.facts = facts
      for fact in facts { bits |= Names.bit(of: fact.name) }
      if facts.count > Self.few { findPlaces() }
    }

    /// Whether there may be a fact that has one of those bits.
    func mayHave(_ names: Names) -> Bool { bits & names.bits != 0 }

    private mutating func findPlaces() {
      for index in facts.indices { places[facts[index].name] = index }
    }

    func index(of name: FactName) -> Int? {
      guard bits & Names.bit(of: name) != 0 else { return nil }
      guard places.isEmpty else { return places[name] }
      return facts.withUnsafeBufferPointer { facts in
        for index in facts.indices where facts[index].name == name { return index }
        return nil
      }
    }

    /// Adds a fact of a name that is not there yet.
    mutating func append(_ fact: Fact) {
      facts.append(fact)
      bits |= Names.bit(of: fact.name)
      if !places.isEmpty {
        places[fact.name] = facts.count - 1
      } else if facts.count > Self.few {
        findPlaces()
      }
    }

    /// Replaces a fact by one of the same name.
    mutating func replace(at index: Int, by fact: Fact) { facts[index] = fact }
  }

  /// Names of facts, to look for all of them at once.
  package struct Names: Sendable {
    fileprivate let bits: UInt64

    package init(_ names: [FactName]) { bits = names.reduce(0) { $0 | Self.bit(of: $1) } }

    fileprivate static func bit(of name: FactName) -> UInt64 {
      1 << ((name.digest &* 0x9E37_79B9_7F4A_7C15) >> 58)
    }
  }

  /// Whether there may be a fact of one of those names. If not, there is none.
  package func mayHave(_ names: Names) -> Bool { table.mayHave(names) }

  /// Adds a fact from a source.
  ///
  /// The order of the sources does not matter. A known fact is kept if another source does not know it. If two sources
  /// report different values, or only one of them reports that there is none, neither is believed: the fact becomes
  /// unavailable, and the message names both sources. Nor is any believed if one of them says that what it read
  /// disagrees. Of two reasons why a fact is not known the weightier one is kept, of equal ones the first.
  package mutating func add(_ fact: Fact) {
    guard let index = table.index(of: fact.name) else { return table.append(fact) }
    let present = table.facts[index]
    switch (present.state, fact.state) {
    case (.unavailable(let why), _) where why.reason == .disagreement: break
    case (_, .unavailable(let why)) where why.reason == .disagreement: table.replace(at: index, by: fact)
    case (.unavailable(let why), .known) where why.stands: break
    case (.unavailable(let why), .absent) where why.stands: break
    case (.known, .unavailable(let why)) where why.stands: table.replace(at: index, by: fact)
    case (.absent, .unavailable(let why)) where why.stands: table.replace(at: index, by: fact)
    case (.unavailable, .known), (.unavailable, .absent): table.replace(at: index, by: fact)
    case (.unavailable(let one), .unavailable(let other)):
      if one.reason.weight < other.reason.weight { table.replace(at: index, by: fact) }
    case (_, .unavailable): break
    // All of them say when they were made: none is newer.
    case (let one, let other)
    where one == other && fact.name == .reportCreatedOn && present.source != fact.source:
      table.replace(at: index, by: present.from("\(present.source), \(fact.source)"))
    case (let one, let other) where one == other: break
    default: table.replace(at: index, by: Self.disagreement(of: present, with: fact))
    }
  }

  private static func disagreement(of present: Fact, with fact: Fact) -> Fact {
    let said = Disagreement(present, fact)
    return Fact(
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

  /// Replaces the fact of the same name, whatever the sources said.
  package mutating func settle(_ fact: Fact) {
    if let index = table.index(of: fact.name) {
      table.replace(at: index, by: fact)
    } else {
      table.append(fact)
    }
  }

  /// Makes the facts unavailable whose names satisfy the predicate.
  private mutating func distrust(_ why: Unavailability, _ source: String, where isMeant: (FactName) -> Bool) {
    for index in table.facts.indices where isMeant(table.facts[index].name) {
      table.replace(at: index, by: Fact(table.facts[index].name, unavailable: why, source: source))
    }
  }

  /// Makes all facts about the card unavailable if two sources named different cards.
  package mutating func distrustDifferentCards() {
    guard case .unavailable(let why) = self[.cardNumber].state, why.reason == .disagreement else { return }
    distrust(why, self[.cardNumber].source) { $0.isOfCard && $0 != .cardNumber }
  }

  /// Makes all facts about the card unavailable, as what two sources say of one fact shows that they speak of different cards.
  mutating func distrustCards(of pair: (Fact, Fact)) {
    let fact = Self.disagreement(of: pair.0, with: pair.1)
    guard case .unavailable(let why) = fact.state else { return }
    distrust(why, fact.source) { $0.isOfCard }
  }

  /// Makes all facts about the card unavailable, as more than one card may have been read. What a card said
  /// about the code porteur stays: a try is a try, whichever card it was.
  package mutating func distrustCard(_ why: Unavailability, _ source: String) {
    distrust(why, source) { $0.isOfCard && $0 != .cardCode }
  }

  /// The fact of that name. It is unavailable if no source reported it.
  package subscript(name: FactName) -> Fact {
    if let index = table.index(of: name) { return table.facts[index] }
    return Fact(name, unavailable: Unavailability(nobodyGives: name), source: Self.nobody)
  }

  /// Returns the fact of that name. Nil if no source reported it.
  func reported(_ name: FactName) -> Fact? { table.index(of: name).map { table.facts[$0] } }

  /// Returns the value of a fact. Nil if it is absent or not known: the reason is not made, unlike that of ``subscript(_:)``.
  package func known(_ name: FactName) -> FactValue? {
    guard let index = table.index(of: name), case .known(let value) = table.facts[index].state else {
      return nil
    }
    return value
  }

  /// Returns the value of a fact that a check can do without. Nil if it is absent, if nobody gives it, or if what was read of it means
  /// nothing.
  ///
  /// - Throws: `Unavailability` if two sources give it differently, or if reading it failed: it may say what the check must not
  ///   pass over.
  package func optional(_ name: FactName) throws(Unavailability) -> FactValue? {
    guard let index = table.index(of: name) else { return nil }
    switch table.facts[index].state {
    case .known(let value): return value
    case .unavailable(let why) where !why.reason.isLackOfKnowledge: throw why
    case .absent, .unavailable: return nil
    }
  }

  /// Whether a source reports that there is no such fact.
  package func isAbsent(_ name: FactName) -> Bool {
    guard let index = table.index(of: name), case .absent = table.facts[index].state else { return false }
    return true
  }

  /// The source name of a fact that no source reported.
  package static let nobody = "–"

  /// All facts, sorted by name.
  package var all: [Fact] { table.facts.sorted { $0.name < $1.name } }
}

// MARK: - What checks read

extension Facts {
  /// Returns the value of a fact.
  ///
  /// - Throws: `Unavailability` if it is absent or not known.
  package func value(_ name: FactName) throws(Unavailability) -> FactValue {
    guard let index = table.index(of: name) else { throw Unavailability(nobodyGives: name) }
    switch table.facts[index].state {
    case .known(let value): return value
    case .absent: throw Unavailability(.notGiven, table.facts[index].absence)
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
    // As in nearly all facts: no value of any type is copied.
    if let index = table.index(of: name), case .known(.date(let day)) = table.facts[index].state {
      return day
    }
    _ = try value(name)
    throw ofAnotherType(name)
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
