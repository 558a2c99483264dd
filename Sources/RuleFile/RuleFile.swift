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
  package var lines: [Substring] {
    Substring(String(decoding: Self.withoutMark(bytes), as: UTF8.self))
      .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }

  private static func read(
    _ bytes: [UInt8], registry: Registry
  ) -> (RuleSet?, [YAMLComposer.Finding]) {
    if let finding = EncodingFindings.finding(in: bytes) {
      return (nil, [finding])
    }
    let (root, yamlFindings, isPartial) = YAMLComposer.compose(withoutMark(bytes))
    let tabs = TabFindings.findings(in: bytes)
    // A tab is the cause, and what libyaml says of the same line its effect.
    let tabbedLines = Set(tabs.map(\.span.start.line))
    var findings = tabs
    findings += yamlFindings.filter { !($0.id == .syntax && tabbedLines.contains($0.span.start.line)) }

    guard let root, !root.isNull else {
      if findings.isEmpty { findings.append(empty) }
      return (nil, findings)
    }
    var decoder = RuleSetDecoder(registry: registry)
    let ruleSet = decoder.ruleSet(root)
    let stop = isPartial ? yamlFindings.last?.span.start : nil
    findings += decoder.findings.filter { finding in
      guard let stop else { return true }
      return !finding.id.isAboutAbsence && finding.span.start.line < stop.line
    }
    return (findings.isEmpty ? ruleSet : nil, findings)
  }

  /// A byte order mark is no part of the text: libyaml, told that it reads UTF-8, would stumble over it.
  private static func withoutMark(_ bytes: [UInt8]) -> [UInt8] {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
  }

  private static var empty: YAMLComposer.Finding {
    let place = Place(line: 1, column: 1)
    return YAMLComposer.Finding(
      id: .emptyFile, span: Span(start: place, end: place),
      message: LocalizedText(fr: "le fichier de règles est vide", en: "the rule file is empty"))
  }
}
