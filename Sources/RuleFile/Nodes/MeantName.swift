import Preflight

/// The names in rule files that other words stand for.
///
/// Names are English in every rule file. For a French word, or the word of another tool, the right name is proposed.
enum MeantName {
  private static let french = [
    "attente": "timeout", "avec": "with", "avertissement": "warning", "besoin": "needs",
    "bloquant": "blocking", "bloquante": "blocking",
    "code": "exit", "contrôle": "check", "controle": "check", "delai": "timeout", "délai": "timeout",
    "faits": "facts", "personnel": "personal", "personnelle": "personal",
    "derogations": "waivers", "dérogations": "waivers", "depend": "needs", "dépend": "needs",
    "desactiver": "disable", "désactiver": "disable", "etapes": "stages", "étapes": "stages",
    "gravite": "severity", "gravité": "severity", "groupe": "stages", "groupes": "stages",
    "identifiant": "id",
    "inclure": "include", "jusque": "until", "lien": "links", "liens": "links", "motif": "reason",
    "parametres": "with", "paramètres": "with", "pour": "for", "raison": "reason", "regle": "rule",
    "règle": "rule", "regles": "rules", "règles": "rules", "remede": "remedy", "remedes": "remedies",
    "remède": "remedy", "remèdes": "remedies",
    "severite": "severity", "sévérité": "severity", "sortie": "exit", "texte": "text", "titre": "title",
  ]

  private static let ofOtherTools = [
    "depends": "needs", "disabled": "disable", "error": "blocking", "exit_code": "exit", "fatal": "blocking",
    "group": "stages", "groups": "stages",
    "id": "rule", "import": "include", "info": "warning", "level": "severity", "message": "remedy",
    "name": "title", "parameters": "with", "params": "with", "requires": "needs", "type": "check",
    "url": "links",
    "use": "for", "uses": "for", "when": "for",
  ]

  /// The known name that a word stands for.
  static func name(for word: String, among known: [String]) -> String? {
    let word = word.lowercased()
    return [french, ofOtherTools].lazy.compactMap { $0[word] }.first { known.contains($0) }
  }
}
