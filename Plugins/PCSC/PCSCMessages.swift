import Preflight

extension Unavailability {
  /// The reason for a fault of the service.
  ///
  /// - Parameter time: the time that the service was given.
  init(_ fault: PCSCFault, within time: Duration) {
    switch fault {
    case .unreachable(.absent, let status):
      self.init(
        .service,
        LocalizedText(
          fr: "le service PC/SC (pcscd) ne tourne pas sur ce poste : le démarrer [\(status.name)]",
          en: "the PC/SC service (pcscd) is not running on this workstation: start it [\(status.name)]"))
    case .unreachable(.forbidden, let status):
      self.init(
        .service,
        LocalizedText(
          fr: """
            le service PC/SC (pcscd) ne peut pas être utilisé par cet utilisateur : lui donner le droit d'écrire dans \
            \(ServiceSocket.path) [\(status.name)]
            """,
          en: """
            this user may not use the PC/SC service (pcscd): give it the right to write to \(ServiceSocket.path) \
            [\(status.name)]
            """))
    case .unreachable(.refused, _):
      self.init(
        .service,
        LocalizedText(
          fr: """
            le service PC/SC (pcscd) refuse cet utilisateur : lui accorder, par une règle polkit, les deux actions \
            org.debian.pcsc-lite.access_pcsc et org.debian.pcsc-lite.access_card
            """,
          en: """
            the PC/SC service (pcscd) refuses this user: grant it both actions, org.debian.pcsc-lite.access_pcsc and \
            org.debian.pcsc-lite.access_card, by a polkit rule
            """))
    case .unreachable(.deaf, let status):
      self.init(
        .service,
        LocalizedText(
          fr: """
            le service PC/SC (pcscd) ne répond plus sur \(ServiceSocket.path) : le redémarrer \
            [\(status.name)]
            """,
          en: """
            the PC/SC service (pcscd) no longer answers on \(ServiceSocket.path): restart it \
            [\(status.name)]
            """))
    case .otherVersion(let status):
      self.init(
        .service,
        LocalizedText(
          fr: """
            le service PC/SC (pcscd) et la bibliothèque libpcsclite de ce programme n'ont pas la même version de \
            protocole (conteneur, bibliothèque copiée ?) : installer la même version de pcsc-lite des deux côtés ; \
            redémarrer le service n'y change rien [\(status.name)]
            """,
          en: """
            the PC/SC service (pcscd) and this program's libpcsclite speak different protocol versions (a container, a \
            copied library?): install the same version of pcsc-lite on both sides; restarting the service does not \
            help [\(status.name)]
            """))
    case .status(let status) where status.isLossOfService:
      self.init(
        .service,
        LocalizedText(
          fr: "le service PC/SC s'est arrêté pendant la lecture [\(status.name)]",
          en: "the PC/SC service stopped while it was being asked [\(status.name)]"))
    case .status(.insufficientBuffer):
      self.init(
        .service,
        LocalizedText(
          fr: """
            le service PC/SC (pcscd) annonce sans cesse un lecteur de plus : débrancher les lecteurs, le redémarrer \
            [\(PCSCStatus.insufficientBuffer.name)]
            """,
          en: """
            the PC/SC service (pcscd) reports one more reader each time: unplug the readers and restart it \
            [\(PCSCStatus.insufficientBuffer.name)]
            """))
    case .status(let status):
      self.init(
        .service,
        LocalizedText(
          fr: "le service PC/SC a répondu par une erreur : \(status.name)",
          en: "the PC/SC service answered with an error: \(status.name)"))
    case .outlasted(.reaching(let reader)):
      self.init(
        .timeout,
        LocalizedText(
          fr: """
            la carte de « \(reader) » n'a pas été accessible en \(time.milliseconds) ms : un autre programme s'en \
            sert, ou elle est défectueuse
            """,
          en: """
            the card in “\(reader)” could not be reached within \(time.milliseconds) ms: another program is \
            using it, or it is faulty
            """))
    case .outlasted:
      self.init(
        .timeout,
        LocalizedText(
          fr: "le service PC/SC (pcscd) n'a pas répondu en \(time.milliseconds) ms",
          en: "the PC/SC service (pcscd) did not answer within \(time.milliseconds) ms"))
    }
  }

