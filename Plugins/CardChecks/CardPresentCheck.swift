package import Preflight

/// The check `card.present`: there is a card to speak of.
package struct CardPresentCheck: Check {
  package static let description = CheckDescription(
    id: "card.present",
    summary: LocalizedText(fr: "une carte est dans le lecteur", en: "a card is in the reader"),
    rationale: LocalizedText(
      fr: "sans carte, rien ne peut être signé", en: "without a card nothing can be signed"),
    examples: [
      CheckExample("A card", facts: [.cardPresent: .boolean(true)], is: .pass),
      CheckExample("No card", facts: [.cardPresent: .boolean(false)], is: .fail),
      CheckExample("Nobody has looked", facts: [:], is: .unknown),
    ])

  package init(_ parameters: Parameters) throws(ParameterError) {}

  package var facts: Set<FactName> { [.cardPresent, .cardReader] }

  package func judge(_ facts: Facts) throws(Unavailability) -> Judgement {
    guard try facts.boolean(.cardPresent) else {
      return .fail(fr: "aucune carte dans le lecteur", en: "no card in the reader")
    }
    guard case .text(let reader)? = facts[.cardReader].value else {
      return .pass(fr: "carte lue", en: "card read")
    }
    return .pass(fr: "carte lue dans « \(reader) »", en: "card read in “\(reader)”")
  }
}
