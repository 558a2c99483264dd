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
