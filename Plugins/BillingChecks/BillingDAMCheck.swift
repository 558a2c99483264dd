package import Preflight

/// The check `billing.dam`: the card has a DAM (Domaine Assurance Maladie), where its billing data are.
package struct BillingDAMCheck: Check {
  package static let description = CheckDescription(
    id: "billing.dam",
    summary: LocalizedText(
      fr: "la carte a un DAM (Domaine Assurance Maladie)",
      en: "the card has a DAM (Domaine Assurance Maladie)"),
    rationale: LocalizedText(
      fr: "les données de facturation sont dans le DAM : une carte qui n'en montre pas ne peut pas facturer",
      en: "the billing data are in the DAM: a card that shows none cannot bill"),
    examples: [
      CheckExample("A DAM", facts: [.billingDAM: .boolean(true)], is: .pass),
      CheckExample("No DAM", facts: [.billingDAM: .boolean(false)], is: .fail),
      CheckExample(
        "No DAM, as an old Cryptolib sees it",
        facts: [
          .billingDAM: .boolean(false), .cryptolibVersion: .version(Version(5, 0, 1)),
          .cardGeneration: .text("cps4"),
        ], is: .fail),
      CheckExample("No situation in it", facts: [.billingSituations: .situations([])], is: .fail),
      CheckExample(
        "Situations prove it",
        facts: [
          .billingSituations: .situations([BillingSituation(identifier: nil, signFSE: nil, signLots: nil)])
        ], is: .pass),
      CheckExample("Nobody has looked", facts: [:], is: .unknown),
    ])

  package init(_ parameters: Parameters) throws(ParameterError) {}

  package var facts: Set<FactName> {
    [.billingDAM, .billingSituations, .cryptolibVersion, .cardIssuedOn, .cardGeneration]
  }

  package func judge(_ facts: Facts) throws(Unavailability) -> Judgement {
    if facts[.billingDAM].isAbsent { return absence(facts) }
    do throws(Unavailability) {
      return try facts.boolean(.billingDAM)
        ? .pass(fr: "le DAM est présent", en: "the DAM is there")
        : absence(facts)
    } catch {
      switch error.reason {
      // Whoever spoke of the DAM was not understood, or lost the card: the situations are no better.
      case .disagreement, .malformed, .cardRemoved, .cardInUse, .ambiguous, .plugin, .limit, .unsafe:
        throw error
      case .notGiven, .service, .timeout: break
      }
      guard case .situations(let situations)? = facts[.billingSituations].value else { throw error }
      return situations.isEmpty
        ? .fail(
          fr: "aucune situation de facturation sur la carte : rien dans son DAM (Domaine Assurance Maladie)",
          en: "no billing situation on the card: nothing in its DAM (Domaine Assurance Maladie)")
        : .pass(fr: "les données de facturation sont lues", en: "the billing data are read")
    }
  }

  /// No DAM: what is said first is what is most likely, a Cryptolib that does not see it.
  private func absence(_ facts: Facts) -> Judgement {
    let noDAM = LocalizedText(
      fr: "la carte n'a pas de DAM (Domaine Assurance Maladie)",
      en: "the card has no DAM (Domaine Assurance Maladie)")
    guard case .version(let installed)? = facts[.cryptolibVersion].value,
      let needed = Self.cryptolibNeeded(facts), installed < needed
    else { return .fail(fr: noDAM.french, en: noDAM.english) }
    return .fail(
      fr: "la Cryptolib \(installed) est trop ancienne pour cette carte, il faut \(needed) : \(noDAM.french)",
      en: "Cryptolib \(installed) is too old for this card, \(needed) is needed: \(noDAM.english)")
  }

  /// The version that a card needs for its DAM to be seen (docs/cryptolib.md); nothing where none is known to be.
  private static func cryptolibNeeded(_ facts: Facts) -> Version? {
    if case .date(let issued)? = facts[.cardIssuedOn].value,
      let first = CivilDate(year: 2025, month: 7, day: 1),
      issued >= first
    {
      return Version(5, 2, 2)
    }
    return facts[.cardGeneration].value == .text("cps4") ? Version(5, 2, 0) : nil
  }
}
