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
    var composer = RuleComposer(access: access)
    composer.add(ReadFile(name: name, bytes: bytes))
    var decoder = RuleSetDecoder(registry: registry)
    let ruleSet = decoder.ruleSet(composer.composed)
    let findings =
      composer.documents.flatMap(\.findings)
      + (composer.findings + decoder.findings).filter { composer.supports($0) }
    self.ruleSet = findings.contains { $0.severity == .error } ? nil : ruleSet
    declared = decoder.declared(composer.composed.span)
    files = composer.files
    composed = composer.composed
    diagnostics = Self.diagnostics(findings, of: files)
  }

  /// What is legal but suspicious, in the order of the files.
  ///
  /// - Parameter today: the day on which waivers count or not.
  package func warnings(on today: CivilDate?) -> [Diagnostic] {
    var rules = declared
    rules.today = today
    let isSound = ruleSet != nil
    let findings = Lints.all.filter { isSound || !$0.needsSoundFile }.flatMap { $0.findings(in: rules) }
    return Self.diagnostics(findings, of: files)
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
