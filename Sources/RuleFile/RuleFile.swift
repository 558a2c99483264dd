package import Preflight

/// A rule file, read with all that it builds on: the rules it declares, or all that is wrong with it.
package struct RuleFile: Sendable {
  /// The rules; nothing where any diagnostic is an error.
  package let ruleSet: RuleSet?
  /// Everything wrong, in the order of the files.
  package let diagnostics: [Diagnostic]
  /// The files that were read, the named one first.
  package let files: [ReadFile]
  private let declared: DeclaredRules
  private let composed: ComposedRules

  /// The limit of docs/rule-file.md, “Limits”, in bytes.
  package static let sizeLimit = 1 << 20

  /// Reads the bytes of a rule file.
  ///
  /// - Parameters:
  ///   - name: the file as the user named it.
  ///   - registry: what the rules may name.
  ///   - access: where the files come from that it extends or includes.
  package init(
    _ bytes: [UInt8], name: String, registry: Registry, access: any RuleFileAccess = NoOtherFiles()
  ) {
    self.init(RuleComposition(bytes, name: name, access: access), registry: registry)
  }

  /// Understands a rule file that was put together.
  package init(_ composition: RuleComposition, registry: Registry) {
    let reading = Reading(composition, registry: registry)
    let (composer, decoder, ruleSet) = (composition.composer, reading.decoder, reading.ruleSet)
    var findings = reading.findings
    if !findings.isEmpty, !findings.contains(where: { $0.id == .notUTF8 && $0.span.file == 0 }) {
      findings = Repair.findings(of: YAMLDocument.lines(of: composition.bytes), found: findings) { lines in
        let bytes = Array(lines.joined(separator: "\n").utf8)
        return Reading(composition.with(bytes), registry: registry).findings
      }
    }
    // What repairs a file is told, never taken for what it says.
    self.ruleSet = reading.findings.contains { $0.severity == .error } ? nil : ruleSet
    declared = decoder.declared(composer.composed.span)
    files = composer.files
    composed = composer.composed
    diagnostics = Self.diagnostics(findings, of: files)
  }

  /// One reading of a file and of all that it builds on.
  private struct Reading {
    let decoder: RuleSetDecoder
    let ruleSet: RuleSet
    /// In the order of the files.
    let findings: [Finding]

    init(_ composition: RuleComposition, registry: Registry) {
      let composer = composition.composer
      var decoder = RuleSetDecoder(registry: registry)
      ruleSet = decoder.ruleSet(composer.composed)
      findings =
        composer.documents.flatMap(\.findings)
        + (composer.findings + decoder.findings).filter { composer.supports($0) }
      self.decoder = decoder
    }
  }

  /// What is legal but suspicious, in the order of the files.
  ///
  /// - Parameter today: the day on which waivers count or not.
  package func warnings(on today: CivilDate?) -> [Diagnostic] {
    var rules = declared
    rules.today = today
    rules.dropped = composed.dropped
    rules.lines = files.map { YAMLDocument.lines(of: $0.bytes) }
    // Half a file would be blamed for what its other half says.
    guard !diagnostics.contains(where: { $0.id == .syntax || $0.id == .tab }) else { return [] }
    let isSound = ruleSet != nil
    let findings = Lints.all.filter { isSound || !$0.needsSoundFile }.flatMap { $0.findings(in: rules) }
    return Self.diagnostics(findings, of: files).filter { warning in
      !diagnostics.contains { $0.id == warning.id && $0.span == warning.span }
    }
  }

  /// The rules as one file, every part with a comment that says where it comes from.
  package var effectiveYAML: String { EffectiveYAML(composed, files: files).text }

  /// Where a rule is declared, as `file:line`.
  package func place(ofRule id: String) -> String? {
    declared.rules.first { $0.rule.id == id }.map { "\(files[$0.span.file].name):\($0.span.start.line)" }
  }

  private static func diagnostics(_ findings: [Finding], of files: [ReadFile]) -> [Diagnostic] {
    findings.sorted { ($0.span.file, $0.span.start) < ($1.span.file, $1.span.start) }
      .map { Diagnostic($0, file: files[$0.span.file].name) }
  }

  /// Diagnostics of these files as compilers write them.
  package func text(of diagnostics: [Diagnostic], in language: Language) -> String {
    let lines = files.map { YAMLDocument.lines(of: $0.bytes) }
    return diagnostics.map { $0.text(in: language, lines: lines[$0.span.file]) }.joined()
  }
}
