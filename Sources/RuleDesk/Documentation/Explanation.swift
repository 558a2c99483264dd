package import Preflight

/// Explains a rule, a check, a fact, an exit code, or a message of other software.
package struct Explanation: Sendable {
  private let ruleSet: RuleSet
  private let registry: Registry
  private let language: Language
  /// The place of a rule, as `file:line`.
  private let place: @Sendable (String) -> String?

  /// Makes explanations from a rule set and everything that its rules may name.
  package init(
    _ ruleSet: RuleSet, _ registry: Registry, in language: Language,
    place: @escaping @Sendable (String) -> String?
  ) {
    self.ruleSet = ruleSet
    self.registry = registry
    self.language = language
    self.place = place
  }

  /// Returns the explanation of what `subject` names or quotes, or `nil` if nothing is known about it.
  package func text(of subject: String) -> String? {
    let name = subject.trimmed
    let rule = ruleSet.rules.first { $0.id == name }.map { self.lines(of: $0) }
    let lines = rule ?? code(name) ?? check(name) ?? fact(name) ?? message(subject)
    return lines.map { $0.map { printable($0) + "\n" }.joined() }
  }

  /// Returns the name that was probably meant, or `nil` if none is near.
  package func nearest(to subject: String) -> String? {
    let names =
      ruleSet.rules.map(\.id) + registry.checks.map(\.description.id)
      + registry.facts.declarations.map(\.name.rawValue)
    return nearestName(to: subject.trimmed, among: names)
  }

  // MARK: - Subjects

  private func lines(of rule: Rule) -> [String] {
    let account = RuleAccount(rule, in: ruleSet, registry, language)
    let page = RulePage(ruleSet, registry, in: language)
    var lines = ["\(account.title)  [\(account.id)]", "  \(account.purpose)"]
    lines += page.remedies(of: account).map { remedy in
      let heading = remedy.isGeneral ? "" : remedy.heading.prefix(1).lowercased() + remedy.heading.dropFirst()
      return "  \(page.remedyWord)\(page.colon) "
        + (remedy.isGeneral ? remedy.text : "\(heading)\(page.colon) \(remedy.text)")
    }
    lines += account.variables.map { "    {\($0.name)}\(page.colon) \($0.summary)" }
    lines += account.links.map { "    " + $0 }
    lines += page.rows(of: account).map { "  \($0.name)\(page.colon) \($0.value)" }
    if let place = place(rule.id) { lines.append("  " + say("Déclarée : ", "Declared: ") + place) }
    return lines
  }

  private func code(_ name: String) -> [String]? {
    guard let number = Int32(name) else { return nil }
    let rules = ruleSet.rules.filter { $0.severity == .blocking && ($0.exit ?? .blocked).rawValue == number }
    let entry = ExitCode.table.first { $0.code?.rawValue == number }
    guard entry != nil || !rules.isEmpty else { return nil }
    var lines: [String] = []
    if let entry {
      lines = [
        "\(number)\(say(" :", ":")) \(words(entry.meaning))",
        "  " + say("Que faire : ", "The batch should: ") + words(entry.advice),
      ]
    }
    for rule in rules { lines += (lines.isEmpty ? [] : [""]) + self.lines(of: rule) }
    return lines
  }

  private func check(_ name: String) -> [String]? {
    guard let check = registry.check(name)?.description else { return nil }
    var lines = ["\(check.id)\(say(" :", ":")) \(words(check.summary))", "  " + words(check.rationale)]
    lines += check.parameters.map { parameter in
      var line =
        "  \(parameter.name)\(say(" :", ":")) \(words(parameter.summary)), \(words(parameter.type.name))"
      if parameter.isRequired { line += say(", obligatoire", ", required") }
      if let fallback = parameter.fallback { line += say(", sinon ", ", else ") + fallback }
      return line
    }
    lines += check.cases.map { found in
      let names = found.variables.map { "{\($0.name)}" }.joined(separator: ", ")
      let summary = words(found.summary) + (found.isUndecided ? say(" (indécis)", " (undecided)") : "")
      return say("  cas ", "  case ") + "\(found.name)\(say(" :", ":")) \(summary)"
        + (names.isEmpty ? "" : " – \(names)")
    }
    var told: Set<String> = []
    lines += check.cases.flatMap(\.variables).filter { told.insert($0.name).inserted }.map {
      "  {\($0.name)}\(say(" :", ":")) \(words($0.summary))"
    }
    for rule in ruleSet.rules where rule.checkID == name { lines += [""] + self.lines(of: rule) }
    return lines
  }

  private func fact(_ name: String) -> [String]? {
    guard let fact = registry.facts[FactName(name)] else { return nil }
    let rules = ruleSet.rules.filter { $0.check.evidence.contains(fact.name) }.map(\.id)
    let mask = fact.visibility == .personal ? say(", personnel : masqué", ", personal: masked") : ""
    return [
      "\(fact.name.rawValue)\(say(" :", ":")) \(words(fact.summary)), \(words(fact.type.name))\(mask)",
      "  "
        + (rules.isEmpty
          ? say("Aucune règle ne s'en sert", "No rule uses it")
          : say("Règles qui s'en servent : ", "Rules that use it: ") + rules.joined(separator: ", ")),
    ]
  }

  private func message(_ quotation: String) -> [String]? {
    let found = MessageMatching(ruleSet.messages).matches(quotation)
    var lines: [String] = []
    var told: Set<String> = []
    for message in found where told.insert(message.rule).inserted {
      guard let rule = ruleSet.rules.first(where: { $0.id == message.rule }) else { continue }
      if !lines.isEmpty { lines.append("") }
      lines.append(say("Message reconnu : « \(message.text) »", "Message recognised: “\(message.text)”"))
      lines += self.lines(of: rule)
    }
    return lines.isEmpty ? nil : lines
  }

  private func words(_ text: LocalizedText) -> String { text.rendered(in: language) }

  private func say(_ french: Text, _ english: Text) -> String {
    LocalizedText(fr: french, en: english).rendered(in: language)
  }
}

extension String {
  /// The text without leading and trailing spaces.
  fileprivate var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
