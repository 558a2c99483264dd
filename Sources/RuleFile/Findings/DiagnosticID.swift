package import Preflight

/// The kinds of diagnostics, named in brackets at the end of each.
package enum DiagnosticID: String, Sendable, CaseIterable {
  case ambiguousPlugin = "ambiguous-plugin"
  case badCode = "bad-code"
  case badDate = "bad-date"
  case badDuration = "bad-duration"
  case badFact = "bad-fact"
  case badID = "bad-id"
  case badInclude = "bad-include"
  case badLink = "bad-link"
  case badParameter = "bad-parameter"
  case badVariable = "bad-variable"
  case badVersion = "bad-version"
  case changedPattern = "changed-pattern"
  case contradictoryChange = "contradictory-change"
  case contradictoryFact = "contradictory-fact"
  case contradictoryPlugin = "contradictory-plugin"
  case descendingDates = "descending-dates"
  case descendingVersions = "descending-versions"
  case disabledNeed = "disabled-need"
  case disabledOverride = "disabled-override"
  case droppedEntry = "dropped-entry"
  case duplicateExit = "duplicate-exit"
  case duplicateID = "duplicate-id"
  case duplicateKey = "duplicate-key"
  case emptyFile = "empty-file"
  case emptyStage = "empty-stage"
  case expiredWaiver = "expired-waiver"
  case exitOutOfRange = "exit-out-of-range"
  case factName = "fact-name"
  case foreignRule = "foreign-rule"
  case includeCycle = "include-cycle"
  case laterNeed = "later-need"
  case missingKey = "missing-key"
  case missingValue = "missing-value"
  case needOfOtherUse = "need-of-other-use"
  case neverJudged = "never-judged"
  case noBlockingRule = "no-blocking-rule"
  case notUTF8 = "not-utf8"
  case oneLanguage = "one-language"
  case searchEnded = "search-ended"
  case privateOption = "private-option"
  case sameQuestion = "same-question"
  case severalDocuments = "several-documents"
  case sourceCircle = "source-circle"
  case swallowedKey = "swallowed-key"
  case syntax
  case tab
  case tag
  case takenPrefix = "taken-prefix"
  case tooDeep = "too-deep"
  case tooLarge = "too-large"
  case tooMany = "too-many"
  case unboundedWaiver = "unbounded-waiver"
  case unknownAlias = "unknown-alias"
  case unknownCase = "unknown-case"
  case unknownCheck = "unknown-check"
  case unknownKey = "unknown-key"
  case unknownNeed = "unknown-need"
  case unknownParameter = "unknown-parameter"
  case unknownRule = "unknown-rule"
  case unknownSource = "unknown-source"
  case unknownValue = "unknown-value"
  case unknownVariable = "unknown-variable"
  case unsupportedVersion = "unsupported-version"
  case unusablePlugin = "unusable-plugin"
  case unusedExit = "unused-exit"
  case useWithoutRule = "use-without-rule"
  case warningNeed = "warning-need"
  case wideWrites = "wide-writes"
  case wrongType = "wrong-type"

  /// Whether it says that something is missing, which a partly read file does not prove.
  var isAboutAbsence: Bool {
    switch self {
    case .missingKey, .missingValue, .emptyFile, .noBlockingRule, .unknownNeed, .unknownRule: true
    default: false
    }
  }

  /// Whether it says that a rule is in none of the files, which cannot be proven if a file could not be read.
  var isAboutRulesAnywhere: Bool {
    switch self {
    case .noBlockingRule, .unknownNeed, .unknownRule: true
    default: false
    }
  }
}

