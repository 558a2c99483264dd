import Preflight

extension Facts {
  /// - Parameter written: the facts, in the order in which they were written.
  /// - Throws: ``FactsFileFault`` if the facts cannot all be true of one card.
  func refuseContradictions(among written: [Fact]) throws(FactsFileFault) {
    if let issued = try? date(.cardIssuedOn), let expires = try? date(.cardExpiresOn), expires < issued {
      throw FactsFileFault(
        nil,
        fr: "card.expiresOn (\(expires)) est antérieur à card.issuedOn (\(issued))",
        en: "card.expiresOn (\(expires)) is before card.issuedOn (\(issued))")
    }
    if let created = try? date(.reportCreatedOn), let issued = try? date(.cardIssuedOn), created < issued {
      throw FactsFileFault(
        nil,
        fr: "le rapport (report.createdOn) est du \(created), avant la délivrance de la carte (\(issued))",
        en: "the report (report.createdOn) is of \(created), before the card was issued (\(issued))")
    }
    if (try? boolean(.billingDAM)) == false || self[.billingDAM].isAbsent, let situations = try? situations(),
      !situations.isEmpty
    {
      throw FactsFileFault(
        nil,
        fr:
          "billing.dam est \(self[.billingDAM].isAbsent ? "absent" : "false") alors que billing.situations n'est pas vide",
        en:
          "billing.dam is \(self[.billingDAM].isAbsent ? "absent" : "false") while billing.situations is not empty"
      )
    }
    if let isTest = try? boolean(.cardTest), let word = try? text(.cardCategory),
      let category = CardCategory(rawValue: word), category.isTest != isTest
    {
      throw FactsFileFault(
        nil,
        fr: """
          card.test est \(String(isTest)) alors que card.category est \(word) (\(category.name.french))
          """,
        en: "card.test is \(String(isTest)) while card.category is \(word) (\(category.name.english))")
    }
    if case .cryptolibs(let found)? = self[.cryptolibVersions].value,
      let said = (try? version(.cryptolibVersion)) ?? (self[.cryptolibVersion].isAbsent ? Version(0) : nil),
      found.map(\.version).max() != said, !(found.isEmpty && self[.cryptolibVersion].isAbsent)
    {
      throw FactsFileFault(
        nil,
        fr: "cryptolib.version n'est pas la plus récente de cryptolib.versions",
        en: "cryptolib.version is not the newest of cryptolib.versions")
    }
    if (try? boolean(.cardPresent)) == false, let fact = written.first(where: \.isOfThePresentCard) {
      throw FactsFileFault(
        nil,
        fr: "card.present est false alors que \(fact.name.rawValue) est donné",
        en: "card.present is false while \(fact.name.rawValue) is given")
    }
    if let present = try? boolean(.cardPresent), let state = try? text(.readerState),
      present != (state == "card")
    {
      throw FactsFileFault(
        nil,
        fr: "card.present est \(String(present)) alors que reader.state est \(state)",
        en: "card.present is \(String(present)) while reader.state is \(state)")
    }
  }
}

extension Fact {
  /// Whether the fact can only be known of a card that is present.
  fileprivate var isOfThePresentCard: Bool {
    value != nil && name != .cardPresent && name.isOfCard
  }
}
