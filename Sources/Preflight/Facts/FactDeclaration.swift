/// What is known about a fact before any source is asked: its type and who may see it.
package struct FactDeclaration: Sendable {
  /// The name that rule files and facts files use.
  package let name: FactName
  /// The type of its values.
  package let type: FactType
  /// Who may see its value, derived from the type.
  package let visibility: Visibility
  /// A few words about what the fact means, for listings.
  package let summary: LocalizedText

  /// Creates a declaration whose summary is given in French and English.
  package init(_ name: FactName, _ type: FactType, fr: Text, en: Text) {
    self.init(name, type, LocalizedText(fr: fr, en: en))
  }

  package init(_ name: FactName, _ type: FactType, _ summary: LocalizedText) {
    self.name = name
    self.type = type
    self.visibility =
      switch type {
      case .personal, .situations, .concealed: .personal
      default: .public
      }
    self.summary = summary
  }
}

/// All facts that exist, by name.
package struct FactCatalogue: Sendable {
  /// The declarations, in the order in which reports list them.
  package let declarations: [FactDeclaration]
  private let byName: [FactName: FactDeclaration]

  package init(_ declarations: [FactDeclaration]) {
    self.declarations = declarations
    self.byName = Dictionary(declarations.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The declaration of the fact of that name. Nil if there is no such fact.
  package subscript(name: FactName) -> FactDeclaration? { byName[name] }

  /// Whether the catalogue has any fact of the same plugin.
  package func knows(pluginOf name: FactName) -> Bool {
    declarations.contains { $0.name.plugin == name.plugin }
  }

  /// Returns the catalogue with the other declarations added at the end.
  package func adding(_ others: [FactDeclaration]) -> FactCatalogue {
    others.isEmpty ? self : FactCatalogue(declarations + others)
  }
}

extension FactCatalogue {
  /// The facts of the program itself. docs/facts.md describes each in more detail.
  package static let standard = FactCatalogue([
    FactDeclaration(.today, .date, fr: "date du jour (Europe/Paris)", en: "today's date (Europe/Paris)"),
    FactDeclaration(.readerNames, .texts, fr: "lecteurs branchés", en: "readers plugged in"),
    FactDeclaration(
      .readerState, .choice(["none", "absent", "empty", "mute", "card"]),
      fr: "ce qu'il y a dans le lecteur", en: "what is in the reader"),
    FactDeclaration(.cardPresent, .boolean, fr: "une carte est lue", en: "a card is being read"),
    FactDeclaration(.cardReader, .text, fr: "lecteur de la carte", en: "the card's reader"),
    FactDeclaration(.cardATR, .text, fr: "ATR de la carte", en: "the card's ATR"),
    FactDeclaration(
      .cardInUse, .boolean, fr: "un autre programme se sert de la carte",
      en: "another program is using the card"),
    FactDeclaration(
      .cardKind, .choice(["cps", "cpf", "cpe", "cpa", "vitale", "unknown"]),
      fr: "type de carte", en: "kind of card"),
    FactDeclaration(
      .cardGeneration, .choice(["cps3", "cps4"]), fr: "génération de la puce", en: "generation of the chip"),
    FactDeclaration(.cardContactless, .boolean, fr: "lue sans contact", en: "read without contact"),
    FactDeclaration(
      .cardNumber, .personal(.cardNumber), fr: "numéro de la carte", en: "number of the card"),
    FactDeclaration(.cardTest, .boolean, fr: "carte de test", en: "a test card"),
    FactDeclaration(
      .cardCategory, .choice(CardCategory.allCases.map(\.rawValue)),
      fr: "catégorie de la carte (TRE_G01)", en: "category of the card (TRE_G01)"),
    FactDeclaration(.cardIssuedOn, .date, fr: "date de délivrance", en: "date of issue"),
    FactDeclaration(.cardExpiresOn, .date, fr: "fin de validité inscrite", en: "expiry written on the card"),
    FactDeclaration(
      .cardPIN, .choice(["ok", "low", "final", "blocked"]),
      fr: "état du code porteur", en: "state of the code porteur"),
    FactDeclaration(
      .cardCode, .choice(["accepted", "wrong", "wrong-tries-left", "wrong-last-try", "wrong-blocked"]),
      fr: "ce que la carte a dit du code porteur fourni", en: "what the card said of the code porteur given"),
    FactDeclaration(.holderName, .personal(.name), fr: "nom du porteur", en: "name of the holder"),
    FactDeclaration(.billingDAM, .boolean, fr: "la carte a un DAM", en: "the card has a DAM"),
    FactDeclaration(
      .billingSituations, .situations, fr: "situations de facturation", en: "billing situations"),
    FactDeclaration(
      .cryptolibVersion, .version, fr: "version installée de la Cryptolib",
      en: "installed version of the Cryptolib"),
    FactDeclaration(
      .cryptolibVersions, .cryptolibs, fr: "Cryptolibs trouvées sur le poste",
      en: "Cryptolibs that were found on the workstation"),
    FactDeclaration(
      .cryptolibLibrary, .version, fr: "version de la bibliothèque PKCS#11",
      en: "version of the PKCS#11 library"),
    FactDeclaration(
      .cryptolibModule, .text, fr: "fichier du module PKCS#11 chargé",
      en: "file of the PKCS#11 module that was loaded"),
    FactDeclaration(
      .reportCreatedOn, .date, fr: "date du rapport du Gestionnaire", en: "day of the Gestionnaire's report"),
  ])
}
