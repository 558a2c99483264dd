import JSON
package import Preflight

/// The list of the rules in a file.
package struct RuleListing: Sendable {
  private let ruleSet: RuleSet
  private let options: ReportOptions

  package init(_ ruleSet: RuleSet, _ options: ReportOptions) {
    self.ruleSet = ruleSet
    self.options = options
  }

  /// The list as text: one line for each rule, under its stage.
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

  /// Returns the list as JSON.
  package func json() -> String { RulesDocument(ruleSet: ruleSet, options: options).jsonDocument }
}

private struct RulesDocument: JSONWritable {
  let ruleSet: RuleSet
  let options: ReportOptions

  func write(to json: inout JSONWriter) {
    let rules = ruleSet.stages.flatMap { stage in stage.rules.map { (stage: stage.id, rule: $0) } }
    json.object { json in
      json.member("schema", "cps-preflight/rules/1")
      json.member("rules") { json in
        json.list(rules) { json, item in
          let rule = item.rule
          json.object { json in
            json.member("stage", item.stage)
            json.member("id", rule.id)
            json.member("title", options.words(rule.title))
            json.member("check", rule.checkID)
            json.member("severity", rule.severity.rawValue)
            json.member("exit", rule.exit?.rawValue)
            json.member("for", Use.allCases.filter { rule.concerns($0) }.map(\.rawValue))
            json.member("needs", rule.needs)
            json.member("remedy", rule.advice.remedy(in: options.language))
            if !rule.advice.remedies.isEmpty {
              json.member("remedies", rule.advice.remedies(in: options.language))
            }
            json.member("links", rule.advice.links.map(\.written))
          }
        }
      }
    }
  }
}
