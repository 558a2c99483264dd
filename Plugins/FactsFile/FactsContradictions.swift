import Preflight

extension Facts {
  /// At least one of these facts takes part in every contradiction, except that of the card's dates.
  private static let further = Names([
    .reportCreatedOn, .billingSituations, .cardTest, .cryptolibVersions, .cardPresent, .cardATR, .readerNames,
  ])

  /// - Parameter written: the facts, in the order in which they were written.
  /// - Throws: ``FactsFileFault`` if the facts cannot all be true of one card.
  func refuseContradictions(among written: [Fact]) throws(FactsFileFault) {
    if case .date(let issued)? = known(.cardIssuedOn), case .date(let expires)? = known(.cardExpiresOn),
      expires < issued
    {
      throw FactsFileFault(
        of: .cardExpiresOn,
        fr: "card.expiresOn (\(expires)) est antérieur à card.issuedOn (\(issued))",
        en: "card.expiresOn (\(expires)) is before card.issuedOn (\(issued))")
    }
    // Most lines of a stream say nothing about these.
    guard mayHave(Self.further) else { return }
    if case .date(let created)? = known(.reportCreatedOn), case .date(let issued)? = known(.cardIssuedOn),
      created < issued
    {
      throw FactsFileFault(
        of: .reportCreatedOn,
        fr: "le rapport (report.createdOn) est du \(created), avant la délivrance de la carte (\(issued))",
        en: "the report (report.createdOn) is of \(created), before the card was issued (\(issued))")
    }
    if case .situations(let situations)? = known(.billingSituations), !situations.isEmpty,
      isAbsent(.billingDAM) || isFalse(.billingDAM)
    {
      throw FactsFileFault(
        of: .billingDAM,
        fr:
          "billing.dam est \(isAbsent(.billingDAM) ? "absent" : "false") alors que billing.situations n'est pas vide",
        en:
          "billing.dam is \(isAbsent(.billingDAM) ? "absent" : "false") while billing.situations is not empty"
      )
    }
    if case .boolean(let isTest)? = known(.cardTest), case .text(let word)? = known(.cardCategory),
      let category = CardCategory(rawValue: word), category.isTest != isTest
    {
      throw FactsFileFault(
        of: .cardTest,
        fr: """
          card.test est \(String(isTest)) alors que card.category est \(word) (\(category.name.french))
          """,
        en: "card.test is \(String(isTest)) while card.category is \(word) (\(category.name.english))")
    }
    if let fault = contradictionOfATR { throw fault }
    if case .cryptolibs(let found)? = known(.cryptolibVersions),
      let said = (try? version(.cryptolibVersion)) ?? (self[.cryptolibVersion].isAbsent ? Version(0) : nil),
      found.map(\.version).max() != said, !(found.isEmpty && self[.cryptolibVersion].isAbsent)
    {
      throw FactsFileFault(
        of: .cryptolibVersion,
        fr: "cryptolib.version n'est pas la plus récente de cryptolib.versions",
        en: "cryptolib.version is not the newest of cryptolib.versions")
    }
    if isFalse(.cardPresent), let fact = written.first(where: \.isOfThePresentCard) {
      throw FactsFileFault(
        of: .cardPresent,
        fr: "card.present est false alors que \(fact.name.rawValue) est donné",
        en: "card.present is false while \(fact.name.rawValue) is given")
    }
    if case .boolean(let present)? = known(.cardPresent), case .text(let state)? = known(.readerState),
      present != (state == "card")
    {
      throw FactsFileFault(
        of: .cardPresent,
        fr: "card.present est \(String(present)) alors que reader.state est \(state)",
        en: "card.present is \(String(present)) while reader.state is \(state)")
    }
    if case .texts(let names)? = known(.readerNames) { try refuseCard(outside: names) }
  }

  /// - Throws: ``FactsFileFault`` if the card is in none of the readers, which are all that there are.
  private func refuseCard(outside readers: [String]) throws(FactsFileFault) {
    if case .text(let reader)? = known(.cardReader), !readers.contains(reader) {
      throw FactsFileFault(
        of: .cardReader, fr: "card.reader n'est pas parmi reader.names",
        en: "card.reader is not among reader.names")
    }
    if case .boolean(true)? = known(.cardPresent), readers.isEmpty {
      throw FactsFileFault(
        of: .cardPresent, fr: "card.present est true alors que reader.names est vide",
        en: "card.present is true while reader.names is empty")
    }
  }
}

extension Facts {
  /// What the card's ATR contradicts: its kind, how it is read, or its generation. Nil if it contradicts none, or is that of
  /// no card in docs/readers.md, which says nothing.
  private var contradictionOfATR: FactsFileFault? {
    guard case .text(let written)? = known(.cardATR), let atr = ATR(written: written) else { return nil }
    let name: LocalizedText
    switch CardFamily(atr) {
    case .other: return nil
    case .vitale:
      name = LocalizedText(fr: "celui d'une carte Vitale", en: "that of a Vitale card")
      guard case .text(let kind)? = known(.cardKind), kind != "vitale" else { return nil }
      return Self.contradiction(.cardKind, kind, name)
    case .cps(let generation, let isContactless):
      let chip = Text(generation.rawValue.uppercased())
      let (how, read): (Text, Text) =
        isContactless ? ("sans contact", "without contact") : ("par ses contacts", "through its contacts")
      name = LocalizedText(fr: "celui d'une \(chip) lue \(how)", en: "that of a \(chip) read \(read)")
      if case .text(let kind)? = known(.cardKind), kind == "vitale" || kind == "unknown" {
        return Self.contradiction(.cardKind, kind, name)
      }
      if case .boolean(let said)? = known(.cardContactless), said != isContactless {
        return Self.contradiction(.cardContactless, String(said), name)
      }
      if case .text(let said)? = known(.cardGeneration), said != generation.rawValue {
        return Self.contradiction(.cardGeneration, said, name)
      }
      return nil
    }
  }

  private static func contradiction(
    _ fact: FactName, _ value: String, _ atr: LocalizedText
  ) -> FactsFileFault {
    FactsFileFault(
      of: fact,
      fr: "\(fact.rawValue) est \(value) alors que card.atr est \(atr.french)",
      en: "\(fact.rawValue) is \(value) while card.atr is \(atr.english)")
  }

  private func isFalse(_ name: FactName) -> Bool {
    if case .boolean(false)? = known(name) { true } else { false }
  }
}

extension Fact {
  /// Whether the fact can only be known of a card that is present.
  fileprivate var isOfThePresentCard: Bool {
    value != nil && name != .cardPresent && name.isOfCard
  }
}
