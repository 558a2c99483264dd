package import Preflight

/// The entries of a mapping whose keys are known beforehand.
package struct KnownMapping: Sendable {
  /// The entries that have one of the keys: too few to be worth hashing.
  private let entries: [YAMLNode.Entry]
  /// Where the mapping stands, for what is missing in it.
  package let span: Span

  fileprivate init(entries: [YAMLNode.Entry], span: Span) {
    self.entries = entries
    self.span = span
  }

  /// The key with its value. Nil if the mapping does not have it.
  package func entry(_ key: String) -> YAMLNode.Entry? { entries.last { $0.key.text == key } }

  package subscript(key: String) -> YAMLNode? { entry(key)?.value }
}

/// Whatever reads nodes and collects what is wrong with them.
package protocol NodeReading {
  var findings: [Finding] { get set }
  /// The search for the names that were probably meant.
  var names: NameSearch { get set }
}

extension NodeReading {
  /// Reads a mapping, and reports unknown and missing keys.
  ///
  /// - Parameter what: what the mapping is, for messages.
  package mutating func mapping(
    _ node: YAMLNode, keys: [String], required: [String] = [], what: LocalizedText
  ) -> KnownMapping? {
    guard case .mapping(let entries) = node.content else {
      reportType(node, expected: ParameterType.mapName, for: what)
      return nil
    }
    // The first key's span is short enough to be underlined.
    let span = entries.first?.key.span ?? node.span
    let known = known(entries, keys: keys, what: what)
    let mapping = KnownMapping(entries: known, span: span)
    for key in required where mapping.entry(key) == nil {
      report(
        .missingKey, span,
        LocalizedText(
          fr: "la clé « \(key) » manque dans \(what.french)",
          en: "the key “\(key)” is missing in \(what.english)"),
        proposal: key == "version" ? .versionLine(before: span) : nil)
    }
    return mapping
  }

  /// Returns the entries whose keys are known, and reports the others.
  private mutating func known(
    _ entries: [YAMLNode.Entry], keys: [String], what: LocalizedText
  ) -> [YAMLNode.Entry] {
    let areKnown = entries.indices.allSatisfy { index in
      entries[index].key.text.map { keys.contains($0) } ?? false
    }
    if areKnown { return entries }
    var known: [YAMLNode.Entry] = []
    // A key that is already there was not meant by another word.
    lazy var missing = {
      let given = Set(entries.lazy.compactMap(\.key.text).filter(keys.contains))
      return keys.filter { !given.contains($0) }
    }()
    for entry in entries {
      let name = entry.key.text ?? ""
      if keys.contains(name) {
        known.append(entry)
      } else if findings.count > NameSearch.fewest {
        // With so many findings, the place is enough; most are only counted.
        report(.unknownKey, entry.key.span, NameSearch.unknownKey)
      } else {
        reportUnknown(
          .unknownKey, name, at: entry.key.span, among: missing,
          message: LocalizedText(
            fr: "clé inconnue « \(name) » dans \(what.french)", en: "unknown key “\(name)” in \(what.english)"
          ))
      }
    }
    return known
  }

  /// Reads a list. A single value is not taken for a list of one.
  package mutating func list(_ node: YAMLNode, what: LocalizedText) -> [YAMLNode]? {
    guard case .sequence(let nodes) = node.content else {
      var proposal: Proposal?
      if let text = node.text, !node.isNull {
        proposal = Self.listProposal(for: text, at: node.span)
      }
      reportType(
        node, expected: LocalizedText(fr: "une liste", en: "a list"), for: what, proposal: proposal)
      return nil
    }
    return nodes
  }

  /// Proposes the list that a plain value probably means: one item, several words, or a list without one of its
  /// brackets.
  private static func listProposal(for text: String, at span: Span) -> Proposal {
    if text.hasPrefix("-"), text.dropFirst().first?.isLetter == true {
      return .write("- \(text.dropFirst())", at: span)
    }
    let inner =
      text.hasSuffix("]")
      ? text.dropLast()
      : text.hasPrefix("(") && text.hasSuffix(")")
        ? text.dropFirst().dropLast() : text[...]
    let words = inner.split { ", ;".contains($0) }
    let areNames = words.allSatisfy { $0.allSatisfy { $0.isLetter || $0.isNumber || "-_.".contains($0) } }
    return .write("[\(areNames ? words.joined(separator: ", ") : String(inner))]", at: span)
  }

