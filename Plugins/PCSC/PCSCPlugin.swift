package import Preflight

extension BuiltInPlugin {
  /// The checks, sources and facts of this target.
  package static let pcsc = BuiltInPlugin(
    "PCSC",
    sources: [PCSCSource.declaration],
    facts: [
      FactDeclaration(.readerNames, .texts, fr: "lecteurs branchés", en: "readers plugged in"),
      FactDeclaration(
        .readerState, .choice(["none", "absent", "empty", "mute", "card"]),
        fr: "ce qu'il y a dans le lecteur", en: "what is in the reader"),
      FactDeclaration(
        .readerEvents, .integer, fr: "cartes que le service PC/SC a vues arriver et partir dans ce lecteur",
        en: "cards that the PC/SC service has seen come and go in that reader"),
      FactDeclaration(.cardReader, .text, fr: "lecteur de la carte", en: "the card's reader"),
      FactDeclaration(.cardATR, .text, fr: "ATR de la carte", en: "the card's ATR"),
      FactDeclaration(
        .cardInUse, .boolean, fr: "un autre programme se sert de la carte",
        en: "another program is using the card"),
      FactDeclaration(
        .cardGeneration, .choice(["cps3", "cps4"]), fr: "génération de la puce", en: "generation of the chip"),
    ])
}
