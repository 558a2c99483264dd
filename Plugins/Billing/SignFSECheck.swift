package import Preflight

/// The check `billing.sign_fse`: the situation used for billing may sign FSE.
package struct SignFSECheck: Check {
  /// The check has no parameters; its cases say which situations are refused.
  package static let description = CheckDescription(
    id: "billing.sign_fse",
    summary: LocalizedText(
      fr: "la situation de facturation est autorisée à signer les FSE",
      en: "the billing situation may sign FSE"),
    rationale: LocalizedText(
      fr: "les factures (FSE) ne peuvent pas être signées sans cette autorisation",
      en: "invoices (FSE) cannot be signed without it"),
    cases: [
      CheckCase(
        "fse_refused", fr: "la situation n'est pas autorisée à signer les FSE",
        en: "the situation may not sign FSE", variables: [BillingCase.situations])
    ] + BillingCase.noneToJudge + BillingCase.unread,
    examples: [
      CheckExample("Allowed", facts: card(signFSE: true, signLots: false), is: .pass),
      CheckExample("Not allowed", facts: card(signFSE: false, signLots: true), is: .fail, "fse_refused"),
      CheckExample("Not read", facts: card(signFSE: nil, signLots: true), is: .unknown, "billing_not_read"),
    ])

  private let authorisation: SigningAuthorisation

  /// Makes the check without earlier rules, so that no locum's number is accepted.
  package init(_ parameters: Parameters) throws(ParameterError) {
    try self.init(parameters, in: CheckContext())
  }

  /// Makes the check for a rule, which follows the locum that an earlier identifier rule accepts. Never throws.
  package init(_ parameters: Parameters, in context: CheckContext) throws(ParameterError) {
    authorisation = SigningAuthorisation(
      object: "FSE", flag: { $0.signFSE }, refusal: { _ in "fse_refused" },
      acceptingLocum: BillingCase.acceptingLocum(context.earlier))
  }

  /// The billing situations, and the facts of the earlier identifier rule, if any.
  package var facts: Set<FactName> { authorisation.facts }

  /// Passes if every situation used for billing may sign FSE.
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
