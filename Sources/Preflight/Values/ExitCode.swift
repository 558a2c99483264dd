/// The exit code of a run, for the batch that reads it. docs/exit-codes.md describes the same table.
package struct ExitCode: Sendable, Hashable, Comparable {
  /// The status that the process exits with, from 0 to 255.
  package let rawValue: Int32

  package init(_ rawValue: Int32) { self.rawValue = rawValue }

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// Every blocking rule passed.
  package static let ready = ExitCode(0)
  /// A blocking rule without a code of its own failed.
  package static let blocked = ExitCode(1)
  /// The command line is wrong (`EX_USAGE`).
  package static let usage = ExitCode(64)
  /// An input file is malformed (`EX_DATAERR`).
  package static let malformedInput = ExitCode(65)
  /// An input file is missing (`EX_NOINPUT`).
  package static let missingInput = ExitCode(66)
  /// Undecided: a needed service is absent (`EX_UNAVAILABLE`).
  package static let serviceAbsent = ExitCode(69)
  /// A fault of the program itself (`EX_SOFTWARE`).
  package static let internalError = ExitCode(70)
  /// The report could not be written (`EX_IOERR`).
  package static let notWritten = ExitCode(74)
  /// Undecided, and may be decided another time (`EX_TEMPFAIL`).
  package static let undecided = ExitCode(75)
  /// Refused as unsafe (`EX_NOPERM`).
  package static let unsafe = ExitCode(77)
  /// The rule file is invalid, or there was nothing to judge (`EX_CONFIG`).
  package static let invalidRules = ExitCode(78)

  /// The command of `run` cannot be executed; same code as in shells.
  package static let commandNotExecutable = ExitCode(126)
  /// The command of `run` was not found; same code as in shells.
  package static let commandNotFound = ExitCode(127)

  /// The codes that a rule file may give to its rules.
  package static let ofRules: ClosedRange<Int> = 10...59
}

extension ExitCode {
  /// A line of the table of exit codes.
  package struct Entry: Sendable {
    /// The code. Nil for the line that stands for all codes of rules.
    package let code: ExitCode?
    /// The name of the code, for shell variables.
    package let name: String
    /// What the code means, in one sentence.
    package let meaning: LocalizedText
    /// What the operator should do about it.
    package let advice: LocalizedText
  }

  /// The table, in order.
  package static let table: [Entry] = [
    Entry(
      code: .ready, name: "READY",
      meaning: LocalizedText(
        fr: "toutes les règles bloquantes sont satisfaites", en: "every blocking rule passed"),
      advice: LocalizedText(fr: "télétransmettre", en: "send")),
    Entry(
      code: .blocked, name: "BLOCKED",
      meaning: LocalizedText(
        fr: "une règle bloquante sans code propre a échoué",
        en: "a blocking rule without a code of its own failed"),
      advice: LocalizedText(fr: "ne pas envoyer ; afficher le remède", en: "not send; show the remedy")),
    Entry(
      code: nil, name: "RULES",
      meaning: LocalizedText(
        fr: "la première règle bloquante, dans l'ordre, qui a échoué",
        en: "the first blocking rule, in order, that failed"),
      advice: LocalizedText(fr: "ne pas envoyer ; afficher le remède", en: "not send; show the remedy")),
    Entry(
      code: .usage, name: "USAGE",
      meaning: LocalizedText(fr: "ligne de commande incorrecte", en: "wrong command line"),
      advice: LocalizedText(fr: "corriger la commande", en: "be corrected")),
    Entry(
      code: .malformedInput, name: "MALFORMED_INPUT",
      meaning: LocalizedText(fr: "un fichier d'entrée est mal formé", en: "an input file is malformed"),
      advice: LocalizedText(fr: "corriger le fichier", en: "be corrected")),
    Entry(
      code: .missingInput, name: "MISSING_INPUT",
      meaning: LocalizedText(
        fr: "un fichier d'entrée manque ou ne peut être lu", en: "an input file is missing or cannot be read"),
      advice: LocalizedText(fr: "fournir un fichier lisible", en: "be corrected")),
    Entry(
      code: .serviceAbsent, name: "SERVICE_ABSENT",
      meaning: LocalizedText(
        fr: "indécis : un service nécessaire est absent (pcscd, Cryptolib)",
        en: "undecided: a needed service is absent (pcscd, Cryptolib)"),
      advice: LocalizedText(fr: "réessayer après réparation", en: "retry after repair")),
    Entry(
      code: .internalError, name: "INTERNAL_ERROR",
      meaning: LocalizedText(fr: "erreur interne", en: "internal error"),
      advice: LocalizedText(fr: "signaler l'anomalie", en: "report a bug")),
    Entry(
      code: .notWritten, name: "NOT_WRITTEN",
      meaning: LocalizedText(fr: "le rapport n'a pas pu être écrit", en: "the report could not be written"),
      advice: LocalizedText(fr: "corriger la cause, puis relancer", en: "be corrected")),
    Entry(
      code: .undecided, name: "UNDECIDED",
      meaning: LocalizedText(
        fr: "indécis : délai dépassé, carte retirée, donnée ou code porteur non fournis",
        en: "undecided: timeout, card pulled out, data or code porteur not given"),
      advice: LocalizedText(fr: "réessayer", en: "retry")),
    Entry(
      code: .unsafe, name: "UNSAFE",
      meaning: LocalizedText(
        fr: "refusé car peu sûr (fichier que d'autres peuvent lire ou modifier)",
        en: "refused as unsafe (a file that others may read or write)"),
      advice: LocalizedText(fr: "corriger les droits du fichier", en: "be corrected")),
    Entry(
      code: .invalidRules, name: "INVALID_RULES",
      meaning: LocalizedText(
        fr: "rules.yaml est invalide, ou rien n'y est à juger",
        en: "rules.yaml is invalid, or nothing in it was judged"),
      advice: LocalizedText(fr: "corriger le fichier de règles", en: "be corrected")),
    Entry(
      code: .commandNotExecutable, name: "COMMAND_NOT_EXECUTABLE",
      meaning: LocalizedText(
        fr: "run : la commande ne peut pas être exécutée", en: "run: the command cannot be executed"),
      advice: LocalizedText(fr: "corriger la commande", en: "be corrected")),
    Entry(
      code: .commandNotFound, name: "COMMAND_NOT_FOUND",
      meaning: LocalizedText(fr: "run : la commande est introuvable", en: "run: the command is not found"),
      advice: LocalizedText(fr: "corriger la commande", en: "be corrected")),
  ]
}
