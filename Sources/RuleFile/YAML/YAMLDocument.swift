package import Preflight

/// The YAML of one file, read as far as it can be.
package struct YAMLDocument {
  /// The tree; nil if there is none, or if none of it can be trusted.
  package let root: YAMLNode?
  /// What is wrong with the bytes and with the YAML.
  package let findings: [Finding]
  /// Where reading stopped before the end.
  package let stop: Place?

  /// Reads the bytes of a file.
  ///
  /// - Parameter file: which of the files it is, for the spans.
  package init(_ bytes: [UInt8], file: Int) {
    let encoding = EncodingFindings(Self.withoutMark(bytes), file: file)
    guard !encoding.isUnreadable else {
      (root, findings, stop) = (nil, encoding.findings, nil)
      return
    }
    // Faults after an invisible character are searched as if it had been removed.
    let text = encoding.cleaned ?? Self.withoutMark(bytes)
    let (root, yamlFindings, isPartial) = YAMLComposer.compose(text, file: file, without: encoding.removed)
    let tabs = encoding.hasTabs ? TabFindings.findings(in: text, file: file) : []
    // The tab is the cause; libyaml's error on the same line is only its effect.
    let tabbedLines = Set(tabs.map(\.span.start.line))
    var findings = encoding.findings + tabs
    if encoding.hasOddEnds { findings += OddLineEnds.endingComments(in: text, file: file) }
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

  /// Whether there is more in the file than was read.
  package var isPartial: Bool { stop != nil }

  /// Whether what is found in the tree can be believed, or may only result from what was not read.
  package func supports(_ finding: Finding) -> Bool {
    guard let stop else { return true }
    return !finding.id.isAboutAbsence && finding.span.start.line < stop.line
  }

  /// The lines as libyaml counts them.
  package static func lines(of bytes: [UInt8]) -> [Substring] {
    SourceLines(withoutMark(bytes)).all
  }

  /// A byte order mark is not part of the text: libyaml, told that it reads UTF-8, would stumble over it.
  package static func withoutMark(_ bytes: [UInt8]) -> [UInt8] {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
  }

  private static func empty(file: Int) -> Finding {
    Finding(
      id: .emptyFile, span: Span(at: Place(line: 1, column: 1), file: file),
      message: LocalizedText(fr: "le fichier est vide", en: "the file is empty"))
  }
}
