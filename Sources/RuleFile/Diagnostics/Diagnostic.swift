package import Preflight

/// Something wrong in a rule file, and where.
package struct Diagnostic: Sendable {
  package enum Severity: String, Sendable {
    case error
    case warning
  }

  package let severity: Severity
  package let id: DiagnosticID
  /// The file as the user named it.
  package let file: String
  package let span: Span
  package let message: LocalizedText
  /// What to write instead.
  package let proposal: Proposal?
  private let personal: PersonalValues

  /// Its words, cut where a name in them is a whole text.
  package func words(in language: Language) -> String { shown(message, in: language) }

  /// The words of its proposal.
  package func proposalWords(in language: Language) -> String? {
    (proposal?.words).map { shown($0, in: language) }
  }

  private func shown(_ words: LocalizedText, in language: Language) -> String {
    // What is cut off is cut after it was hidden; nobody reads so much.
    let words = String(words.rendered(in: language).unicodeScalars.prefix(4 * Self.wordLimit))
    return Self.cut(personal.concealed(words, span.start.line, of: file))
  }

  private static func cut(_ words: String) -> String {
    words.utf8.count <= wordLimit ? words : String(words.unicodeScalars.prefix(wordLimit)) + "…"
  }

  /// How long its words may be.
  private static let wordLimit = 1000

  /// - Parameter personal: what is personal in the files.
  init(_ finding: Finding, file: String, hiding personal: PersonalValues) {
    self.personal = personal
    severity = finding.severity
    id = finding.id
    self.file = file
    span = finding.span
    message = finding.message
    proposal = finding.proposal
  }
}

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
  case descendingDates = "descending-dates"
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
  case wrongType = "wrong-type"

  /// Whether it says that something is not there, which a file read only in part does not prove.
  var isAboutAbsence: Bool {
    switch self {
    case .missingKey, .missingValue, .emptyFile, .noBlockingRule, .unknownNeed, .unknownRule: true
    default: false
    }
  }

  /// Whether it says that a rule is in none of the files, which one that could not be read does not prove.
  var isAboutRulesAnywhere: Bool {
    switch self {
    case .noBlockingRule, .unknownNeed, .unknownRule: true
    default: false
    }
  }
}
