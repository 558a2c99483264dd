package import Preflight

/// The rule file that new integrators start from.
package enum RuleFileTemplate {
  /// Returns the file, in which everything except `extends` is a comment.
  ///
  /// - Parameter schema: the path of the JSON Schema, by which editors complete and check: absolute, or relative to the file.
  package static func text(in language: Language, schema: String) -> String {
    language == .french ? french(schema) : english(schema)
  }

  private static func french(_ schema: String) -> String {
    """
    # Les règles de ce poste, qui partent de celles livrées avec cps-preflight.
    # Après un changement : cps-preflight rules lint ; pour voir le résultat : cps-preflight rules show
    # Complétion dans l'éditeur ; avec des plugins, le schéma complet : cps-preflight rules schema > rules.schema.json
    # yaml-language-server: $schema=\(schema)
    version: 1
    extends: default

    # D'autres fichiers de règles, relatifs à celui-ci.
    # include: [societe.yaml]

    # Changer une règle, par son identifiant (cps-preflight rules list les donne).
    # override:
    #   fin-de-validite-proche:
    #     with: { days_left: 90 }
    #   carte-presente:
    #     remedies: { no_reader: { fr: Appeler le poste 12., en: Call extension 12. } }

    # Retirer une règle.
    # disable: [fin-de-validite-proche]

    # Ajouter une règle : une étape livrée (poste, carte, facturation) ou une nouvelle.
    # stages:
    #   - id: carte
    #     rules:
    #       - id: carte-reelle
    #         title: { fr: Carte réelle, en: A real card }
    #         check: fact
    #         with: { fact: card.test, equals: false }
    #         exit: 12
    #         remedy: { fr: Insérer une carte réelle., en: Insert a real card. }

    # Déclarer un fait du logiciel, donné par --facts ou --with, que les règles peuvent comparer.
    # facts:
    #   lot/test: { type: boolean, title: { fr: lot de test, en: test lot } }

    # Accepter pour un temps qu'une règle échoue : 90 jours au plus, sauf max_days.
    # waivers:
    #   - rule: cryptolib-a-jour
    #     reason: { fr: Mise à jour prévue par l'informatique, en: Update planned by IT }
    #     until: 2026-12-31

    # Apprendre à « cps-preflight explain » le message d'un autre logiciel.
    # messages:
    #   - text: Lecteur non détecté
    #     rule: carte-presente

    """
  }

  private static func english(_ schema: String) -> String {
    """
    # The rules of this workstation, which start from those that come with cps-preflight.
    # After a change: cps-preflight rules lint; to see the outcome: cps-preflight rules show
    # Completion in editors; with plugins, the whole schema: cps-preflight rules schema > rules.schema.json
    # yaml-language-server: $schema=\(schema)
    version: 1
    extends: default

    # Other rule files, relative to this one.
    # include: [society.yaml]

    # Change a rule, by its id (cps-preflight rules list gives them).
    # override:
    #   fin-de-validite-proche:
    #     with: { days_left: 90 }
    #   carte-presente:
    #     remedies: { no_reader: { fr: Appeler le poste 12., en: Call extension 12. } }

    # Drop a rule.
    # disable: [fin-de-validite-proche]

    # Add a rule: to a stage that is shipped (poste, carte, facturation) or to a new one.
    # stages:
    #   - id: carte
    #     rules:
    #       - id: carte-reelle
    #         title: { fr: Carte réelle, en: A real card }
    #         check: fact
    #         with: { fact: card.test, equals: false }
    #         exit: 12
    #         remedy: { fr: Insérer une carte réelle., en: Insert a real card. }

    # Declare a fact of the billing software, given by --facts or --with, which rules may compare.
    # facts:
    #   lot/test: { type: boolean, title: { fr: lot de test, en: test lot } }

    # Accept for a time that a rule fails: 90 days at most, except with max_days.
    # waivers:
    #   - rule: cryptolib-a-jour
    #     reason: { fr: Mise à jour prévue par l'informatique, en: Update planned by IT }
    #     until: 2026-12-31

    # Teach “cps-preflight explain” a message of other software.
    # messages:
    #   - text: Lecteur non détecté
    #     rule: carte-presente

    """
  }
}
