package import Preflight

/// A rule file, read: the rules it declares, or all that is wrong with it.
package struct RuleFile: Sendable {
  /// The rules; nothing where any diagnostic is an error.
  package let ruleSet: RuleSet?
  /// Everything wrong, in the order of the file.
  package let diagnostics: [Diagnostic]
  private let bytes: [UInt8]

  /// The limit of docs/rule-file.md, “Limits”, in bytes.
  package static let sizeLimit = 1 << 20

  /// Reads the bytes of a rule file.
  ///
  /// - Parameters:
  ///   - name: the file as the user named it.
  ///   - registry: what the rules may name.
  package init(_ bytes: [UInt8], name: String, registry: Registry) {
    let (ruleSet, findings) = Self.read(bytes, registry: registry)
    self.ruleSet = ruleSet
    self.bytes = bytes
    self.diagnostics = findings.sorted { $0.span.start < $1.span.start }.map {
      Diagnostic($0.id, file: name, at: $0.span, $0.message, proposal: $0.proposal)
    }
  }

  /// The lines of the file as libyaml counts them, for showing diagnostics.
  package var lines: [Substring] { YAMLDocument.lines(of: bytes) }

  private static func read(_ bytes: [UInt8], registry: Registry) -> (RuleSet?, [Finding]) {
    let document = YAMLDocument(bytes, file: 0)
    guard let root = document.root else { return (nil, document.findings) }
    var decoder = RuleSetDecoder(registry: registry)
    let ruleSet = decoder.ruleSet(root)
    let findings = document.findings + decoder.findings.filter { document.supports($0) }
    return (findings.isEmpty ? ruleSet : nil, findings)
  }
}
