package import Preflight

/// The check `card.pin`: the code porteur can be used, without its last try.
package struct CardPINCheck: Check {
  package static let description = CheckDescription(
    id: "card.pin",
    summary: LocalizedText(
      fr: "le code porteur n'est pas bloqué, ni à son dernier essai",
      en: "the code porteur is neither blocked nor at its last try"),
    rationale: LocalizedText(
      fr: "un essai de trop bloque la carte, que seul le code de déblocage de l'ANS rouvre",
      en: "one try too many blocks the card, which only ANS's unlock code opens again"),
    examples: [
      CheckExample("No wrong try", facts: [.cardPIN: .text("ok")], is: .pass),
      CheckExample("A wrong try has happened", facts: [.cardPIN: .text("low")], is: .pass),
      CheckExample("One try left", facts: [.cardPIN: .text("final")], is: .fail),
      CheckExample("Blocked", facts: [.cardPIN: .text("blocked")], is: .fail),
      CheckExample("Nobody has looked", facts: [:], is: .unknown),
    ])

  package init(_ parameters: Parameters) throws(ParameterError) {}

  package var facts: Set<FactName> { [.cardPIN] }

  private static let unknownState = Unavailability(
    .malformed,
    LocalizedText(
      fr: "état du code porteur incompréhensible", en: "the state of the code porteur makes no sense"))

  package func judge(_ facts: Facts) throws(Unavailability) -> Judgement {
    switch try facts.text(.cardPIN) {
    case "ok": return .pass(fr: "code porteur utilisable", en: "the code porteur can be used")
    case "low":
      return .pass(
        fr: "un code erroné a déjà été saisi ; code porteur encore utilisable",
        en: "a wrong code has been entered; the code porteur can still be used")
    case "final":
      return .fail(
        fr: """
          il ne reste qu'un essai du code porteur ; il n'est pas risqué ici : saisir une fois le bon code dans \
          le Gestionnaire de la carte CPS, ou le retrouver sur le portail de l'ANS, puis relancer
          """,
        en: """
          one try of the code porteur is left; it is not risked here: enter the right code once in the \
          Gestionnaire de la carte CPS, or find it on the ANS portal, then check again
          """)
    case "blocked": return .fail(fr: "le code porteur est bloqué", en: "the code porteur is blocked")
    default: throw Self.unknownState
    }
  }
}
