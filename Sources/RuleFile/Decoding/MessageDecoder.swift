package import Preflight

extension RuleSetDecoder {
  /// Reads an error message of other software, and the rule that explains it.
  mutating func message(_ node: YAMLNode) -> KnownMessage? {
    let what = LocalizedText(everywhere: "messages")
    let before = findings.count
    guard let keys = mapping(node, keys: RuleFileKey.ofMessage, what: what) else { return nil }
    if keys["text"] == nil, keys["codes"] == nil { reportMissing("text", or: "codes", in: keys) }
    // What the shipped rules know of a rule that is disabled goes with it.
    if let rule = keys["rule"]?.text, disabled[rule] != nil, !allRuleIDs.contains(rule) { return nil }
    let texts = keys["text"].map { messageTexts($0) } ?? []
    let codes = keys["codes"].map { messageCodes($0) } ?? []
    let meaning = meaning(keys)
    let links = keys["links"].map { self.links($0) } ?? []
    let origin = keys["origin"].flatMap {
      word($0, of: KnownMessage.Origin.self, what: LocalizedText(everywhere: "origin"))
    }
    let source = keys["source"].flatMap { localizedText($0, what: LocalizedText(everywhere: "source")) }
    guard findings.count == before, let meaning else { return nil }
    return KnownMessage(
      texts: texts, codes: codes, meaning: meaning, links: links.map(\.written), origin: origin,
      source: source)
  }

  /// Reads what explains a message: a rule, or a cause and a remedy of its own.
  private mutating func meaning(_ keys: KnownMapping) -> KnownMessage.Meaning? {
    if let rule = keys["rule"] {
      for key in ["cause", "remedy"] {
        guard let entry = keys.entry(key) else { continue }
        report(
          .unknownKey, entry.key.span,
          LocalizedText(
            fr: "« \(key) » ne va pas avec « rule »\u{A0}: la règle l’explique",
            en: "“\(key)” does not go with “rule”: the rule explains it"),
          proposal: Proposal(
            LocalizedText(
              fr: "garder « rule », ou bien « cause » et « remedy »",
              en: "keep “rule”, or else “cause” and “remedy”")))
      }
      return ruleID(rule).map { .rule($0) }
    }
    guard keys["cause"] != nil || keys["remedy"] != nil else {
      reportMissing("rule", or: "cause", in: keys)
      return nil
    }
    for key in ["cause", "remedy"] where keys[key] == nil {
      report(
        .missingKey, keys.span,
        LocalizedText(
          fr: "la clé « \(key) » manque dans messages", en: "the key “\(key)” is missing in messages"))
    }
    let cause = keys["cause"].flatMap { localizedText($0, what: LocalizedText(everywhere: "cause")) }
    let remedy = keys["remedy"].flatMap { localizedText($0, what: LocalizedText(everywhere: "remedy")) }
    guard let cause, let remedy else { return nil }
    return .told(cause: cause, remedy: remedy)
  }

  private mutating func reportMissing(_ key: String, or other: String, in keys: KnownMapping) {
    report(
      .missingKey, keys.span,
      LocalizedText(
        fr: "la clé « \(key) » ou « \(other) » manque dans messages",
        en: "the key “\(key)” or “\(other)” is missing in messages"))
  }

  /// Reads the text of a message, or several of them.
  private mutating func messageTexts(_ node: YAMLNode) -> [String] {
    let what = LocalizedText(everywhere: "text")
    guard let items = node.items else { return text(node, what: what).map { [$0] } ?? [] }
    if items.isEmpty { reportEmpty(node, what: what) }
    return items.compactMap { text($0, what: what) }
  }

  private mutating func messageCodes(_ node: YAMLNode) -> [ClosedRange<MessageCode>] {
    let what = LocalizedText(everywhere: "codes")
    guard let items = list(node, what: what) else { return [] }
    if items.isEmpty { reportEmpty(node, what: what) }
    return items.compactMap { code($0) }
  }

  /// Reads a code: a number without quotes is decimal, in quotes it is hexadecimal, and `"F610-F63F"` is a range.
  private mutating func code(_ node: YAMLNode) -> ClosedRange<MessageCode>? {
    guard case .scalar(let written, let isPlain) = node.content, !node.isNull else {
      reportType(
        node, expected: LocalizedText(fr: "un code", en: "a code"), for: LocalizedText(everywhere: "codes"))
      return nil
    }
    // A decimal number in words of YAML; whatever holds a letter can only be hexadecimal.
    if isPlain, let code = MessageCode(decimal: written) {
      if String(code.value) == written || written.hasPrefix("-") { return code...code }
    } else {
      let ends = written.split(separator: "-", omittingEmptySubsequences: false)
      let codes = ends.compactMap { MessageCode(hexadecimal: $0) }
      if codes.count == ends.count, let first = codes.first, let last = codes.last, codes.count <= 2,
        first <= last
      {
        return first...last
      }
    }
    report(
      .badCode, node.span,
      LocalizedText(
        fr: "« \(written.prefix(40)) » n’est pas un code",
        en: "“\(written.prefix(40))” is not a code"),
      proposal: Proposal(
        LocalizedText(
          fr:
            "décimal sans guillemets, 61444\u{A0}; hexadécimal entre guillemets, \"F004\"\u{A0}; étendue, \"F610-F63F\"",
          en: "decimal without quotes, 61444; hexadecimal in quotes, \"F004\"; a range, \"F610-F63F\"")))
    return nil
  }

  private mutating func reportEmpty(_ node: YAMLNode, what: LocalizedText) {
    report(
      .missingValue, node.span,
      LocalizedText(fr: "\(what.french) est vide", en: "\(what.english) is empty"))
  }
}

/// A file that holds messages alone, in the format of `messages:` of rule files, and no rules.
package struct MessageFile: Sendable {
  package let messages: [KnownMessage]
  /// Everything wrong with it.
  package let diagnostics: [Diagnostic]

  /// Reads the bytes of such a file.
  ///
  /// - Parameter name: the file as people know it.
  package init(_ bytes: [UInt8], name: String) {
    let document = YAMLDocument(bytes, file: 0)
    var decoder = RuleSetDecoder(registry: Registry(checks: [], sources: []))
    var messages: [KnownMessage] = []
    if let root = document.root,
      let keys = decoder.mapping(
        root, keys: ["version", "messages"], required: ["version", "messages"],
        what: LocalizedText(fr: "le fichier de messages", en: "the file of messages"))
    {
      messages = (keys["messages"]?.items ?? []).compactMap { decoder.message($0) }
    }
    self.messages = messages
    diagnostics = (document.findings + decoder.findings).map {
      Diagnostic($0, file: name, hiding: PersonalValues())
    }
  }
}