extension DiagnosticID {
  /// A short description of the kind of diagnostic; docs/rule-file.md has the same table.
  package var summary: LocalizedText {
    switch self {
    case .ambiguousPlugin:
      LocalizedText(fr: "plusieurs plugins du même nom", en: "several plugins of one name")
    case .badVariable: LocalizedText(fr: "pas le nom d'une variable", en: "not the name of a variable")
    case .unusablePlugin:
      LocalizedText(fr: "un plugin qui ne peut pas être interrogé", en: "a plugin that cannot be asked")
    case .badDate, .badDuration, .badVersion:
      LocalizedText(
        fr: "une date, une durée ou une version mal écrite",
        en: "a date, duration or version that is not well written")
    case .badFact:
      LocalizedText(fr: "un nom de fait mal formé", en: "a name of a fact that is not well formed")
    case .contradictoryChange:
      LocalizedText(
        fr: "deux fichiers inclus qui changent une chose différemment",
        en: "two included files that change one thing differently")
    case .contradictoryFact:
      LocalizedText(
        fr: "un fait déclaré de deux façons", en: "a fact that is declared in two ways")
    case .contradictoryPlugin:
      LocalizedText(
        fr: "un plugin énuméré deux fois avec des droits différents",
        en: "a plugin that is listed twice with different rights")
    case .factName:
      LocalizedText(
        fr: "un texte qui est le nom d'un fait", en: "a text that is the name of a fact")
    case .takenPrefix:
      LocalizedText(
        fr: "un fait qui porte le nom d'un plugin", en: "a fact that bears the name of a plugin")
    case .badCode: LocalizedText(fr: "un code mal écrit", en: "a code that is not well written")
    case .badID: LocalizedText(fr: "un identifiant mal formé", en: "an id that is not well formed")
    case .badInclude:
      LocalizedText(fr: "un fichier inclus qui ne peut être lu", en: "an included file that cannot be read")
    case .badLink: LocalizedText(fr: "une adresse mal formée", en: "an address that is not well formed")
    case .badParameter:
      LocalizedText(
        fr: "un paramètre du bon type qui n'a pas de sens",
        en: "a parameter of the right type that makes no sense")
    case .changedPattern:
      LocalizedText(
        fr: "une expression régulière dont le sens a changé", en: "a pattern whose meaning has changed")
    case .descendingDates: LocalizedText(fr: "des dates dans le désordre", en: "dates that are out of order")
    case .descendingVersions:
      LocalizedText(
        fr: "une version moindre pour une date plus récente", en: "a lower version for a later date")
    case .disabledNeed:
      LocalizedText(
        fr: "une règle désactivée dont une autre a besoin", en: "a disabled rule that another one needs")
    case .disabledOverride:
      LocalizedText(
        fr: "une règle à la fois changée et désactivée", en: "a rule that is both changed and disabled")
    case .droppedEntry:
      LocalizedText(
        fr: "ce qu'un « override » retire de la règle qu'il change",
        en: "what an “override” takes away from the rule that it changes")
    case .duplicateExit, .duplicateID, .duplicateKey:
      LocalizedText(
        fr: "un code, un identifiant ou une clé donnés deux fois", en: "a code, id or key that is given twice"
      )
    case .emptyFile, .missingKey, .missingValue:
      LocalizedText(fr: "quelque chose manque", en: "something is missing")
    case .emptyStage: LocalizedText(fr: "une étape sans règles", en: "a stage without rules")
    case .exitOutOfRange: LocalizedText(fr: "un code hors de 10–59", en: "a code outside 10–59")
    case .expiredWaiver: LocalizedText(fr: "une dérogation expirée", en: "a waiver that has expired")
    case .foreignRule:
      LocalizedText(
        fr: "une règle changée par un fichier qui n'inclut pas le sien",
        en: "a rule that is changed by a file that does not include its own")
    case .includeCycle:
      LocalizedText(fr: "des fichiers qui s'incluent en cercle", en: "files that include each other")
    case .laterNeed, .unknownNeed:
      LocalizedText(
        fr: "un besoin qui n'est pas déclaré avant la règle",
        en: "a need that is not declared before the rule")
    case .needOfOtherUse, .neverJudged:
      LocalizedText(
        fr: "une règle qui ne serait jamais jugée pour un usage",
        en: "a rule that would never be judged for a use")
    case .noBlockingRule: LocalizedText(fr: "aucune règle bloquante", en: "no blocking rule")
    case .notUTF8: LocalizedText(fr: "un fichier qui n'est pas en UTF-8", en: "a file that is not UTF-8")
    case .oneLanguage:
      LocalizedText(
        fr: "un texte qui manque dans une langue", en: "a text that is missing in one language")
    case .privateOption:
      LocalizedText(
        fr: "une option qui est interne au programme", en: "an option that is for the program's own use")
    case .searchEnded, .tooMany:
      LocalizedText(fr: "plus d'erreurs qu'il n'en est montré", en: "more errors than are shown")
    case .sameQuestion:
      LocalizedText(fr: "deux règles qui demandent la même chose", en: "two rules that ask the same")
    case .sourceCircle:
      LocalizedText(
        fr: "des sources qui s'attendent en cercle", en: "sources that wait for each other in a circle")
    case .swallowedKey:
      LocalizedText(
        fr: "une clé prise dans le texte au-dessus", en: "a key that was swallowed by the text above it")
    case .severalDocuments, .syntax, .tab, .tag, .unknownAlias:
      LocalizedText(fr: "du YAML incorrect ou non admis", en: "YAML that is wrong or not allowed")
    case .tooDeep, .tooLarge: LocalizedText(fr: "au-delà des limites", en: "beyond the limits")
    case .unboundedWaiver:
      LocalizedText(fr: "une dérogation trop longue", en: "a waiver that is too long")
    case .unknownVariable:
      LocalizedText(
        fr: "une variable que le texte ne peut pas employer", en: "a variable that the text cannot use")
    case .unknownCase, .unknownCheck, .unknownKey, .unknownParameter, .unknownRule, .unknownSource,
      .unknownValue:
      LocalizedText(fr: "un nom inconnu", en: "a name that is not known")
    case .unsupportedVersion: LocalizedText(fr: "une version inconnue", en: "a version that is not known")
    case .unusedExit:
      LocalizedText(fr: "un code qui ne sortira jamais", en: "a code that will never be seen")
    case .useWithoutRule:
      LocalizedText(fr: "un usage sans règle bloquante", en: "a use without a blocking rule")
    case .warningNeed:
      LocalizedText(
        fr: "une règle bloquante qui a besoin d'un avertissement", en: "a blocking rule that needs a warning")
    case .wideWrites:
      LocalizedText(
        fr: "le droit d'écrire ce qui est jugé", en: "the right to write what is judged")
    case .wrongType: LocalizedText(fr: "une valeur du mauvais type", en: "a value of the wrong type")
    }
  }
}
