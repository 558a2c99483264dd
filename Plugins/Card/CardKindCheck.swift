package import Preflight

/// The check `card.kind`: the card is of an accepted kind and is read through its contacts.
package struct CardKindCheck: Check {
  /// `accept` lists the accepted values of the fact `card.kind`; by default `cps` and `cpe`.
  package static let description = CheckDescription(
    id: "card.kind",
    summary: LocalizedText(
      fr: "la carte est une CPS ou une CPE, lue par ses contacts",
      en: "the card is a CPS or a CPE, read through its contacts"),
    rationale: LocalizedText(
      fr: "la carte Vitale, une carte en formation ou une lecture sans contact ne peuvent pas signer",
      en: "the Vitale card, a card for training or a contactless reading cannot sign"),
    parameters: [
      Parameter(
        "accept", .list(of: .choice(["cps", "cpf", "cpe", "cpa"])), default: "[cps, cpe]",
        fr: "les types de carte admis", en: "the kinds of card that are accepted")
    ],
    cases: [
      CheckCase("contactless", fr: "la carte est lue sans contact", en: "the card is read without contact"),
      CheckCase("vitale", fr: "c'est la carte Vitale du patient", en: "it is the patient's Vitale card"),
      CheckCase(
        "cpf", fr: "c'est une carte de professionnel en formation",
        en: "it is a card for a professional in training"),
      CheckCase("cpa", fr: "c'est une carte de personnel autorisé", en: "it is a card for authorised staff"),
      CheckCase(
        "not_a_card_in_use", fr: "c'est un module de sécurité ou un certificat logiciel, non une carte",
        en: "it is a security module or a software certificate, not a card",
        variables: [CaseVariable("category", fr: "sa catégorie", en: "its category")]),
      CheckCase(
        "not_accepted", fr: "c'est une CPS ou une CPE, que la règle n'admet pas",
        en: "it is a CPS or a CPE, which the rule does not accept",
        variables: [CaseVariable("kind", fr: "le type de la carte", en: "the kind of card")]),
      CheckCase(
        "unknown_card", fr: "ce n'est aucune des cartes connues",
        en: "it is not a known card",
        variables: [
          CaseVariable("atr", fr: "l'ATR de la carte, ou un tiret", en: "the card's ATR, or a dash")
        ]),
    ],
    examples: [
      CheckExample("A CPS", facts: contact("cps"), is: .pass),
      CheckExample("A CPE", facts: contact("cpe"), is: .pass),
      CheckExample("The patient's card", facts: contact("vitale"), is: .fail, "vitale"),
      CheckExample("A card for training", facts: contact("cpf"), is: .fail, "cpf"),
      CheckExample("A card for authorised staff", facts: contact("cpa"), is: .fail, "cpa"),
      CheckExample(
        "A card of the staff, where it is not accepted", parameters: ["accept": .list([.string("cps")])],
        facts: contact("cpe"), is: .fail, "not_accepted"),
      CheckExample(
        "A card for training, accepted", parameters: ["accept": .list([.string("cpf")])],
        facts: contact("cpf"), is: .pass),
      CheckExample(
        "A contactless reading", facts: [.cardContactless: .boolean(true)], is: .fail, "contactless"),
      CheckExample(
        "Some other card", facts: [.cardKind: .text("unknown"), .cardATR: .text("3B 00")], is: .fail,
        "unknown_card"),
      CheckExample(
        "A security module", facts: contact("cps").merging([.cardCategory: .text("02")]) { $1 }, is: .fail,
        "not_a_card_in_use"),
      CheckExample("A kind that nobody knows", facts: [.cardContactless: .boolean(false)], is: .unknown),
      CheckExample("Contacts that nobody has seen", facts: [.cardKind: .text("cps")], is: .unknown),
    ])

  private let accepted: Set<String>

  /// Reads the accepted kinds.
  ///
  /// - Throws: ``ParameterError`` if the list `accept` is empty.
  package init(_ parameters: Parameters) throws(ParameterError) {
    guard case .list(let kinds)? = parameters["accept"] else {
      accepted = ["cps", "cpe"]
      return
    }
    accepted = Set(
      kinds.compactMap { kind in
        if case .string(let word) = kind { word } else { nil }
      })
    guard !accepted.isEmpty else {
      throw ParameterError("accept", fr: "aucun type n'est admis", en: "no kind is accepted")
    }
  }

  /// The kind of the card, how it is read, and its ATR for the message on an unknown card.
  package var facts: Set<FactName> { [.cardKind, .cardContactless, .cardATR] }

  /// The category, where a source has been asked that gives it.
  package var welcomeFacts: Set<FactName> { [.cardCategory] }

  /// Fails for a card read without contact, for what is no card, and for a kind that is not accepted.
  ///
  /// - Throws: ``Unavailability`` if the kind is unknown and nothing else is known to be wrong.
  package func judge(_ facts: Facts) throws(Unavailability) -> Judgement {
    // A known fault is reported even if other facts are unknown.
    if facts.known(.cardContactless) == .boolean(true) {
      return .fail(
        fr: "carte lue sans contact : elle ne peut pas signer ainsi",
        en: "the card is read without contact: it cannot sign that way", case: FoundCase("contactless"))
    }
    let kind = try facts.text(.cardKind)
    guard accepted.contains(kind) else { return refusal(of: kind, facts) }
    if let refusal = try refusal(byCategory: facts) { return refusal }
    _ = try facts.boolean(.cardContactless)
    return .pass(fr: "carte \(kind.uppercased())", en: "\(kind.uppercased()) card")
  }

  /// Refuses what is not a card that somebody holds. Whether it is for tests is the matter of `card.test`.
  private func refusal(byCategory facts: Facts) throws(Unavailability) -> Judgement? {
    guard facts.mayHave(Self.ofCategory), case .text(let word)? = try facts.optional(.cardCategory),
      let category = CardCategory(rawValue: word)
    else { return nil }
    switch category {
    case .cardInUse, .testCard: return nil
    case .securityModule, .softwareCertificate, .testSecurityModule, .testSoftwareCertificate:
      let (name, number) = (category.name, Text(word))
      return .fail(
        fr: "\(name.french) (catégorie \(number)) : ce n'est pas une carte en service",
        en: "\(name.english) (category \(number)): it is not a card in use",
        case: FoundCase("not_a_card_in_use", ["category": "\(number)"]))
    }
  }

  private static let ofCategory = Facts.Names([.cardCategory])

  private func refusal(of kind: String, _ facts: Facts) -> Judgement {
    switch kind {
    case "vitale":
      return .fail(
        fr: "la carte Vitale du patient est dans le lecteur",
        en: "the patient's Vitale card is in the reader", case: FoundCase("vitale"))
    case "cpf":
      return .fail(
        fr: "carte de professionnel en formation (CPF) : elle ne facture pas",
        en: "a card for a professional in training (CPF): it does not bill", case: FoundCase("cpf"))
    case "cpa":
      return .fail(
        fr: "carte de personnel autorisé (CPA) : elle ne facture pas",
        en: "a card for authorised staff (CPA): it does not bill", case: FoundCase("cpa"))
    case "unknown":
      guard case .text(let atr)? = facts.known(.cardATR) else {
        return .fail(
          fr: "la carte du lecteur n'est pas une CPS", en: "the card in the reader is not a CPS",
          case: FoundCase("unknown_card", ["atr": "–"]))
      }
      return .fail(
        fr: "la carte du lecteur n'est pas une CPS (ATR \(atr))",
        en: "the card in the reader is not a CPS (ATR \(atr))",
        case: FoundCase("unknown_card", ["atr": Text(atr)]))
    default:
      let name = kind.uppercased()
      return .fail(
        fr: "carte \(name), qui n'est pas admise ici", en: "a \(name) card, which is not accepted here",
        case: FoundCase("not_accepted", ["kind": Text(name)]))
    }
  }

  private static func contact(_ kind: String) -> [FactName: FactValue] {
    [.cardKind: .text(kind), .cardContactless: .boolean(false)]
  }
}
