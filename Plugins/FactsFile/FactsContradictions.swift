import Preflight

extension Facts {
  /// At least one of these facts takes part in every contradiction, except that of the card's dates.
  private static let further = Names([
    .reportCreatedOn, .billingSituations, .cardTest, .cryptolibVersions, .cardPresent,
  ])

  /// - Parameter written: the facts, in the order in which they were written.
  /// - Throws: ``FactsFileFault`` if the facts cannot all be true of one card.
  func refuseContradictions(among written: [Fact]) throws(FactsFileFault) {
    if case .date(let issued)? = known(.cardIssuedOn), case .date(let expires)? = known(.cardExpiresOn),
      expires < issued
    {
      throw FactsFileFault(
        nil,
        fr: "card.expiresOn (\(expires)) est antérieur à card.issuedOn (\(issued))",
        en: "card.expiresOn (\(expires)) is before card.issuedOn (\(issued))")
    }
    // Most lines of a stream say nothing about these.
    guard mayHave(Self.further) else { return }
    if case .date(let created)? = known(.reportCreatedOn), case .date(let issued)? = known(.cardIssuedOn),
      created < issued
    {
      throw FactsFileFault(
        nil,
        fr: "le rapport (report.createdOn) est du \(created), avant la délivrance de la carte (\(issued))",
        en: "the report (report.createdOn) is of \(created), before the card was issued (\(issued))")
    }
    if case .situations(let situations)? = known(.billingSituations), !situations.isEmpty,
      isAbsent(.billingDAM) || isFalse(.billingDAM)
    {
      throw FactsFileFault(
        nil,
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
        nil,
        fr: """
          card.test est \(String(isTest)) alors que card.category est \(word) (\(category.name.french))
          """,
        en: "card.test is \(String(isTest)) while card.category is \(word) (\(category.name.english))")
    }
    if case .cryptolibs(let found)? = known(.cryptolibVersions),
      let said = (try? version(.cryptolibVersion)) ?? (self[.cryptolibVersion].isAbsent ? Version(0) : nil),
      found.map(\.version).max() != said, !(found.isEmpty && self[.cryptolibVersion].isAbsent)
    {
      throw FactsFileFault(
        nil,
        fr: "cryptolib.version n'est pas la plus récente de cryptolib.versions",
        en: "cryptolib.version is not the newest of cryptolib.versions")
    }
    if isFalse(.cardPresent), let fact = written.first(where: \.isOfThePresentCard) {
      throw FactsFileFault(
        nil,
        fr: "card.present est false alors que \(fact.name.rawValue) est donné",
        en: "card.present is false while \(fact.name.rawValue) is given")
    }
    if case .boolean(let present)? = known(.cardPresent), case .text(let state)? = known(.readerState),
      present != (state == "card")
    {
      throw FactsFileFault(
        nil,
        fr: "card.present est \(String(present)) alors que reader.state est \(state)",
        en: "card.present is \(String(present)) while reader.state is \(state)")
    }
  }
}

extension Facts {
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
