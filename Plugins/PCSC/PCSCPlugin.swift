package import Preflight

extension FactName {
  /// The state of the PC/SC service.
  package static let pcscService = FactName("pcsc.service")
  /// What each reader of PC/SC holds.
  package static let pcscReaders = FactName("pcsc.readers")
  /// The packages of PC/SC that are installed.
  package static let pcscPackages = FactName("pcsc.packages")
  /// The state of systemd's socket for the service.
  package static let pcscUnit = FactName("pcsc.unit")
  /// Whether polkit lets the user reach the service.
  package static let pcscMayConnect = FactName("pcsc.mayConnect")
  /// Whether polkit lets the user use cards.
  package static let pcscMayUseCards = FactName("pcsc.mayUseCards")
  /// The other programs that use readers.
  package static let pcscPrograms = FactName("pcsc.programs")
}

extension FactDeclaration {
  /// The facts of the source `pcsc-service`.
  static let ofService = [
    FactDeclaration(
      .pcscService,
      .choice(["running", "absent", "forbidden", "refused", "deaf", "other-version", "failing"]),
      fr: "état du service PC/SC", en: "state of the PC/SC service"),
    FactDeclaration(
      .pcscReaders, .list, fr: "lecteurs de PC/SC, avec ce qu'ils contiennent",
      en: "readers of PC/SC, with what they hold"),
    FactDeclaration(
      .pcscPackages, .list, fr: "paquets de PC/SC installés", en: "packages of PC/SC that are installed"),
    FactDeclaration(
      .pcscUnit, .choice(["active", "inactive", "failed", "not-found"]),
      fr: "état de pcscd.socket, d'après systemd", en: "state of pcscd.socket, as systemd says"),
    FactDeclaration(
      .pcscMayConnect, .boolean, fr: "polkit laisse joindre le service PC/SC",
      en: "whether polkit lets the user reach the PC/SC service"),
    FactDeclaration(
      .pcscMayUseCards, .boolean, fr: "polkit laisse se servir des cartes",
      en: "whether polkit lets the user use cards"),
    FactDeclaration(
      .pcscPrograms, .texts, fr: "autres programmes qui se servent des lecteurs",
      en: "other programs that use the readers"),
  ]
}

extension BuiltInPlugin {
  /// The sources, facts and examinations of this target.
  package static let pcsc = BuiltInPlugin(
    "PCSC",
    sources: [PCSCSource.declaration, PCSCServiceSource.declaration],
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
    ] + FactDeclaration.ofService,
    examinations: [.pcscService, .pcscPackages, .pcscUnit, .pcscRights, .pcscReaders, .pcscPrograms])
}
