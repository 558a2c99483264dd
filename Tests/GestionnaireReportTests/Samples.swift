/// The sample reports; all people and numbers are fictitious.
enum Samples {
  /// The complete report of a salaried and liberal practitioner, as Gestionnaire 06.08.00 writes it.
  static let whole = """
    *** Session CPS-GESTION    Version v06.08.00
    *** Fichier créé le 23-NOV-2026 20:30:43
    *** Fichier CPS-INFO.TXT : Données lues dans la CPS

    *** Identification du porteur
        Monsieur TESTARD ALBAN
        8 09

    *** Identification de la carte :
    Carte de Professionnel de Santé (CPS) n° 2800009017

    Profession : Médecin
    Nom d'exercice : TESTARD
    Spécialité RPPS
        1- Médecine générale (SM)
    \u{20}
    *** Situations d'exercice et de facturation
    \u{20}
      * Exercice Libéral, exploitant ou commerçant

       Type d'identifiant de structure
       - CABINET TESTARD
       - Id Cabinet RPPS 09
       Secteur d'activité RPPS : Cabinet individuel

       Facturation
       Identifiant : 991000009\u{20}
       Spécialité Assurance Maladie : Médecine générale
          - Conventionné
          - Zone B
          - Indemnités kilométriques plaine
       Code Agrément : Pas d'agrément
       Autorisations de signature
         - autorisé à signer les FSE
         - autorisé à signer les lots

      * Exercice Salarié

       Type d'identifiant de structure
       - CLINIQUE DES ESSAIS
       - FINESS 09
       Secteur d'activité RPPS : Centre de santé

       Facturation
       Identifiant :
       Spécialité Assurance Maladie : Non définie
          - Etablissement ou Centre de Santé
          - Non définie
       Code Agrément : Non défini
       Autorisations de signature
         - non autorisé à signer les FSE
         - non autorisé à signer les lots

    """

  /// A fragment with Markdown, as shown on a support page.
  static let fragment = """
    “ *** Situations d'exercice et de facturation

    Facturation

    Identifiant : xxx26xxxxx

    Spécialité Assurance Maladie : Non définie

    - Etablissement ou Centre de Santé
    - Non définie

    Code Agrément : Non défini

    Autorisations de signature

    - **autorisé à signer les FSE**
    - **autorisé à signer les lots**
    """

  /// The same fragment within the text of the page, which mentions cards, codes and dates.
  static let page = """
    Les cartes CPS et CPE

    La carte **CPS** ou **CPE** permet de signer électroniquement les factures, d'interroger le \
    télé-service ADRI.

    La **Carte de Professionnel de Santé** (CPS) est une carte à puce permettant à son titulaire \
    d'attester de son \
    identité et de ses qualifications professionnelles.

    La **Carte de Personnel d'Etablissement** (CPE) est une carte à puce permettant à son titulaire de \
    facturer.

    Pour fonctionner, la carte CPS ou CPE doit contenir les **informations de facturation de votre société \
    (numéro AM)**, ainsi que les **autorisations nécessaires**.

    3. Cliquer sur "[Lecture situation](#)"
    4. Saisir le [code porteur](#) à 4 chiffres
    5. [Valider](#)
    6. Les informations suivantes en **rouge** sont obligatoires

    \(fragment)

    Dans le cas où une donnée en rouge est manquante, la carte ne sera pas utilisable. Il convient de \
    contacter \
    l'organisme émetteur (ANS) pour se faire délivrer une nouvelle carte.

    Fin de validité de la carte CPS

    Les cartes CPS ont une durée de validité de **trois ans à compter de la date de délivrance initiale**.

    2. Dans la section « IDENTIFICATION DE LA CARTE » vous retrouverez la date de délivrance. Si cette \
    date remonte \
    à plus de trois ans, votre carte n'est plus valide.

    Erreur : *Carte du Professionnel de Santé est non valide ou inexploitable par le Logiciel Lecteur. \
    La CPS n'a \
    pas de DAM (Domaine d'Assurance Maladie)*
    """

  /// Returns a billing block around a line about the identifier.
  static func identified(_ line: String) -> String {
    """
    Facturation
    \(line)
    Spécialité Assurance Maladie : Non définie
    Autorisations de signature
    """
  }

  /// Returns a billing block that ends with these words about the authorisations.
  static func authorised(_ words: String) -> String {
    """
    Facturation
    Identifiant : 991000009
    Code Agrément : Non défini
    Autorisations de signature
    \(words)
    """
  }
}
