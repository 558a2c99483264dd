import Preflight
import Reports

extension RulePage {
  /// The page as a self-contained HTML file.
  package var html: String {
    var lines = [HTMLPage.element("h1", title), HTMLPage.element("p", introduction)]
    for stage in stages {
      lines.append(HTMLPage.element("h2", stage.title))
      for rule in stage.rules { lines += section(of: rule) }
    }
    lines.append(HTMLPage.element("h2", say("Les autres codes de sortie", "The other exit codes")))
    lines.append("<table>")
    lines += codes.map {
      "<tr><th scope=\"row\">\($0.code)</th><td>\(escaped($0.meaning))</td><td>\(escaped($0.advice))</td></tr>"
    }
    lines.append("</table>")
    return HTMLPage(in: language, title: title, main: lines).text
  }

  private func section(of rule: RuleAccount) -> [String] {
    var lines = [
      "<section class=\"finding\" id=\"\(escaped(rule.id))\">",
      "<h3>\(escaped(rule.title)) <code>\(escaped(rule.id))</code></h3>",
      "<p>\(escaped(rule.purpose))</p>",
    ]
    lines += remedies(of: rule).map {
      "<p class=\"remedy\"><strong>\(escaped($0.heading))\(colon)</strong> \(escaped($0.text))</p>"
    }
    lines += rule.variables.map { "<p><code>{\(escaped($0.name))}</code>\(colon) \(escaped($0.summary))</p>" }
    lines += rule.links.map { "<p>\(HTMLPage.link($0))</p>" }
    lines += rule.messages.map { "<p>\(messagesWord)\(colon)</p><blockquote>\(escaped($0))</blockquote>" }
    lines.append("<table>")
    lines += rows(of: rule).map {
      "<tr><th scope=\"row\">\(escaped($0.name))</th><td>\(escaped($0.value))</td></tr>"
    }
    return lines + ["</table>", "</section>"]
  }

  private func escaped(_ words: String) -> String { Markup.escaped(words) }
}
