package import Preflight

extension RuleResult {
  /// What to do about the result: the advice of the rule, its check or a plugin. For an undecided rule without any,
  /// the general advice for the reason. Nil if there is none.
  package var advice: LocalizedText? {
    remedy ?? (outcome == .unknown ? correction?.advice ?? reason?.advice : nil)
  }
}

extension Unavailability.Correction {
  /// What to do about a rule that is undecided until somebody has corrected something.
  fileprivate var advice: LocalizedText {
    switch self {
    case .plugin:
      LocalizedText(
        fr: "faire corriger le plugin par qui l'entretient, puis relancer la vérification",
        en: "have the plugin corrected by its maintainer, then check again")
    case .giver:
      LocalizedText(
        fr: "corriger ce qui donne ce fait, puis relancer la vérification",
        en: "correct what gives this fact, then check again")
    }
  }
}

extension Unavailability.Reason {
  /// What to do, in general, about a rule that is undecided for this reason.
  package var advice: LocalizedText {
    switch self {
    case .service:
      LocalizedText(
        fr:
          "installer ou remettre en marche ce qui manque, ou accorder ce qui est refusé, puis relancer la vérification",
        en: "install or start what is missing, or grant what is refused, then check again")
    case .timeout: LocalizedText(fr: "relancer la vérification", en: "check again")
    case .notGiven:
      LocalizedText(
        fr: "fournir ce qui manque, puis relancer la vérification",
        en: "provide what is missing, then check again")
    case .disagreement:
      LocalizedText(
        fr: "voir laquelle des sources dit vrai, et si toutes parlent de la même carte, puis relancer",
        en: "find out which source is right, and whether all speak of the same card, then check again")
    case .malformed:
      LocalizedText(
        fr: "corriger la donnée ou faire contrôler la carte, puis relancer",
        en: "correct the data or have the card examined, then check again")
    case .cardRemoved:
      LocalizedText(
        fr: "laisser la carte dans le lecteur, puis relancer la vérification",
        en: "leave the card in the reader, then check again")
    case .cardInUse:
      LocalizedText(
        fr: "fermer le programme qui se sert de la carte, ou attendre qu'il ait fini, puis relancer",
        en: "close the program that uses the card, or wait until it has finished, then check again")
    case .ambiguous:
      LocalizedText(
        fr: "ne laisser qu'une carte, ou nommer le lecteur avec --reader, puis relancer",
        en: "leave only one card in, or name the reader with --reader, then check again")
    case .plugin:
      LocalizedText(
        fr: "suivre ce que dit le plugin, puis relancer la vérification",
        en: "follow the plugin's advice, then check again")
    case .limit:
      LocalizedText(
        fr: "simplifier l'expression régulière de la règle : pas de répétition dans une répétition",
        en: "simplify the regular expression of the rule: no repetition inside a repetition")
    case .unsafe:
      LocalizedText(
        fr: "en réserver l'écriture à root ou à l'utilisateur du traitement, puis relancer la vérification",
        en: "let root or the batch's user alone write it, then check again")
    }
  }
}
