package import Preflight

/// The check `billing.dam`: the card has a DAM (Domaine Assurance Maladie), the domain that holds its billing data.
package struct BillingDAMCheck: Check {
  /// The check has no parameters; its cases distinguish a missing DAM from one that the Cryptolib cannot see.
  package static let description = CheckDescription(
    id: "billing.dam",
    summary: LocalizedText(
      fr: "la carte a un DAM (Domaine Assurance Maladie)",
      en: "the card has a DAM (Domaine Assurance Maladie)"),
    rationale: LocalizedText(
      fr: "les données de facturation sont dans le DAM : une carte qui n'en montre pas ne peut pas facturer",
      en: "the billing data are in the DAM: a card that shows none cannot bill"),
    cases: [
      CheckCase(
        "dam_missing", fr: "la carte n'a pas de DAM, et la Cryptolib lui suffit",
        en: "the card has no DAM, and the Cryptolib is adequate for it"),
      CheckCase(
        "dam_unseen", fr: "la Cryptolib, trop ancienne pour la carte, ne voit pas de DAM",
        en: "the Cryptolib, which is too old for the card, sees no DAM",
        variables: [
          CaseVariable("installed", fr: "la version installée", en: "the version that is installed"),
          CaseVariable(
            "needed", fr: "la version nécessaire à la carte", en: "the version that the card needs"),
        ]),
      CheckCase(
        "dam_in_doubt",
        fr:
          "la carte n'a pas de DAM, et aucune règle « cryptolib.version » ne dit si la Cryptolib lui suffit",
        en: "the card has no DAM, and no rule “cryptolib.version” tells whether the Cryptolib is adequate"),
      CheckCase("dam_empty", fr: "rien n'est dans le DAM de la carte", en: "nothing is in the card's DAM"),
    ] + BillingCase.unread,
    examples: [
      CheckExample("A DAM", facts: [.billingDAM: .boolean(true)], is: .pass),
      CheckExample("No DAM", facts: [.billingDAM: .boolean(false)], is: .fail, "dam_in_doubt"),
      CheckExample(
        "No situation in it", facts: [.billingSituations: .situations([])], is: .fail, "dam_empty"),
      CheckExample(
        "Situations prove it",
        facts: [
          .billingSituations: .situations([BillingSituation(identifier: nil, signFSE: nil, signLots: nil)])
        ], is: .pass),
      CheckExample("Nobody has looked", facts: [:], is: .unknown, "billing_not_read"),
    ])

  /// The Cryptolib checks of the rules before this one. They distinguish a card without DAM from a Cryptolib that
  /// cannot see the DAM, so that only the rule file says which version a card needs.
  private let cryptolib: [any Judge]

  /// Makes the check without earlier rules, so that a missing DAM is never blamed on the Cryptolib.
  package init(_ parameters: Parameters) throws(ParameterError) { cryptolib = [] }

  /// Makes the check for a rule, with the checks of the Cryptolib in the rules before it. Never throws.
  package init(_ parameters: Parameters, in context: CheckContext) throws(ParameterError) {
    cryptolib = context.earlier.filter { $0.id == "cryptolib.version" }.map(\.check)
  }

  /// Whether the card has a DAM, its situations, and the facts of the Cryptolib checks before it.
  package var facts: Set<FactName> {
    cryptolib.reduce(into: [.billingDAM, .billingSituations]) { $0.formUnion($1.facts) }
  }

  /// Passes if the card has a DAM; fails if it has none or if the Cryptolib is too old to see it.
  ///
  /// - Throws: ``Unavailability`` if the billing data are unknown.
  package func judge(_ facts: Facts) throws(Unavailability) -> Judgement {
    if facts.isAbsent(.billingDAM) { return absence(facts) }
    do throws(Unavailability) {
      return try facts.boolean(.billingDAM)
        ? .pass(fr: "le DAM est présent", en: "the DAM is there")
        : absence(facts)
    } catch {
      // Its source was not understood, came too late or lost the card: its situations are not reliable either.
      if !Self.isWant(error) { throw error }
      // Nor is anything to be given in place of situations about which sources disagree.
      if case .unavailable(let why) = facts[.billingSituations].state, !Self.isWant(why) { throw why }
      guard case .situations(let situations)? = facts.known(.billingSituations) else {
        throw error.ofBillingData
      }
      return situations.isEmpty
        ? .fail(
          fr: "aucune situation de facturation sur la carte : rien dans son DAM (Domaine Assurance Maladie)",
          en: "no billing situation on the card: nothing in its DAM (Domaine Assurance Maladie)",
          case: FoundCase("dam_empty"))
        : .pass(fr: "les données de facturation sont lues", en: "the billing data are read")
    }
  }

  /// Whether a fact is not known because nobody gave it, or nobody could.
  private static func isWant(_ why: Unavailability) -> Bool {
    switch why.reason {
    case .notGiven, .service: true
    case .disagreement, .malformed, .timeout, .cardRemoved, .cardInUse, .ambiguous, .plugin, .limit, .unsafe:
      false
    }
  }

  /// The judgement if no DAM was seen: the card has none, or the Cryptolib cannot see it.
  private func absence(_ facts: Facts) -> Judgement {
    let noDAM = LocalizedText(
      fr: "la carte n'a pas de DAM (Domaine Assurance Maladie)",
      en: "the card has no DAM (Domaine Assurance Maladie)")
    // A check that cannot decide leaves the matter in doubt.
    let judgements = cryptolib.map { rule in try? rule.judge(facts) }
    if let tooOld = judgements.compactMap({ $0 }).first(where: { $0.outcome == .fail })?.found,
      let installed = tooOld.values["installed"], let needed = tooOld.values["needed"]
    {
      return .fail(
        fr: """
          la Cryptolib \(installed.french) est trop ancienne pour cette carte, il faut \(needed.french) : \
          \(noDAM.french)
          """,
        en: """
          Cryptolib \(installed.english) is too old for this card, \(needed.english) is needed: \(noDAM.english)
          """, case: FoundCase("dam_unseen", ["installed": installed, "needed": needed]))
    }
    let demanding = facts.ofTheMostDemandingCard
    let isAdequate =
      !judgements.isEmpty && judgements.allSatisfy { $0?.outcome == .pass }
      && cryptolib.allSatisfy { rule in (try? rule.judge(demanding))?.outcome == .pass }
    return .fail(
      fr: noDAM.french, en: noDAM.english, case: FoundCase(isAdequate ? "dam_missing" : "dam_in_doubt"))
  }
}

extension Facts {
  /// The facts, with a card that was issued today, and a CPS4, in the place of one of which that is not known: none needs a
  /// newer Cryptolib.
  fileprivate var ofTheMostDemandingCard: Facts {
    var facts = self
    if case .date(let today)? = known(.today), known(.cardIssuedOn) == nil {
      facts.settle(Fact(.cardIssuedOn, .date(today), source: Self.assumed))
    }
    if known(.cardGeneration) == nil {
      facts.settle(Fact(.cardGeneration, .text("cps4"), source: Self.assumed))
    }
    return facts
  }

  /// Where such a fact comes from; it is shown nowhere.
  private static let assumed = "–"
}
