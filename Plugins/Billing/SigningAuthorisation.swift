import Preflight

/// What the two checks of signing authorisations share: every situation used for billing must have it.
struct SigningAuthorisation {
  /// What may be signed: `FSE` or `lots`.
  let object: String
  /// Whether a situation may sign it; `nil` if the card does not say.
  let flag: @Sendable (BillingSituation) -> Bool?
  /// The name of the case for situations that may not sign it.
  let refusal: @Sendable ([BillingSituation]) -> String
  /// The earlier rule that accepts a number missing from a locum's card as that of the professional replaced.
  let acceptingLocum: BillingIdentifierCheck?

  var facts: Set<FactName> { (acceptingLocum?.facts ?? []).union([.billingSituations]) }

  func judge(_ facts: Facts) throws(Unavailability) -> Judgement {
    let situations: [PlacedSituation]
    switch try situationsToJudge(facts) {
    case .these(let these), .locum(let these, _): situations = these
    case .none(let judgement): return judgement
    }
    let refusedOnes = situations.filter { flag($0.situation) == false }
    let refused = refusedOnes.map(\.name)
    if !refused.isEmpty {
      let judgement = Judgement.fail(
        fr: "\(Text(listing: refused.map(\.french))) : non autorisé à signer les \(object)",
        en: "\(Text(listing: refused.map(\.english))): not allowed to sign \(object)",
        case: FoundCase(
          refusal(refusedOnes.map(\.situation)),
          [
            "situations": LocalizedText(
              fr: Text(listing: refused.map(\.french)), en: Text(listing: refused.map(\.english)))
          ]))
      return situations.count > 1 && facts.selection == .any ? judgement.adding(Self.howToSelect) : judgement
    }
    if let unread = situations.first(where: { flag($0.situation) == nil }) {
      throw facts.unread(
        LocalizedText(
          fr: "\(unread.name.french) : l'autorisation de signer les \(object) n'a pas été lue",
          en: "\(unread.name.english): whether it may sign \(object) was not read"))
    }
    let places = situations.compactMap(\.place)
    guard !places.isEmpty else {
      return .pass(fr: "autorisé à signer les \(object)", en: "allowed to sign \(object)")
    }
    return .pass(
      fr: "autorisé à signer les \(object) (\(Text(listing: places.map(\.french))))",
      en: "allowed to sign \(object) (\(Text(listing: places.map(\.english))))")
  }

  private func situationsToJudge(_ facts: Facts) throws(Unavailability) -> SituationsToJudge {
    let expected: Personal?
    do throws(Unavailability) { expected = try acceptingLocum?.expected(facts) } catch {
      // The case belongs to the other check.
      throw error.inNoCase
    }
    if facts.selection == .any, let expected {
      var asked = facts
      asked.selection = .identifier(expected)
      let found = try SituationsToJudge(asked, acceptsLocum: true)
      if case .locum = found { return found }
    }
    return try SituationsToJudge(facts, acceptsLocum: acceptingLocum != nil)
  }

  private static let howToSelect = LocalizedText(
    fr: "pour n'en juger qu'une : --am NUMÉRO ou --situation N",
    en: "to judge one only: --am NUMBER or --situation N")
}
