package import Preflight

extension BuiltInPlugin {
  /// The checks, sources and facts of this target.
  package static let gestionnaireReport = BuiltInPlugin(
    "GestionnaireReport",
    facts: [
      FactDeclaration(
        .reportCreatedOn, .date, fr: "date du rapport du Gestionnaire", en: "day of the Gestionnaire's report"
      )
    ])
}
