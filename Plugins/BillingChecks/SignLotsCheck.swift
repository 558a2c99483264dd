package import Preflight

/// The check `billing.sign_lots`: the situation being billed with may sign lots.
package struct SignLotsCheck: Check {
  package static let description = CheckDescription(
    id: "billing.sign_lots",
    summary: LocalizedText(
      fr: "la situation de facturation est autorisée à signer les lots",
      en: "the billing situation may sign lots"),
    rationale: LocalizedText(
      fr: "les lots ne peuvent pas être télétransmis sans cette autorisation",
      en: "lots cannot be sent without it"),
    examples: [
      CheckExample("Allowed", facts: card(signFSE: false, signLots: true), is: .pass),
      CheckExample("Not allowed", facts: card(signFSE: true, signLots: false), is: .fail),
      CheckExample("Not read", facts: card(signFSE: true, signLots: nil), is: .unknown),
    ])

  private let authorisation = SigningAuthorisation(object: "lots") { $0.signLots }

  package init(_ parameters: Parameters) throws(ParameterError) {}

  package var facts: Set<FactName> { [.billingSituations] }

  package func judge(_ facts: Facts) throws(Unavailability) -> Judgement {
    try authorisation.judge(facts)
  }

  private static func card(signFSE: Bool?, signLots: Bool?) -> [FactName: FactValue] {
    let situation = BillingSituation(
      identifier: BillingIdentifier("991086265"), signFSE: signFSE, signLots: signLots)
    return [.billingSituations: .situations([situation])]
  }
}
