package import Preflight

/// A rule file, read with all that it builds on: the rules it declares, or all that is wrong with it.
package struct RuleFile: Sendable {
  /// The rules; nothing where any diagnostic is an error.
  package let ruleSet: RuleSet?
  /// Everything wrong, in the order of the files.
  package let diagnostics: [Diagnostic]
  /// The files that were read, the named one first.
  package let files: [ReadFile]

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
    files = composer.files
    diagnostics = findings.sorted { ($0.span.file, $0.span.start) < ($1.span.file, $1.span.start) }
      .map { [files] in Diagnostic($0, file: files[$0.span.file].name) }
  }

  /// The diagnostics as compilers write them.
  package func text(in language: Language) -> String {
    let lines = files.map { YAMLDocument.lines(of: $0.bytes) }
    return diagnostics.map { $0.text(in: language, lines: lines[$0.span.file]) }.joined()
  }
}
