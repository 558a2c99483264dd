import Preflight

/// Everything to tell people about a rule, in one language.
struct RuleAccount {
  let id: String
  let title: String
  let check: String
  /// What is checked and why, in full sentences.
  let purpose: String
  /// The same as a statement about the rule: “This rule checks that …”
  let statement: String
  /// The parameters, each as `name: value`.
  let parameters: [String]
  /// The facts that the rule is judged from, each with its meaning.
  let facts: [(name: String, summary: String)]
  let severity: String
  let exit: String
  let uses: String
  let needs: [String]
  let remedy: String?
  /// The remedies by case: the name of the case, when it applies, and the text.
  let remedies: [(name: String, summary: String, text: String)]
  /// The variables used in the texts, each with its meaning.
  let variables: [(name: String, summary: String)]
  let links: [String]
  /// The messages of other software that the rule explains.
  let messages: [String]
  let waiver: String?

  init(_ rule: Rule, in ruleSet: RuleSet, _ registry: Registry, _ language: Language) {
    func words(_ text: LocalizedText) -> String { text.rendered(in: language) }
    func say(_ french: Text, _ english: Text) -> String {
      LocalizedText(fr: french, en: english).rendered(in: language)
    }
    let description = registry.check(rule.checkID)?.description
    id = rule.id
    title = words(rule.title)
    check = rule.checkID
    purpose =
      description.map { "\(sentence(words($0.summary))) \(sentence(words($0.rationale)))" } ?? ""
    statement =
      description.map { Self.statement(of: $0, in: language) + " " + sentence(words($0.rationale)) } ?? ""
    parameters = rule.parameters.names.sorted().compactMap { name in
      rule.parameters[name].map { value in
        // The page may hang in an office; the name of a fact is never personal.
        guard let kind = rule.check.personalParameters[name], rule.parameters.fact(name) == nil else {
          return "\(name): \(value)"
        }
        return "\(name): \(Personal("\(value)", as: kind).shown(.masked))"
      }
    }
    facts = rule.check.evidence.sorted().map { name in
      (name.rawValue, registry.facts[name].map { words($0.summary) } ?? "")
    }
    severity = rule.severity == .blocking ? say("bloquante", "blocking") : say("avertissement", "warning")
    exit =
      rule.severity == .warning ? "–" : String(rule.exit?.rawValue ?? Preflight.ExitCode.blocked.rawValue)
    uses =
      rule.uses.map { uses in Use.allCases.filter(uses.contains).map(\.rawValue).joined(separator: ", ") }
      ?? say("tous les usages", "all uses")
    needs = rule.needs
    let remedy = rule.advice.remedy(in: language)
    let texts = rule.advice.remedies(in: language)
    self.remedy = remedy
    remedies = (description?.cases ?? []).compactMap { found in
      texts[found.name].map { (found.name, words(found.summary), $0) }
    }
    let shown = Set(
      ([remedy].compactMap(\.self) + texts.values).flatMap { Template($0).mentions.map(\.name) })
    var told: Set<String> = []
    variables = (description?.cases ?? []).flatMap(\.variables).compactMap { variable in
      guard shown.contains(variable.name), told.insert(variable.name).inserted else { return nil }
      return (variable.name, words(variable.summary))
    }
    links = rule.advice.links.map(\.written)
    messages = ruleSet.messages.filter { $0.rule == rule.id }.flatMap(\.texts)
    waiver = rule.waiver.map { waiver in
      let until = Text("\(waiver.until)").rendered(in: language, .masked)
      return say(
        "jusqu'au \(until) : \(words(waiver.reason))", "until \(until): \(words(waiver.reason))")
    }
  }
}

extension RuleAccount {
  /// What a rule of that check verifies. A plugin's own summary may be any words, so it stands for itself.
  private static func statement(of check: CheckDescription, in language: Language) -> String {
    let summary = check.summary.rendered(in: language)
    if check.id.contains("/") {
      return language == .french
        ? "Cette règle vérifie ceci\u{A0}: \(summary)." : "This rule checks this: \(summary)."
    }
    guard language == .french else { return "This rule checks that \(summary)." }
    let first = Folding.folded(summary.unicodeScalars.prefix(1))
    return "Cette règle vérifie " + ("aeiou".contains(first) ? "qu’" : "que ") + "\(summary)."
  }
}

/// Returns the words with a capital letter and a full stop.
private func sentence(_ words: String) -> String { words.prefix(1).uppercased() + words.dropFirst() + "." }

extension ParameterValue: CustomStringConvertible {
  /// The value as written in a rule file, on one line.
  package var description: String {
    switch self {
    case .boolean(let flag): String(flag)
    case .integer(let number): String(number)
    case .string(let text): text
    case .date(let date): date.description
    case .version(let version): "\"\(version)\""
    case .duration(let duration): duration.notation
    case .fact(let name): "{ fact: \(name.rawValue) }"
    case .list(let items): "[\(items.map(\.description).joined(separator: ", "))]"
    case .map(let entries):
      "{ \(entries.map { "\($0.key): \($0.value)" }.joined(separator: ", ")) }"
    }
  }
}
