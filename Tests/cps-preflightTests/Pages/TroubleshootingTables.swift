import Preflight
import RuleDesk
import RuleFile
import Testing

@testable import cps_preflight

/// The tables of `docs/troubleshooting.md`: what the shipped rules find, and what `explain` recognises of other software.
struct TroubleshootingTables {
  let language: Language

  /// Returns a row for each case of a shipped rule that has a code, with what to do.
  func rules() throws -> String {
    let ruleSet = try #require(LoadedRules.shippedRules)
    let rules = ruleSet.rules.compactMap { rule in rule.exit.map { (code: $0.rawValue, rule: rule) } }
    var rows = [
      [say("code", "code"), say("règle", "rule"), say("cas", "case"), say("que faire", "what to do")]
    ]
    for (code, rule) in rules.sorted(by: { $0.code < $1.code }) {
      let cases = BuiltIn.registry.check(rule.checkID)?.description.cases ?? []
      let remedies = rule.advice.remedies(in: language)
      let title = words(rule.title)
      for found in cases {
        guard let remedy = remedies[found.name] else { continue }
        rows.append(["\(code)", title, words(found.summary), remedy])
      }
      if let remedy = rule.advice.remedy(in: language) {
        rows.append(["\(code)", title, remedies.isEmpty ? "–" : say("les autres", "the others"), remedy])
      }
    }
    return Self.table(rows)
  }

  /// Returns a table for each place where the trouble may be, with a row for each message.
  func messages() throws -> String {
    let messages = ShippedMessages.read().messages
    #expect(messages.count > 100)
    return KnownMessage.Origin.allCases.map { origin in
      let rows = messages.filter { $0.origin == origin }.map(row)
      let heading = words(origin.summary)
      return "\n### \(heading.prefix(1).uppercased() + heading.dropFirst())\n\n"
        + Self.table([[say("code", "code"), "message", "cause", say("que faire", "what to do")]] + rows)
    }.joined() + "\n"
  }

  private func row(_ message: KnownMessage) -> [String] {
    let codes = message.codes.map { range in
      let (first, last) = (range.lowerBound.description, range.upperBound.description)
      return first == last ? first : "\(first)–\(last)"
    }
    let said = message.texts.map {
      KnownMessage.isSymbol($0) ? "`\($0)`" : say("«\u{A0}\($0)\u{A0}»", "“\($0)”")
    }
    switch message.meaning {
    case .told(let cause, let remedy):
      let links = message.links.map { " <\($0)>" }.joined()
      return [
        codes.joined(separator: ", "), said.joined(separator: ", "), words(cause), words(remedy) + links,
      ]
    case .rule(let id):
      let page = say("[default-rules.fr.md](default-rules.fr.md)", "[default-rules.md](default-rules.md)")
      return [codes.joined(separator: ", "), said.joined(separator: ", "), "`\(id)`", page]
    }
  }

  private func words(_ text: LocalizedText) -> String { text.rendered(in: language) }

  private func say(_ french: String, _ english: String) -> String { language == .french ? french : english }

  private static func table(_ rows: [[String]]) -> String {
    let lines = rows.map {
      "| " + $0.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
    }
    return lines[0] + "|" + String(repeating: "---|", count: rows[0].count) + "\n"
      + lines.dropFirst().joined()
  }
}
