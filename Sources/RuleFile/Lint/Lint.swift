import Preflight

/// Something that is legal in a rule file, and probably not what was meant. One file each, listed in ``Lints``.
protocol Lint: Sendable {
  /// Whether it says nothing reliable of a file in which something is wrong.
  static var needsSoundFile: Bool { get }

  /// What is suspicious, each a warning.
  static func findings(in rules: DeclaredRules) -> [Finding]
}

extension Lint {
  static var needsSoundFile: Bool { false }
}

/// All that was declared in a rule file, and where.
struct DeclaredRules: Sendable {
  let rules: [DeclaredRule]
  let stages: [DeclaredStage]
  let sources: [DeclaredSource]
  let waivers: [DeclaredWaiver]
  /// The places that use a plugin that cannot be asked.
  let unusablePlugins: [(span: Span, why: LocalizedText)]
  /// Where what the file as a whole lacks is told.
  let span: Span
  /// What the rules may name.
  let registry: Registry
  /// The entries that overrides removed.
  var dropped: [DroppedEntry] = []
  /// The places where files that do not build on each other disagree.
  var disagreements: [InheritedChanges.Disagreement] = []
  /// The day on which it is read; `nil` if that is not known.
  var today: CivilDate?
  /// The files that were read.
  var files: [ReadFile] = []
}

/// The lints, in the order of docs/rule-file.md.
enum Lints {
  static let all: [any (Lint & SendableMetatype).Type] = [
    EmptyStageLint.self,
    UnusedExitLint.self,
    SwallowedKeyLint.self,
    OneLanguageLint.self,
    UnknownVariableLint.self,
    SameQuestionLint.self,
    ContradictoryNeedsLint.self,
    WaiverLint.self,
    DescendingDatesLint.self,
    UseWithoutRuleLint.self,
    UnusablePluginLint.self,
    SourceCircleLint.self,
    PrivateOptionLint.self,
    ChangedPatternLint.self,
    DroppedEntryLint.self,
    ContradictoryChangeLint.self,
    FactNameLint.self,
  ]
}

extension Finding {
  /// Something legal but suspicious.
  static func warning(
    _ id: DiagnosticID, _ span: Span, _ message: LocalizedText, proposal: LocalizedText? = nil
  ) -> Finding {
    Finding(id: id, severity: .warning, span: span, message: message, proposal: proposal.map { Proposal($0) })
  }
}
