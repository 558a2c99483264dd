import Preflight

extension RulePage {
  /// The page as one HTML file that needs nothing else.
  package var html: String {
    var lines = [
      "<!DOCTYPE html>",
      "<html lang=\"\(language.rawValue)\">",
      "<head>",
      "<meta charset=\"utf-8\">",
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
      "<title>\(escaped(title))</title>",
      "<style>", Self.style, "</style>",
      "</head>",
      "<body>",
      "<main>",
      "<h1>\(escaped(title))</h1>",
      "<p>\(escaped(introduction))</p>",
    ]
    for stage in stages {
      lines.append("<h2>\(escaped(stage.title))</h2>")
      for rule in stage.rules { lines += section(of: rule) }
    }
    lines.append("<h2>" + escaped(say("Les autres codes de sortie", "The other exit codes")) + "</h2>")
    lines.append("<table>")
    lines += codes.map {
      "<tr><th scope=\"row\">\($0.code)</th><td>\(escaped($0.meaning))</td><td>\(escaped($0.advice))</td></tr>"
    }
    lines += ["</table>", "</main>", "</body>", "</html>"]
    return lines.map { $0 + "\n" }.joined()
  }

  private static var style: String {
    """
    :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
    main { max-width: 50rem; margin: auto; padding: 1rem }
    section { border-left: .25rem solid; padding-left: 1rem; margin: 1.5rem 0 }
    table { border-collapse: collapse } th { text-align: left } th, td { padding: .2rem .8rem .2rem 0; vertical-align: top }
    .remedy { font-size: 1.15rem } code { font-size: .95em }
    @media print { section { break-inside: avoid } }
    """
  }

  private func section(of rule: RuleAccount) -> [String] {
    var lines = [
      "<section id=\"\(escaped(rule.id))\">",
      "<h3>\(escaped(rule.title)) <code>\(escaped(rule.id))</code></h3>",
      "<p>\(escaped(rule.purpose))</p>",
    ]
    if let remedy = rule.remedy {
      lines.append("<p class=\"remedy\"><strong>\(remedyWord)\(colon)</strong> \(escaped(remedy))</p>")
    }
    lines += rule.links.map { "<p><a href=\"\(escaped($0))\">\(escaped($0))</a></p>" }
    lines += rule.messages.map { "<p>\(messagesWord)\(colon)</p><blockquote>\(escaped($0))</blockquote>" }
    lines.append("<table>")
    lines += rows(of: rule).map {
      "<tr><th scope=\"row\">\(escaped($0.name))</th><td>\(escaped($0.value))</td></tr>"
    }
    return lines + ["</table>", "</section>"]
  }

  private func escaped(_ words: String) -> String { Markup.escaped(words) }
}
