package import Preflight

/// The source `pcsc`: the card readers and what is in them, through PC/SC; docs/readers.md.
package struct PCSCSource: Source {
  /// The source as rule files name it, with its options.
  package static let declaration = SourceDeclaration(
    name: "pcsc",
    summary: LocalizedText(fr: "lecteurs et cartes, par PC/SC", en: "readers and cards, through PC/SC"),
    options: [
      Parameter(
        "reader", .string, fr: "nom du lecteur, ou une partie de ce nom",
        en: "name of the reader, or a part of it"),
      Parameter(
        "whole_name", .boolean, isPublic: false, fr: "ce nom est le nom entier du lecteur",
        en: "that name is the reader's whole name"),
      Parameter(
        "wait", .wait, fr: "combien de temps attendre une carte", en: "how long to wait for a card"),
    ],
    readsCard: true
  ) { parameters throws(ParameterError) in try PCSCSource(parameters) }

  /// The name in rule files and reports.
  package let name = "pcsc"
  /// The readers, and what they show of a card without asking it: presence, ATR, family, whether it is in use.
  package let provides: Set<FactName> = [
    .readerNames, .readerState, .cardPresent, .cardReader, .cardATR, .cardKind, .cardGeneration,
    .cardContactless, .cardInUse, .readerEvents,
  ]
  /// How long to wait for a card, in addition to the time for the service; zero by default.
  package let patience: Duration
  private let reader: String?
  private let isWholeName: Bool
  private let watch = CardWatch()

  /// Makes the source from its options.
  ///
  /// - Throws: ``ParameterError`` if the reader's name is empty.
  package init(_ parameters: Parameters = Parameters()) throws(ParameterError) {
    reader = parameters.string("reader")
    isWholeName = parameters.boolean("whole_name") ?? false
    patience = parameters.duration("wait") ?? .zero
    guard reader?.isEmpty != true else {
      throw ParameterError("reader", fr: "le nom du lecteur est vide", en: "the reader's name is empty")
    }
  }

  /// Looks for a card until there is one or ``patience`` ends; the service itself may take `deadline`.
  ///
  /// Every fact that could not be determined is returned with the reason.
  package func gather(
    _ wanted: Set<FactName>, knowing known: Facts, within deadline: Duration,
    from workstation: any WorkstationAccess
  ) async -> [Fact] {
    var search = CardSearch(
      asked: reader, isWholeName: isWholeName, patience: patience, within: deadline
    ) { workstation.announce($0) }
    let result = await search.find(onlyReaders: wanted.isSubset(of: [.readerNames]))
    watch.begin(result.card)
    var facts = ReaderFacts(source: name)
    switch result.readerNames {
    case .success(let names): facts.add(.readerNames, .texts(names))
    case .failure(let why): facts.add([.readerNames], why)
    }
    switch result.choice {
    case .success(let choice):
      facts.add(choice, inUse: result.readersInUse, events: result.card?.state.events)
    case .failure(let why): facts.add(provides.subtracting([.readerNames]), why)
    }
    return facts.facts.filter { wanted.contains($0.name) }
  }

  /// Returns why the card that was read may not have been the same throughout: the service has seen one come or go in its reader
  /// meanwhile, or does not answer any more.
  ///
  /// The Cryptolib itself does not notice a card that is exchanged while it reads: it presents the code porteur to the other one, and
  /// goes on (5.2.2, tried).
  package func doubt(
    knowing known: Facts, within deadline: Duration, from workstation: any WorkstationAccess
  ) async -> Unavailability? {
    await watch.doubt(within: deadline)
  }
}

/// The facts that follow from a choice of reader.
private struct ReaderFacts {
  let source: String
  private(set) var facts: [Fact] = []

  init(source: String) { self.source = source }

  mutating func add(_ name: FactName, _ value: FactValue) {
    facts.append(Fact(name, value, source: source))
  }

  mutating func add(_ names: Set<FactName>, _ why: Unavailability) {
    facts += names.map { Fact($0, unavailable: why, source: source) }
  }

  /// - Parameters:
  ///   - readersInUse: the readers whose card another program is connected to.
  ///   - events: the service's count of cards that came and went in the reader of the choice.
  mutating func add(_ choice: ReaderChoice, inUse readersInUse: Set<String>, events: Int?) {
    switch choice {
    case .noReader: addAbsence("none")
    case .absent: addAbsence("absent")
    case .empty(let readers):
      addAbsence("empty")
      if readers.count == 1 { add(.cardReader, .text(readers[0])) }
    case .mute(let reader):
      addAbsence("mute")
      add(.cardReader, .text(reader))
    case .card(let family, let atr, let reader):
      add(.readerState, .text("card"))
      add(.cardPresent, .boolean(true))
      add(.cardReader, .text(reader))
      add(.cardATR, .text(atr.description))
      add(.cardInUse, .boolean(readersInUse.contains(reader)))
      if let events { add(.readerEvents, .integer(events)) }
      add(family)
    case .several(let readers): add(Self.ofCard, .several(in: readers))
    case .unusable(let reader): add(Self.ofCard, .unusable(reader))
    }
  }

  /// Adds what the ATR says. It does not say whether a card of the CPS family is a CPS or a CPE; only the card itself
  /// does.
  private mutating func add(_ family: CardFamily) {
    switch family {
    case .cps(let generation, let contactless):
      add(.cardGeneration, .text(generation.rawValue))
      add(.cardContactless, .boolean(contactless))
    case .vitale:
      add(.cardKind, .text("vitale"))
      add(.cardContactless, .boolean(false))
    case .other: add(.cardKind, .text("unknown"))
    }
  }

  private mutating func addAbsence(_ state: String) {
    add(.readerState, .text(state))
    add(.cardPresent, .boolean(false))
    add([.cardATR, .cardKind, .cardGeneration, .cardContactless, .cardInUse], .noCard)
  }

  private static let ofCard: Set<FactName> = [
    .readerState, .cardPresent, .cardReader, .cardATR, .cardKind, .cardGeneration, .cardContactless,
    .cardInUse,
  ]
}
