package import Preflight

/// The check `card.present`: there is a card in the reader.
package struct CardPresentCheck: Check {
  /// The check has no parameters; its cases distinguish the reasons why there is no card.
  package static let description = CheckDescription(
    id: "card.present",
    summary: LocalizedText(fr: "une carte est dans le lecteur", en: "a card is in the reader"),
    rationale: LocalizedText(
      fr: "sans carte, rien ne peut être signé", en: "without a card nothing can be signed"),
    cases: [
      CheckCase("no_reader", fr: "aucun lecteur n'est branché", en: "no reader is plugged in"),
      CheckCase(
        "reader_absent", fr: "le lecteur demandé n'est pas branché",
        en: "the reader asked for is not plugged in",
        variables: [
          CaseVariable("readers", fr: "les lecteurs branchés", en: "the readers that are plugged in")
        ]),
      CheckCase(
        "no_card", fr: "aucune carte n'est dans le lecteur", en: "no card is in the reader",
        variables: [reader]),
      CheckCase(
        "mute", fr: "la carte ne répond pas : elle est le plus souvent à l'envers",
        en: "the card does not answer: most often it is the wrong way round", variables: [reader]),
    ],
    examples: [
      CheckExample("A card", facts: [.cardPresent: .boolean(true)], is: .pass),
      CheckExample("No card", facts: [.cardPresent: .boolean(false)], is: .fail, "no_card"),
      CheckExample(
        "No reader", facts: [.cardPresent: .boolean(false), .readerState: .text("none")], is: .fail,
        "no_reader"),
      CheckExample(
        "The reader that was named is not there",
        facts: [.cardPresent: .boolean(false), .readerState: .text("absent")], is: .fail, "reader_absent"),
      CheckExample(
        "A card the wrong way round", facts: [.cardPresent: .boolean(false), .readerState: .text("mute")],
        is: .fail, "mute"),
      CheckExample("Nobody has looked", facts: [:], is: .unknown),
    ])

  private static let reader = CaseVariable(
    "reader", fr: "le lecteur, ou un tiret", en: "the reader, or a dash")

  /// Makes the check. It never throws, as there are no parameters.
  package init(_ parameters: Parameters) throws(ParameterError) {}

  /// Whether a card is present, and what the readers hold, to say why there is none.
  package var facts: Set<FactName> { [.cardPresent, .cardReader, .readerState, .readerNames] }

  /// Passes if a card was read; fails with the state of the readers if there is none.
  ///
  /// - Throws: ``Unavailability`` if it is unknown whether there is a card, for example without a PC/SC service.
  package func judge(_ facts: Facts) throws(Unavailability) -> Judgement {
    guard try facts.boolean(.cardPresent) else { return Self.absence(facts) }
    var judgement = Judgement.pass(fr: "carte lue", en: "card read")
    if case .text(let reader)? = facts.known(.cardReader) {
      judgement = .pass(fr: "carte lue dans « \(reader) »", en: "card read in “\(reader)”")
    }
    // The note says which of several readings of the card was chosen.
    return facts[.cardPresent].note.map { judgement.adding($0) } ?? judgement
  }

  /// Why there is no card, as far as the source knows.
  private static func absence(_ facts: Facts) -> Judgement {
    guard case .text(let state)? = facts.known(.readerState) else { return nothing(in: []) }
    var readers: [String] = []
    if case .texts(let names)? = facts.known(.readerNames) { readers = names }
    if state == "absent" { return absentReader(besides: readers) }
    readers = if case .text(let reader)? = facts.known(.cardReader) { [reader] } else { [] }
    switch state {
    case "none": return noReader
    case "mute": return mute(in: readers)
    default: return nothing(in: readers)
    }
  }

  private static let noReader = Judgement.fail(
    fr: "aucun lecteur de cartes n'est branché, ou PC/SC ne le voit pas (GALSS, pilote du fabricant)",
    en: "no card reader is plugged in, or PC/SC does not see it (GALSS, maker's driver)",
    case: FoundCase("no_reader"))

  private static func absentReader(besides readers: [String]) -> Judgement {
    .fail(
      fr: "le lecteur demandé n'est pas branché ; lecteurs branchés : \(french(readers))",
      en: "the reader asked for is not plugged in; readers plugged in: \(english(readers))",
      case: FoundCase("reader_absent", ["readers": names(readers)]))
  }

  private static func nothing(in readers: [String]) -> Judgement {
    .fail(
      fr: readers.isEmpty ? "aucune carte dans le lecteur" : "aucune carte dans \(french(readers))",
      en: readers.isEmpty ? "no card in the reader" : "no card in \(english(readers))",
      case: FoundCase("no_card", ["reader": names(readers)]))
  }

  private static func mute(in readers: [String]) -> Judgement {
    let place = LocalizedText(
      fr: readers.isEmpty ? "du lecteur" : "de \(french(readers))",
      en: readers.isEmpty ? "the reader" : "\(english(readers))")
    return .fail(
      fr: "la carte \(place.french) est muette : elle est sans doute insérée à l'envers",
      en: "the card in \(place.english) is mute: it is probably inserted the wrong way",
      case: FoundCase("mute", ["reader": names(readers)]))
  }

  private static func names(_ readers: [String]) -> LocalizedText {
    readers.isEmpty
      ? LocalizedText(everywhere: "–") : LocalizedText(fr: french(readers), en: english(readers))
  }

  private static func french(_ readers: [String]) -> Text {
    let names = readers.map { "« \($0) »" as Text }
    return names.dropFirst().reduce(names.first ?? "") { "\($0), \($1)" }
  }

  private static func english(_ readers: [String]) -> Text {
    Text(readers.map { "“\($0)”" }.joined(separator: ", "))
  }
}
