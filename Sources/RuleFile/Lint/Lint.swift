import Preflight

/// A search for something that is legal in a rule file but probably not intended. Each lint has its own file and is
/// listed in ``Lints``.
protocol Lint: Sendable {
  /// Whether the lint is reliable only for a file without errors.
  static var needsSoundFile: Bool { get }

  /// The suspicious places, each as a warning.
  static func findings(in rules: DeclaredRules) -> [Finding]
}

extension Lint {
  static var needsSoundFile: Bool { false }
}

/// All declarations of a rule file, with their places.
struct DeclaredRules: Sendable {
  let rules: [DeclaredRule]
  let stages: [DeclaredStage]
  let sources: [DeclaredSource]
  let waivers: [DeclaredWaiver]
  /// The places that use a plugin that cannot be asked.
  let unusablePlugins: [(span: Span, why: LocalizedText)]
  /// The place at which to report what the file as a whole lacks.
  let span: Span
  /// The checks, sources and facts that the rules may name.
  let registry: Registry
  /// The entries that overrides removed.
  var dropped: [DroppedEntry] = []
  /// The places where files that do not build on each other disagree.
  var disagreements: [InheritedChanges.Disagreement] = []
  /// The current day; `nil` if unknown.
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
  /// Makes a finding for something legal but suspicious.
  static func warning(
    _ id: DiagnosticID, _ span: Span, _ message: LocalizedText, proposal: LocalizedText? = nil
  ) -> Finding {
    Finding(id: id, severity: .warning, span: span, message: message, proposal: proposal.map { Proposal($0) })
  }
}
