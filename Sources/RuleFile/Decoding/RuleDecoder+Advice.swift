package import Preflight

/// What the texts of a rule may name: its parameters, and what its check knows of each case.
package struct AdviceScope: Sendable {
  package let cases: [CheckCase]
  /// The values of what is known before anything is judged.
  package let constants: [String: LocalizedText]

  /// The names of what is measured, in any case.
  package let measured: Set<String>

  init(cases: [CheckCase], constants: [String: LocalizedText]) {
    self.cases = cases
    self.constants = constants
    var measured: Set<String> = []
    for found in cases {
      for variable in found.variables where variable.parameter == nil { measured.insert(variable.name) }
    }
    self.measured = measured
  }

  /// Whether a text for that case may use the name.
  func knows(_ name: String, in found: CheckCase) -> Bool {
    found.variables.contains { $0.parameter == nil && $0.name == name }
      || (constants[name] != nil && !measured.contains(name))
  }

  /// The names that a text for that case may use.
  package func names(in found: CheckCase) -> Set<String> {
    Set(constants.keys).subtracting(measured).union(found.measured)
  }

  /// The names that a text for every case of failing may use, each with the cases that lack it.
  package func missing(_ name: String, besides named: Set<String>) -> [String] {
    guard measured.contains(name) else { return [] }
    return cases.filter { !$0.isUndecided && !named.contains($0.name) && !$0.measured.contains(name) }
      .map(\.name)
  }
}

extension CheckCase {
  /// The names of what is measured in it.
  package var measured: Set<String> { Set(variables.filter { $0.parameter == nil }.map(\.name)) }
}

extension RuleSetDecoder {
  /// Reads the advice of a rule.
  ///
  /// - Parameter scope: the variables that its texts may use; `nil` if unknown because the check could not be made.
  mutating func advice(_ keys: KnownMapping, scope: AdviceScope?, of check: String?) -> Advice {
    Advice(
      remedy: keys["remedy"].flatMap { template($0, what: LocalizedText(everywhere: "remedy")) },
      remedies: keys["remedies"].map { remedies($0, scope: scope, of: check ?? "?") } ?? [:],
      links: keys["links"].map { self.links($0) } ?? [],
      constants: scope?.constants ?? [:], variables: scope?.measured ?? [])
  }

  private mutating func remedies(
    _ node: YAMLNode, scope: AdviceScope?, of check: String
  ) -> [String: LocalizedTemplate] {
    guard case .mapping(let entries) = node.content else {
      reportType(node, expected: ParameterType.mapName, for: LocalizedText(everywhere: "remedies"))
      return [:]
    }
    var remedies: [String: LocalizedTemplate] = [:]
    remedies.reserveCapacity(entries.count)
    for entry in entries {
      let name = entry.key.text ?? ""
      let before = findings.count
      let text = template(entry.value, what: LocalizedText(everywhere: "remedies: \(name)"))
      guard let scope else { continue }
      guard let found = scope.cases.first(where: { $0.name == name }) else {
        reportUnknown(
          .unknownCase, name, at: entry.key.span, among: scope.cases.map(\.name),
          message: LocalizedText(
            fr: "le contrôle \(check) n'a pas de cas « \(name) »",
            en: "the check \(check) has no case “\(name)”"))
        continue
      }
      func isKnown(_ mention: Template.Mention) -> Bool {
        mention.isExact && scope.knows(mention.name, in: found)
      }
      remedies[name] = text
      // Places are only looked for if there is something to report about them.
      if let text, findings.count == before, text.french.allMentions(isKnown),
        text.english.allMentions(isKnown)
      {
        continue
      }
      for (mention, span) in entry.value.mentions where !isKnown(mention) {
        report(
          .unknownVariable, span,
          LocalizedText(
            fr: "« \(mention.written) » n'est pas une variable du cas « \(name) »",
            en: "“\(mention.written)” is not a variable of the case “\(name)”"),
          proposal: .variable(mention, at: span, among: scope.names(in: found)))
      }
    }
    return remedies
  }

  private mutating func template(_ node: YAMLNode, what: LocalizedText) -> LocalizedTemplate? {
    localizedWords(node, what: what).map { LocalizedTemplate(fr: $0.fr, en: $0.en) }
  }

  mutating func links(_ node: YAMLNode) -> [Template] {
    guard let nodes = list(node, what: LocalizedText(everywhere: "links")) else { return [] }
    return nodes.compactMap { node in
      guard let link = text(node, what: LocalizedText(everywhere: "links")) else { return nil }
      let isLink = ["https://", "http://"].contains { link.hasPrefix($0) && link.count > $0.count }
      // By bytes, where they are enough.
      let isPlain = link.utf8.allSatisfy { (0x21...0x7E).contains($0) }
      guard isLink, isPlain || !link.contains(where: \.isWhitespace) else {
        report(
          .badLink, node.span,
          LocalizedText(
            fr: "« \(link) » n'est pas une adresse https://…", en: "“\(link)” is not an address https://…"))
        return nil
      }
      return Template(link)
    }
  }
}

extension YAMLNode {
  /// The variables that the texts in it name, each with its place; if the text is not on one line exactly as
  /// it is meant, that of the whole text.
  package var mentions: [(mention: Template.Mention, span: Span)] {
    switch content {
    case .mapping(let entries): entries.flatMap(\.value.mentions)
    case .sequence(let items): items.flatMap(\.mentions)
    case .scalar(let text, _):
      Template(text).mentions.map { mention in
        let written = span.end.column - span.start.column
        let length = text.utf8.count { $0 & 0xC0 != 0x80 }
        // Plain, or quoted without any escape.
        let quote = written == length ? 0 : 1
        guard span.start.line == span.end.line, written == length + 2 * quote else { return (mention, span) }
        let start = Place(line: span.start.line, column: span.start.column + quote + mention.offset)
        let end = Place(line: start.line, column: start.column + mention.written.unicodeScalars.count)
        return (mention, Span(start: start, end: end, file: span.file))
      }
    }
  }
}

extension Proposal {
  /// To name the variable that was probably meant, otherwise all that may be named.
  package static func variable(
    _ mention: Template.Mention, at span: Span, among names: Set<String>
  ) -> Proposal? {
    let names = names.sorted()
    let near = nearestNames(to: mention.name, among: names)
    if let nearest = near.first {
      let isPlaced =
        span.start.line == span.end.line
        && span.width == mention.written.unicodeScalars.count
      return Proposal(
        LocalizedText(fr: "écrire {\(nearest)}", en: "write {\(nearest)}"),
        edit: isPlaced ? TextEdit(span, replacement: "{\(nearest)}") : nil, isOnly: near.count == 1)
    }
    guard !names.isEmpty else { return nil }
    let list = names.map { "{\($0)}" }.joined(separator: ", ")
    return Proposal(LocalizedText(fr: "l'une de : \(list)", en: "one of: \(list)"))
  }
}
