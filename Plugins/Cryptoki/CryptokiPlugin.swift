package import Preflight

extension BuiltInPlugin {
  /// The sources, facts and examinations of this target.
  package static let cryptoki = BuiltInPlugin(
    "Cryptoki",
    sources: [CryptokiSource.declaration, ModulesSource.declaration],
    facts: [
      FactDeclaration(
        .billingPractice, .texts, fr: "modes d'exercice des activités de la carte",
        en: "how the activities of the card are practised"),
      FactDeclaration(.cardTest, .boolean, fr: "carte de test", en: "a test card"),
      FactDeclaration(
        .cardCategory, .choice(CardCategory.allCases.map(\.rawValue)),
        fr: "catégorie de la carte (TRE_G01)", en: "category of the card (TRE_G01)"),
      FactDeclaration(
        .cardCode, .choice(["accepted", "wrong", "wrong-tries-left", "wrong-last-try", "wrong-blocked"]),
        fr: "ce que la carte a dit du code porteur fourni", en: "what the card said of the code porteur given"
      ),
      FactDeclaration(
        .cryptolibLibrary, .version, fr: "version de la bibliothèque PKCS#11",
        en: "version of the PKCS#11 library"),
      FactDeclaration(
        .cryptolibModule, .text, fr: "fichier du module PKCS#11 chargé",
        en: "file of the PKCS#11 module that was loaded"),
    ] + FactDeclaration.ofModules,
    examinations: [.p11kitModules])
}
