package import Preflight

/// The rules of a file, in order.
package struct RuleListing: Sendable {
  private let ruleSet: RuleSet
  private let options: ReportOptions

  package init(_ ruleSet: RuleSet, _ options: ReportOptions) {
    self.ruleSet = ruleSet
    self.options = options
  }

  /// A line for each rule, under its stage.
  package var text: String {
    var lines: [String] = []
    for stage in ruleSet.stages {
      lines.append(options.paint(printable(options.words(stage.title)), .bold))
      for rule in stage.rules {
        let code = rule.exit.map { String($0.rawValue) } ?? "–"
        let severity =
          rule.severity == .blocking
          ? options.say(fr: "bloquante", en: "blocking") : options.say(fr: "avertissement", en: "warning")
        let uses = rule.uses.map { $0.map(\.rawValue).sorted().joined(separator: ", ") }
        let subject =
          "\(rule.id)  \(rule.checkID)  \(severity)  \(uses ?? options.say(fr: "tous usages", en: "all uses"))"
        lines.append(
          "  " + String(repeating: " ", count: max(0, 2 - code.count)) + code + "  " + subject + "  "
            + printable(options.words(rule.title)))
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The rules as JSON. Throws what Foundation's encoder throws, which nothing here should make it do.
  package func json() throws -> String { try JSONDocument.text(of: RulesDocument(ruleSet, options)) }
}

private struct RulesDocument: Encodable {
  struct Rule: Encodable {
    let stage: String
    let id: String
    let title: String
    let check: String
    let severity: String
    let exit: Int32?
    let uses: [String]
    let needs: [String]
    let remedy: String?
    let remedies: [String: String]?
    let links: [String]

    enum CodingKeys: String, CodingKey {
      case stage, id, title, check, severity, exit
      case uses = "for"
      case needs, remedy, remedies, links
    }
  }

  let schema = "cps-preflight/rules/1"
  let rules: [Rule]

  init(_ ruleSet: RuleSet, _ options: ReportOptions) {
    rules = ruleSet.stages.flatMap { stage in
      stage.rules.map { rule in
        Rule(
          stage: stage.id, id: rule.id, title: options.words(rule.title), check: rule.checkID,
          severity: rule.severity.rawValue, exit: rule.exit?.rawValue,
          uses: Use.allCases.filter { rule.concerns($0) }.map(\.rawValue), needs: rule.needs,
          remedy: rule.advice.remedy(in: options.language),
          remedies: rule.advice.remedies.isEmpty
            ? nil : rule.advice.remedies(in: options.language),
          links: rule.advice.links.map(\.written))
      }
    }
  }
}