  /// Reads plain text that is not empty.
  package mutating func text(_ node: YAMLNode, what: LocalizedText) -> String? {
    guard case .scalar(let text, let isPlain) = node.content else {
      reportType(node, expected: LocalizedText(fr: "un texte", en: "a string"), for: what)
      return nil
    }
    // Nearly all texts begin with an ASCII character, for which no Unicode property is needed.
    let isWritten = text.utf8.first.map { (0x21...0x7E).contains($0) } ?? false
    guard !(isPlain && node.isNull), isWritten || !text.isBlank else {
      report(
        .missingValue, node.span,
        LocalizedText(fr: "\(what.french) est vide", en: "\(what.english) is empty"))
      return nil
    }
    return text
  }

  /// Reads one of some words.
  package mutating func word<Word: RawRepresentable & CaseIterable>(
    _ node: YAMLNode, of type: Word.Type, what: LocalizedText
  ) -> Word? where Word.RawValue == String {
    guard let text = text(node, what: what) else { return nil }
    if let word = Word(rawValue: text) { return word }
    reportUnknown(
      .unknownValue, text, at: node.span, among: type.allCases.map(\.rawValue),
      message: LocalizedText(
        fr: "« \(text) » n'est pas admis pour \(what.french)",
        en: "“\(text)” is not allowed for \(what.english)"))
    return nil
  }

  /// Reads a whole number that is written without quotes.
  package mutating func integer(_ node: YAMLNode, what: LocalizedText) -> Int? {
    let expected = LocalizedText(fr: "un entier", en: "an integer")
    guard case .scalar(let text, let isPlain) = node.content else {
      let only = node.items.flatMap { $0.count == 1 ? $0[0].text : nil }
      reportType(
        node, expected: expected, for: what,
        proposal: only.flatMap(MeantValue.integer).map { .write($0, at: node.span) })
      return nil
    }
    let isNumber = Int(text).map(String.init) == text
    guard isPlain, isNumber, let number = Int(text) else {
      let proposal =
        isNumber
        ? Proposal(
          LocalizedText(fr: "écrire \(text), sans guillemets", en: "write \(text), without quotes"),
          edit: TextEdit(node.span, replacement: text))
        : MeantValue.integer(text).map { .write($0, at: node.span) }
      reportType(node, expected: expected, for: what, proposal: proposal)
      return nil
    }
    return number
  }

  // MARK: - Reporting

  package mutating func report(
    _ id: DiagnosticID, _ span: Span, _ message: LocalizedText, proposal: Proposal? = nil
  ) {
    findings.append(Finding(id: id, span: span, message: message, proposal: proposal))
  }

  /// Reports a name that is not known, and proposes the nearest one, or lists them all.
  package mutating func reportUnknown(
    _ id: DiagnosticID, _ name: String, at span: Span, among known: [String],
    message: LocalizedText
  ) {
    report(id, span, message, proposal: names.proposal(for: name, at: span, among: known))
  }

  package mutating func reportType(
    _ node: YAMLNode, expected: LocalizedText, for what: LocalizedText, proposal: Proposal? = nil
  ) {
    let found: LocalizedText =
      switch node.content {
      case _ where node.isNull: LocalizedText(fr: "rien", en: "nothing")
      // The value has typographic quotes already; they are not shown twice.
      case .scalar(let text, _) where ["“", "«"].contains(text.first):
        LocalizedText(everywhere: Text(String(text.prefix(40))))
      case .scalar(let text, _):
        LocalizedText(fr: "« \(text.prefix(40)) »", en: "“\(text.prefix(40))”")
      case .sequence: LocalizedText(fr: "une liste", en: "a list")
      case .mapping: LocalizedText(fr: "une table", en: "a map")
      }
    // Only the first line of a long value is underlined.
    report(
      node.isNull ? .missingValue : .wrongType, node.span,
      LocalizedText(
        fr: "\(what.french) attend \(expected.french), pas \(found.french)",
        en: "\(what.english) takes \(expected.english), not \(found.english)"),
      proposal: proposal)
  }
}
