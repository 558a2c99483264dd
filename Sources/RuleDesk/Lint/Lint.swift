package import Preflight
package import RuleFile

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
    DescendingVersionsLint.self,
    UseWithoutRuleLint.self,
    UnusablePluginLint.self,
    SourceCircleLint.self,
    PrivateOptionLint.self,
    ChangedPatternLint.self,
    DroppedEntryLint.self,
    ContradictoryChangeLint.self,
    FactNameLint.self,
    WideWritesLint.self,
  ]
}

extension RuleFile {
  /// The warnings, for what is legal but suspicious, in the order of the files.
  ///
  /// - Parameter today: the day that decides which waivers count; `nil` if unknown.
  package func warnings(on today: CivilDate?) -> [Diagnostic] {
    // Half a file would be blamed for what its other half says.
    guard !diagnostics.contains(where: { $0.id == .syntax || $0.id == .tab }) else { return [] }
    let rules = declaredRules(on: today)
    let isSound = ruleSet != nil
    let findings = Lints.all.filter { isSound || !$0.needsSoundFile }.flatMap { $0.findings(in: rules) }
    let known = Set(diagnostics.map { Told(id: $0.id, span: $0.span) })
    return diagnostics(of: findings).filter { !known.contains(Told(id: $0.id, span: $0.span)) }
  }

  /// The message of a diagnostic, and its place.
  private struct Told: Hashable {
    let id: DiagnosticID
    let span: Span
  }
}

extension Finding {
  /// Makes a finding for something legal but suspicious.
  static func warning(
    _ id: DiagnosticID, _ span: Span, _ message: LocalizedText, proposal: LocalizedText? = nil
  ) -> Finding {
    Finding(id: id, severity: .warning, span: span, message: message, proposal: proposal.map { Proposal($0) })
  }
}
