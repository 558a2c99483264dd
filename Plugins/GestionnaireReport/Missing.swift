import Preflight

/// Reasons why the report does not give a fact.
enum Missing {
  /// No billing block, and no section that shows there is none.
  static let situations = Unavailability(
    .notGiven,
    LocalizedText(
      fr: """
        le rapport ne montre aucune situation de facturation : sa section \
        « Situations d'exercice et de facturation » manque ou est tronquée ; pour le refaire, \(GestionnaireSteps.situations.french)
        """,
      en: """
        the report shows no billing situation: its section \
        “Situations d'exercice et de facturation” is missing or cut short; to make it again, \(GestionnaireSteps.situations.english)
        """))

  /// No line names the card.
  static let card = Unavailability(
    .notGiven,
    LocalizedText(
      fr: "le rapport ne dit pas quelle carte a été lue : la ligne « Carte de … n° … » manque",
      en: "the report does not say which card was read: the line “Carte de … n° …” is missing"))

  /// The card is named without a whole number.
  static let number = Unavailability(
    .notGiven,
    LocalizedText(
      fr: "le rapport ne donne pas le numéro de la carte", en: "the report does not give the card's number"))

  /// The card's number is masked.
  static let maskedNumber = Unavailability(
    .notGiven,
    LocalizedText(
      fr: "le numéro de la carte est masqué dans le rapport", en: "the report masks the card's number"))

  /// No line names the holder.
  static let holder = Unavailability(
    .notGiven,
    LocalizedText(
      fr: "le rapport ne nomme pas le porteur : la ligne sous « Identification du porteur » manque",
      en: "the report does not name the holder: the line under “Identification du porteur” is missing"))

  /// The report never has dates.
  static let dates = Unavailability(
    .notGiven,
    LocalizedText(
      fr: """
        le rapport du Gestionnaire ne contient pas les dates de la carte ; elles sont sur son premier écran, \
        « IDENTIFICATION DE LA CARTE » : les donner par --with (card.issuedOn=AAAA-MM-JJ), ou par --facts
        """,
      en: """
        the Gestionnaire's report does not hold the card's dates; they are on its first screen, \
        “IDENTIFICATION DE LA CARTE”: give them with --with (card.issuedOn=YYYY-MM-DD), or with --facts
        """))

  /// « émise le … » was copied with the report, but « expire fin … » was not: the screen shows only one of the two.
  static let expiry = Unavailability(
    .notGiven,
    LocalizedText(
      fr: """
        le rapport donne la date d'émission de la carte, et non celle de sa fin, que le Gestionnaire ne montre pas pour \
        cette carte : la donner par --with (card.expiresOn=AAAA-MM-JJ), ou s'en tenir à la durée depuis l'émission (« expiry: false »)
        """,
      en: """
        the report gives the card's date of issue, and not that of its end, which the Gestionnaire does not show for this \
        card: give it with --with (card.expiresOn=YYYY-MM-DD), or rely on the time since the issue (“expiry: false”)
        """))

  /// « expire fin … » was copied with the report, but « émise le … » was not.
  static let issue = Unavailability(
    .notGiven,
    LocalizedText(
      fr: """
        le rapport donne la fin de validité de la carte, et non sa date d'émission, que le Gestionnaire ne montre pas pour \
        cette carte : la donner par --with (card.issuedOn=AAAA-MM-JJ)
        """,
      en: """
        the report gives the end of the card's validity, and not its date of issue, which the Gestionnaire does not show \
        for this card: give it with --with (card.issuedOn=YYYY-MM-DD)
        """))

  /// A date was copied with the report, but the calendar has no such day.
  static let impossibleDate = Unavailability(
    standing: .malformed,
    LocalizedText(
      fr: "la date de la carte jointe au rapport n'existe pas ou est illisible",
      en: "the card's date that comes with the report does not exist or cannot be read"))
}
