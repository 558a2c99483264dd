/// What a user does in the « Gestionnaire de la carte CPS » to learn what this program was not told.
package enum GestionnaireSteps {
  /// How to find the card's date of issue: on the first screen, and not in the report.
  package static let dates = LocalizedText(
    fr: """
      ouvrir « Gestionnaire de la carte CPS » (saisir CPS dans la recherche de Windows ou de macOS) : la date de \
      délivrance est dans la section « IDENTIFICATION DE LA CARTE »
      """,
    en: """
      open “Gestionnaire de la carte CPS” (type CPS into the search of Windows or macOS): the date of issue is in the \
      section “IDENTIFICATION DE LA CARTE”
      """)

  /// Where to find the expiry written on the card: the screen shows it for the oldest cards only.
  package static let expiry = LocalizedText(
    fr: """
      la fin de validité est dans la puce de la carte : la faire lire dans un lecteur (cps-preflight facts) ; cet écran ne \
      la montre que pour les cartes les plus anciennes, « expire fin MM/AAAA ». Pour s'en passer, mettre « expiry: false » \
      aux règles card.validity : seules comptent alors les années depuis la délivrance
      """,
    en: """
      the expiry is on the card's chip: have it read in a reader (cps-preflight facts); that screen shows it for the oldest \
      cards alone, « expire fin MM/AAAA ». To do without it, give the rules card.validity “expiry: false”: then only the \
      years since the issue count
      """)

  /// How to read the billing situations, and write the report on them.
  package static let situations = LocalizedText(
    fr: """
      ouvrir « Gestionnaire de la carte CPS » (saisir CPS dans la recherche de Windows ou de macOS), cliquer sur \
      « Services CPS », puis sur « Lecture situation », saisir le code porteur à 4 chiffres, valider : le rapport est \
      CPS-INFO.TXT
      """,
    en: """
      open “Gestionnaire de la carte CPS” (type CPS into the search of Windows or macOS), click on “Services CPS”, then \
      on “Lecture situation”, enter the 4-digit code porteur, confirm: the report is CPS-INFO.TXT
      """)
}
