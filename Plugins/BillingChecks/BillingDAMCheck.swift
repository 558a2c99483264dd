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
      CheckExample("No situation in it", facts: [.billingSituations: .situations([])], is: .fail),
      CheckExample(
        "Situations prove it",
        facts: [
          .billingSituations: .situations([BillingSituation(identifier: nil, signFSE: nil, signLots: nil)])
        ], is: .pass),
      CheckExample("Nobody has looked", facts: [:], is: .unknown),
    ])

  package init(_ parameters: Parameters) throws(ParameterError) {}

  package var facts: Set<FactName> { [.billingDAM, .billingSituations] }

  package func judge(_ facts: Facts) throws(Unavailability) -> Judgement {
    do throws(Unavailability) {
      return try facts.boolean(.billingDAM)
        ? .pass(fr: "le DAM est présent", en: "the DAM is there")
        : .fail(
          fr: "la carte n'a pas de DAM (Domaine Assurance Maladie)",
          en: "the card has no DAM (Domaine Assurance Maladie)")
    } catch {
      switch error.reason {
      // Whoever spoke of the DAM was not understood, or lost the card: the situations are no better.
      case .disagreement, .malformed, .cardRemoved, .cardInUse, .ambiguous: throw error
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
}
