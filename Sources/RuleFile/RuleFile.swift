package import Preflight

/// A rule file, read with all that it builds on: the rules it declares, or all that is wrong with it.
package struct RuleFile: Sendable {
  /// The rules; `nil` if any diagnostic is an error.
  package let ruleSet: RuleSet?
  /// Everything wrong, in the order of the files.
  package let diagnostics: [Diagnostic]
  /// The files that were read, the named one first.
  package let files: [ReadFile]
  /// The checks, sources and facts that the rules may name, including the facts that they declare.
  package let registry: Registry
  private let declared: DeclaredRules
  private let composed: ComposedRules
  /// Where the rules are declared, by id.
  private let places: [String: Span]
  /// The files in which something was found: those that were read, and those that a repair brings in.
  private let told: [ReadFile]
  /// What is personal in the files.
  private let personal: PersonalValues

  /// The limit of docs/rule-file.md, “Limits”, in bytes.
  package static let sizeLimit = 1 << 20

  /// Reads the bytes of a rule file.
  ///
  /// - Parameters:
  ///   - name: the file as the user named it.
  ///   - registry: what the rules may name.
  ///   - access: provides the files that it extends or includes.
  ///   - searchesRepairs: whether the edits are looked for that would repair it.
  package init(
    _ bytes: [UInt8], name: String, registry: Registry, access: any RuleFileAccess = NoOtherFiles(),
    searchesRepairs: Bool = false
  ) {
    self.init(
      RuleComposition(bytes, name: name, access: access), registry: registry, searchesRepairs: searchesRepairs
    )
  }

  /// Understands a rule file that was put together.
  ///
  /// - Parameter searchesRepairs: whether the edits are looked for that would repair it. That reads the file many times,
  ///   so it is for those who mend it; whoever judges by it only has to know what is wrong.
  package init(_ composition: RuleComposition, registry: Registry, searchesRepairs: Bool = false) {
    self.init(composition, registry: registry, searchesRepairs: searchesRepairs, countingReadings: { _ in })
  }

  /// - Parameter count: is told the files that each reading of the search was given changed.
  init(
    _ composition: RuleComposition, registry: Registry, searchesRepairs: Bool,
    countingReadings count: @escaping ([String: [UInt8]]) -> Void
  ) {
    let reading = Reading(composition, registry: registry)
    let (composer, decoder, ruleSet) = (composition.composer, reading.decoder, reading.ruleSet)
    var findings = reading.attempt.findings
    var told = composer.files
    let ends = OddLineEnds.findings(explaining: findings.filter { $0.severity == .error }, in: told)
    // Nobody would mend lines that are none to the eye.
    if searchesRepairs, !findings.isEmpty, ends.isEmpty,
      !findings.contains(where: { $0.id == .notUTF8 && $0.span.file == 0 })
    {
      (findings, told) = Repair.findings(of: reading.attempt) { changed in
        count(changed)
        return Reading(composition.with(changed), registry: registry).attempt
      }
    }
    if let span = reading.unsearched, !findings.isEmpty, !findings.contains(where: { $0.id == .searchEnded })
    {
      findings.append(.searchEnded(at: span))
    }
    // What repairs a file is told, never taken for what it says.
    self.ruleSet = reading.attempt.findings.contains { $0.severity == .error } ? nil : ruleSet
    self.registry = decoder.registry
    declared = decoder.declared(composer.composed.span)
    places = Dictionary(declared.rules.map { ($0.rule.id, $0.span) }) { first, _ in first }
    files = composer.files
    composed = composer.composed
    self.told = told
    personal = composer.personalValues(among: decoder.registry)
    diagnostics = Self.diagnostics(
      OddCharacters.named(in: ends + findings, of: told), of: told, hiding: personal)
  }

  /// One reading of a file and of all that it builds on.
  private struct Reading {
    let decoder: RuleSetDecoder
    let ruleSet: RuleSet
    let attempt: Repair.Attempt
    /// Where names were met for which none was looked for, as there were too many.
    let unsearched: Span?

    init(_ composition: RuleComposition, registry: Registry) {
      let composer = composition.composer
      var decoder = RuleSetDecoder(registry: registry)
      ruleSet = decoder.ruleSet(composer.composed)
      let isWhole = composer.isWhole
      let findings =
        composer.documents.flatMap(\.findings)
        + (composer.findings + decoder.findings).filter { composer.supports($0, isWhole: isWhole) }
      // A reading has a price of its own, however short the file is.
      let size = composer.files.reduce(1000) { $0 + $1.bytes.count }
      attempt = Repair.Attempt(
        findings: findings, files: composer.files,
        work: size + findings.count * 100 + (composer.names.work + decoder.names.work) / 2)
      unsearched = composer.names.unsearched ?? decoder.names.unsearched
      self.decoder = decoder
    }
  }

  /// What is legal but suspicious, in the order of the files.
  ///
  /// - Parameter today: the day on which waivers count or not.
  package func warnings(on today: CivilDate?) -> [Diagnostic] {
    // Half a file would be blamed for what its other half says.
    guard !diagnostics.contains(where: { $0.id == .syntax || $0.id == .tab }) else { return [] }
    var rules = declared
    rules.today = today
    rules.files = files
    rules.dropped = composed.dropped
    rules.disagreements = composed.disagreements
    let isSound = ruleSet != nil
    let findings = Lints.all.filter { isSound || !$0.needsSoundFile }.flatMap { $0.findings(in: rules) }
    let known = Set(diagnostics.map { Told(id: $0.id, span: $0.span) })
    return Self.diagnostics(findings, of: files, hiding: personal).filter {
      !known.contains(Told(id: $0.id, span: $0.span))
    }
  }

  /// What a diagnostic says, and where.
  private struct Told: Hashable {
    let id: DiagnosticID
    let span: Span
  }

  /// The rules as one file, every part with a comment that says where it comes from.
  package var effectiveYAML: String { EffectiveYAML(composed, files: files).text }

  /// Where a rule is declared, as `file:line`.
  package func place(ofRule id: String) -> String? {
    places[id].map { "\(files[$0.file].name):\($0.start.line)" }
  }

  private static func diagnostics(
    _ findings: [Finding], of files: [ReadFile], hiding personal: PersonalValues
  ) -> [Diagnostic] {
    findings.told.map { Diagnostic($0, file: files[$0.span.file].name, hiding: personal) }
  }

  /// Diagnostics of these files as compilers write them.
  package func text(of diagnostics: [Diagnostic], in language: Language) -> String {
    DiagnosticText.text(of: diagnostics, in: language, files: told, hiding: personal)
  }
}