  /// The card was exchanged while it was read: what was read may be of two cards.
  static func exchanged(in reader: String) -> Unavailability {
    Unavailability(
      .cardRemoved,
      LocalizedText(
        fr: """
          la carte de « \(reader) » a été retirée ou changée pendant la lecture : rien de ce qui a été lu n'est cru ; \
          laisser la carte en place, relancer
          """,
        en: """
          the card in “\(reader)” was taken out or exchanged while it was read: nothing that was read is believed; \
          leave the card in place and check again
          """))
  }

  /// The card, or its reader, went away while it was being read.
  static func removed(from reader: String) -> Unavailability {
    Unavailability(
      .cardRemoved,
      LocalizedText(
        fr: "la carte a été retirée de « \(reader) » pendant la lecture",
        en: "the card was taken out of “\(reader)” while it was being read"))
  }

  /// Another program has exclusive use of the card.
  static func inUse(in reader: String) -> Unavailability {
    Unavailability(
      .cardInUse,
      LocalizedText(
        fr: "un autre programme tient pour lui seul la carte de « \(reader) »",
        en: "another program has exclusive use of the card in “\(reader)”"))
  }

  /// There are several cards, and it is unknown which one counts.
  static func several(in readers: [String]) -> Unavailability {
    let names = readers.map { "« \($0) »" as Text }
    let french = names.dropFirst().reduce(names.first ?? "") { "\($0) et \($1)" }
    let english = readers.map { "“\($0)”" }.joined(separator: " and ")
    return Unavailability(
      .ambiguous,
      LocalizedText(
        fr: "plusieurs cartes CPS, dans \(french) : rien ne dit laquelle compte",
        en: "several CPS cards, in \(english): nothing says which one counts"))
  }

  /// The reader itself does not work.
  static func unusable(_ reader: String) -> Unavailability {
    Unavailability(
      .service,
      LocalizedText(
        fr: "le lecteur « \(reader) » ne fonctionne pas : le débrancher et le rebrancher",
        en: "the reader “\(reader)” does not work: unplug it and plug it in again"))
  }

  /// There is no card.
  static let noCard = Unavailability(
    .notGiven, LocalizedText(fr: "aucune carte n'est lue", en: "no card is being read"))
}

extension ReaderChoice {
  /// What to tell a person while waiting for a card.
  func announcement(waiting patience: Duration) -> LocalizedText {
    let seconds = (patience.milliseconds + 999) / 1000
    let found: LocalizedText =
      switch self {
      case .noReader: LocalizedText(fr: "aucun lecteur n'est branché", en: "no reader is plugged in")
      case .absent(let asked):
        LocalizedText(
          fr: "le lecteur « \(TypedCode.shown(asked)) » n'est pas branché",
          en: "the reader “\(TypedCode.shown(asked))” is not plugged in")
      case .empty: LocalizedText(fr: "insérer la carte CPS", en: "insert the CPS card")
      case .mute(let reader):
        LocalizedText(
          fr: "la carte de « \(reader) » est muette : la retourner",
          en: "the card in “\(reader)” is mute: turn it over")
      case .unusable(let reader): Unavailability.unusable(reader).message
      case .card(.vitale, _, _):
        LocalizedText(
          fr: "la carte Vitale du patient est dans le lecteur : y mettre la carte CPS",
          en: "the patient's Vitale card is in the reader: put the CPS card in it")
      case .card(.cps, _, _):
        LocalizedText(
          fr: "la carte est lue sans contact : l'insérer dans le lecteur",
          en: "the card is read without contact: insert it into the reader")
      case .card(.other, _, _):
        LocalizedText(
          fr: "la carte du lecteur n'est pas une CPS : y mettre la carte CPS",
          en: "the card in the reader is not a CPS: put the CPS card in it")
      case .several(let readers): Unavailability.several(in: readers).message
      }
    return LocalizedText(
      fr: "En attente d'une carte CPS (encore \(seconds) s) : \(found.french)",
      en: "Waiting for a CPS card (\(seconds) s left): \(found.english)")
  }
}
