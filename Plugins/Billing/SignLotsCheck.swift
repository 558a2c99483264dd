package import Preflight

/// The check `billing.sign_lots`: the situation used for billing may sign lots.
package struct SignLotsCheck: Check {
  /// The check has no parameters; its cases distinguish situations that may sign FSE from those that may sign nothing.
  package static let description = CheckDescription(
    id: "billing.sign_lots",
    summary: LocalizedText(
      fr: "la situation de facturation est autorisée à signer les lots",
      en: "the billing situation may sign lots"),
    rationale: LocalizedText(
      fr: "les lots ne peuvent pas être télétransmis sans cette autorisation",
      en: "lots cannot be sent without it"),
    cases: [
      CheckCase(
        "fse_only",
        fr: "la situation est autorisée à signer les FSE, mais pas les lots (salarié d'un centre de santé)",
        en: "the situation may sign FSE, but not lots (a health centre's salaried professional)",
        variables: [BillingCase.situations]),
      CheckCase(
        "lots_refused",
        fr: "la situation n'est autorisée à signer ni les lots, ni les FSE, autant qu'on sache",
        en: "the situation may sign neither lots nor FSE, as far as is known",
        variables: [BillingCase.situations]),
    ] + BillingCase.noneToJudge + BillingCase.unread,
    examples: [
      CheckExample("Allowed", facts: card(signFSE: false, signLots: true), is: .pass),
      CheckExample("FSE only", facts: card(signFSE: true, signLots: false), is: .fail, "fse_only"),
      CheckExample("Neither", facts: card(signFSE: false, signLots: false), is: .fail, "lots_refused"),
      CheckExample("Not read", facts: card(signFSE: true, signLots: nil), is: .unknown, "billing_not_read"),
    ])

  private let authorisation: SigningAuthorisation

  /// Makes the check without earlier rules, so that no locum's number is accepted.
  package init(_ parameters: Parameters) throws(ParameterError) {
    try self.init(parameters, in: CheckContext())
  }

  /// Makes the check for a rule, which follows the locum that an earlier identifier rule accepts. Never throws.
  package init(_ parameters: Parameters, in context: CheckContext) throws(ParameterError) {
    authorisation = SigningAuthorisation(
      object: "lots", flag: { $0.signLots },
      refusal: { $0.allSatisfy { $0.signFSE == true } ? "fse_only" : "lots_refused" },
      acceptingLocum: BillingCase.acceptingLocum(context.earlier))
  }

  /// The billing situations, and the facts of the earlier identifier rule, if any.
  package var facts: Set<FactName> { authorisation.facts }

  /// Passes if every situation used for billing may sign lots.
  ///
  /// - Throws: ``Unavailability`` if the authorisations or the situations are unknown and none is refused.
  package func judge(_ facts: Facts) throws(Unavailability) -> Judgement {
    try authorisation.judge(facts)
  }

  private static func card(signFSE: Bool?, signLots: Bool?) -> [FactName: FactValue] {
    let situation = BillingSituation(
      identifier: BillingIdentifier("991086265"), signFSE: signFSE, signLots: signLots)
    return [.billingSituations: .situations([situation])]
  }
}
