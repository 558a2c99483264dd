import Preflight

/// The cases shared by the checks of the billing data.
enum BillingCase {
  /// Why the billing data are not known.
  static let unread: [CheckCase] = [
    .undecided(
      "code_not_given",
      fr: "le code porteur n'a pas été donné : les données de facturation ne peuvent pas être lues",
      en: "the code porteur was not given: the billing data cannot be read"),
    .undecided(
      "billing_not_read", fr: "aucune source n'a donné ce qu'il faut des données de facturation",
      en: "no source gave what is needed of the billing data"),
  ]

  /// Why none of the card's situations can be judged.
  static let noneToJudge: [CheckCase] =
    [
      CheckCase(
        "no_situation", fr: "la carte n'a aucune situation de facturation",
        en: "the card has no billing situation"),
      CheckCase(
        "no_such_situation", fr: "la carte n'a pas la situation choisie par --situation",
        en: "the card does not have the situation that --situation selects",
        variables: [
          CaseVariable(
            "situation", fr: "le numéro de la situation choisie", en: "the number of the selected one"),
          CaseVariable("count", fr: "combien la carte en a", en: "how many the card has"),
        ]),
      CheckCase(
        "identifier_not_on_card", fr: "la carte n'a pas l'identifiant demandé (--am, ou « expected »)",
        en: "the card does not have the identifier asked for (--am, or “expected”)",
        variables: [wanted]),
    ] + undecided

  /// Why it is unknown which of the card's situations is being used for billing.
  private static let undecided: [CheckCase] = [
    .undecided(
      "locum",
      fr: "l'identifiant demandé n'est pas sur la carte, qui est celle d'un remplaçant",
      en: "the identifier asked for is not on the card, which is a locum's", variables: [wanted]),
    .undecided(
      "locum_several",
      fr: "la carte est celle d'un remplaçant, et plusieurs situations peuvent être celle du remplacement",
      en: "the card is a locum's, and several of its situations may be the locum's", variables: [wanted]),
    .undecided(
      "wanted_ill_formed",
      fr: "l'identifiant demandé serait celui du professionnel remplacé, et n'est pas un numéro AM",
      en: "the identifier asked for would be that of the professional replaced, and is not a numéro AM",
      variables: [wanted]),
    .undecided(
      "identifier_ambiguous",
      fr: "les huit chiffres demandés désignent plusieurs situations de la carte",
      en: "the eight digits asked for mean several situations of the card", variables: [wanted]),
  ]

  private static let wanted = CaseVariable(
    "wanted", fr: "l'identifiant demandé, masqué", en: "the identifier asked for, masked")

  /// The rule that accepts a number missing from a locum's card as that of the professional replaced.
  static func acceptingLocum(_ earlier: [EarlierCheck]) -> BillingIdentifierCheck? {
    earlier.lazy.compactMap { $0.check as? BillingIdentifierCheck }.first(where: \.acceptsLocum)
  }

  /// A variable shared by several cases.
  static let situations = CaseVariable(
    "situations", fr: "les situations refusées", en: "the situations that are refused")
}

extension Unavailability {
  /// The same reason, as a case of the billing checks.
  var ofBillingData: Unavailability {
    reason == .notGiven && found == nil ? self.in(FoundCase("billing_not_read")) : self
  }
}

extension Facts {
  /// Why something of a situation is not known, with what the source says of it.
  func unread(_ words: LocalizedText) -> Unavailability {
    let note = self[.billingSituations].note
    let all = note.map {
      LocalizedText(fr: "\(words.french) ; \($0.french)", en: "\(words.english); \($0.english)")
    }
    return Unavailability(.notGiven, all ?? words).ofBillingData
  }
}
