/// What the names of rule files are called by those who write them in French.
///
/// Names are English in every rule file; who writes the French word is shown the right one.
enum FrenchNames {
  private static let meant = [
    "attente": "timeout", "avec": "with", "avertissement": "warning", "besoin": "needs",
    "bloquant": "blocking",
    "code": "exit", "contrôle": "check", "controle": "check", "delai": "timeout", "délai": "timeout",
    "derogations": "waivers", "dérogations": "waivers", "depend": "needs", "dépend": "needs",
    "desactiver": "disable", "désactiver": "disable", "etapes": "stages", "étapes": "stages",
    "gravite": "severity", "gravité": "severity", "identifiant": "id",
    "inclure": "include", "jusque": "until", "lien": "links", "liens": "links", "motif": "reason",
    "parametres": "with", "paramètres": "with", "pour": "for", "raison": "reason", "regle": "rule",
    "règle": "rule", "regles": "rules", "règles": "rules", "remede": "remedy", "remède": "remedy",
    "severite": "severity", "sévérité": "severity", "sortie": "exit", "texte": "text", "titre": "title",
  ]

  /// The known name that a French word stands for.
  static func name(for word: String, among known: [String]) -> String? {
    meant[word.lowercased()].flatMap { known.contains($0) ? $0 : nil }
  }
}
