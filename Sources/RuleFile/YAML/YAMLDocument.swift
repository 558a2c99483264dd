import Preflight

/// The YAML of one file, read as far as possible.
struct YAMLDocument {
  /// The tree; `nil` if there is none, or if it cannot be trusted at all.
  let root: YAMLNode?
  /// The findings about the bytes and the YAML.
  let findings: [Finding]
  /// The place where reading stopped before the end, if it did.
  let stop: Place?

  /// Reads the bytes of a file.
  ///
  /// - Parameter file: the number of the file, for the spans.
  init(_ bytes: [UInt8], file: Int) {
    let encoding = EncodingFindings(Self.withoutMark(bytes), file: file)
    guard !encoding.isUnreadable else {
      (root, findings, stop) = (nil, encoding.findings, nil)
      return
    }
    // Faults after an invisible character are searched as if it had been removed.
    let text = encoding.cleaned ?? Self.withoutMark(bytes)
    let (root, yamlFindings, isPartial) = YAMLComposer.compose(text, file: file, without: encoding.removed)
    let tabs = TabFindings.findings(in: text, file: file)
    // The tab is the cause; libyaml's error on the same line is only its effect.
    let tabbedLines = Set(tabs.map(\.span.start.line))
    var findings = encoding.findings + tabs
    findings += yamlFindings.filter { !($0.id == .syntax && tabbedLines.contains($0.span.start.line)) }
    stop = isPartial ? yamlFindings.last?.span.start : nil
    if let root, !root.isNull {
      self.root = root
    } else {
      self.root = nil
      if findings.isEmpty { findings.append(Self.empty(file: file)) }
    }
    self.findings = findings
  }

  /// Whether part of the file was not read.
  var isPartial: Bool { stop != nil }

  /// Whether a finding in the tree can be trusted, or may only result from the part that was not read.
  func supports(_ finding: Finding) -> Bool {
    guard let stop else { return true }
    return !finding.id.isAboutAbsence && finding.span.start.line < stop.line
  }

  /// The lines as libyaml counts them.
  static func lines(of bytes: [UInt8]) -> [Substring] {
    SourceLines(withoutMark(bytes)).all
  }

  /// Returns the bytes without a byte order mark: libyaml, set to UTF-8, would refuse it.
  static func withoutMark(_ bytes: [UInt8]) -> [UInt8] {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
  }

  private static func empty(file: Int) -> Finding {
    Finding(
      id: .emptyFile, span: Span(at: Place(line: 1, column: 1), file: file),
      message: LocalizedText(fr: "le fichier de règles est vide", en: "the rule file is empty"))
  }
}
