package import Preflight

/// A rule file, read with all files that it builds on: its rules, or everything that is wrong with it.
package struct RuleFile: Sendable {
  /// The rules; `nil` if any diagnostic is an error.
  package let ruleSet: RuleSet?
  /// The diagnostics in the order of the files.
  package let diagnostics: [Diagnostic]
  /// The files that were read, the named one first.
  package let files: [ReadFile]
  /// The checks, sources and facts that the rules may name, including the facts that they declare.
  package let registry: Registry
  private let declared: DeclaredRules
  private let composed: ComposedRules
  /// The places where the rules are declared, by id.
  private let places: [String: Span]
  /// The files with findings: those that were read, and those that a repair brings in.
  private let told: [ReadFile]
  private let documents: [YAMLDocument]

  /// The largest size of a rule file, in bytes; docs/rule-file.md, “Limits”.
  package static let sizeLimit = 1 << 20

  /// Reads the bytes of a rule file.
  ///
  /// - Parameters:
  ///   - name: the file as the user named it.
  ///   - registry: the checks, sources and facts that the rules may name.
  ///   - access: provides the files that it extends or includes.
  ///   - searchesRepairs: whether to search for edits that would repair the file.
  package init(
    _ bytes: [UInt8], name: String, registry: Registry, access: any RuleFileAccess = NoOtherFiles()
  ) {
    self.init(RuleComposition(bytes, name: name, access: access), registry: registry)
  }

  /// Decodes a composed rule file.
  ///
  /// - Parameter search: looks for the edits that would repair it, if somebody is going to repair it. It
  ///   reads the file many times; to judge by the rules, it is enough to know that something is wrong.
  package init(_ composition: RuleComposition, registry: Registry, repairing search: RepairSearch? = nil) {
    let reading = Reading(composition, registry: registry)
    let (composer, decoder, ruleSet) = (composition.composer, reading.decoder, reading.ruleSet)
    var findings = reading.attempt.findings
    var told = composer.files
    let ends = OddLineEnds.findings(explaining: findings.filter { $0.severity == .error }, in: told)
    findings.removeAll { finding in ends.contains { $0.id == finding.id && $0.span == finding.span } }
    // Nobody would repair lines whose ends an editor does not show.
    if let search, !findings.isEmpty, ends.isEmpty,
      !findings.contains(where: { $0.id == .notUTF8 && $0.span.file == 0 })
    {
      (findings, told) = search(reading.attempt) { changed in
        Reading(composition.with(changed), registry: registry).attempt
      }
    }
    if let span = reading.unsearched, !findings.isEmpty, !findings.contains(where: { $0.id == .searchEnded })
    {
      findings.append(.searchEnded(at: span))
    }
    // A repair is proposed, but never treated as the content of the file.
    self.ruleSet = reading.attempt.findings.contains { $0.severity == .error } ? nil : ruleSet
    self.registry = decoder.registry
    declared = decoder.declared(composer.composed.span)
    places = Dictionary(declared.rules.map { ($0.rule.id, $0.span) }) { first, _ in first }
    files = composer.files
    composed = composer.composed
    self.told = told
    documents = composer.documents
    let all = OddCharacters.named(in: ends + findings, of: told)
    diagnostics =
      all.isEmpty
      ? []
      : Self.diagnostics(
        all, of: told,
        hiding: PersonalValues(
          in: composer.documents, composer.files, of: composer.composed, among: decoder.registry))
  }

  /// The personal values in the files, which are only looked for if there is something to report about them.
  private var personal: PersonalValues { PersonalValues(in: documents, files, of: composed, among: registry) }

  /// What was found in one reading of the files, some of them perhaps changed.
  package struct Attempt {
    package let findings: [Finding]
    /// The files that were read; the spans of the findings count them.
    package let files: [ReadFile]
    /// What the reading cost, in bytes read and names compared.
    package let work: Int
  }

  /// Reads the files, with other bytes in the place of those of the files so named.
  package typealias Rereading = ([String: [UInt8]]) -> Attempt

  /// Looks for the edits that would repair the files of a reading: its findings with what repairs them, and the files in
  /// which these are, as an edit may bring in a file that was not read before.
  package typealias RepairSearch = (Attempt, @escaping Rereading) -> (findings: [Finding], files: [ReadFile])

  /// A reading of a file and of all files that it builds on.
  private struct Reading {
    let decoder: RuleSetDecoder
    let ruleSet: RuleSet
    let attempt: Attempt
    /// The first place of an unknown name that was not searched because there were too many.
    let unsearched: Span?

    init(_ composition: RuleComposition, registry: Registry) {
      let composer = composition.composer
      var decoder = RuleSetDecoder(registry: registry)
      ruleSet = decoder.ruleSet(composer.composed)
      let isWhole = composer.isWhole
      let findings =
        composer.documents.flatMap(\.findings)
        + (composer.findings + decoder.findings).filter { composer.supports($0, isWhole: isWhole) }
      // A reading has a fixed cost, however short the file is.
      let size = composer.files.reduce(1000) { $0 + $1.bytes.count }
      attempt = Attempt(
        findings: findings, files: composer.files,
        work: size + findings.count * 100 + (composer.names.work + decoder.names.work) / 2)
      unsearched = composer.names.unsearched ?? decoder.names.unsearched
      self.decoder = decoder
    }
  }

  /// All that was declared, and where, as it is read on that day.
  package func declaredRules(on today: CivilDate?) -> DeclaredRules {
    var rules = declared
    rules.today = today
    rules.files = files
    rules.plugins = composed.plugins
    rules.dropped = composed.dropped
    rules.disagreements = composed.disagreements
    return rules
  }

  /// The diagnostics of other findings in these files, in the order of the files.
  package func diagnostics(of findings: [Finding]) -> [Diagnostic] {
    findings.isEmpty ? [] : Self.diagnostics(findings, of: files, hiding: personal)
  }

  /// The rules as one file. A comment on every part says where it comes from.
  package var effectiveYAML: String { EffectiveYAML(composed, files: files).text }

  /// The place where a rule is declared, as `file:line`; `nil` if there is no such rule.
  package func place(ofRule id: String) -> String? {
    places[id].map { "\(files[$0.file].name):\($0.start.line)" }
  }

  private static func diagnostics(
    _ findings: [Finding], of files: [ReadFile], hiding personal: PersonalValues
  ) -> [Diagnostic] {
    findings.told.map { Diagnostic($0, file: files[$0.span.file].name, hiding: personal) }
  }

  /// Returns diagnostics of these files, written as compilers do.
  package func text(of diagnostics: [Diagnostic], in language: Language) -> String {
    diagnostics.isEmpty
      ? "" : DiagnosticText.text(of: diagnostics, in: language, files: told, hiding: personal)
  }
}
