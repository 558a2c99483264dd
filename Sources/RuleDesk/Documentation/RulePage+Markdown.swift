import Preflight

extension RulePage {
  /// The page as Markdown (CommonMark, with GitHub's tables).
  package var markdown: String {
    var lines = ["# \(title)", "", introduction]
    for stage in stages {
      lines += ["", "## \(escaped(stage.title))"]
      for rule in stage.rules { lines += [""] + section(of: rule) }
    }
    lines += ["", "## " + say("Les autres codes de sortie", "The other exit codes"), ""]
    lines += [say("| code | sens | que faire |", "| code | meaning | the batch should |"), "|---|---|---|"]
    lines += codes.map { "| \($0.code) | \(escaped($0.meaning)) | \(escaped($0.advice)) |" }
    return lines.map { $0 + "\n" }.joined()
  }

  private func section(of rule: RuleAccount) -> [String] {
    var lines = [
      "### \(escaped(rule.title)) (`\(rule.id)`)", "", "\(escaped(rule.purpose))",
    ]
    lines += ["", "| | |", "|---|---|"]
    lines += rows(of: rule).map { "| \($0.name) | \(escaped($0.value)) |" }
    lines += remedies(of: rule).flatMap { ["", "**\(escaped($0.heading))\(colon)** \(escaped($0.text))"] }
    if !rule.variables.isEmpty {
      lines += [""] + rule.variables.map { "- `{\($0.name)}`\(colon) \(escaped($0.summary))" }
    }
    if !rule.links.isEmpty { lines += [""] + rule.links.map { "- <\(address($0))>" } }
    lines += rule.messages.flatMap { ["", "\(messagesWord)\(colon)", "", "> \(escaped($0))"] }
    return lines
  }

  /// Returns the words as Markdown: on one line, with all markup signs escaped.
  private func escaped(_ words: String) -> String {
    var text = String.UnicodeScalarView()
    for scalar in printable(words).unicodeScalars {
      if "\\`*_[]<>|#".unicodeScalars.contains(scalar) { text.append("\\") }
      text.append(scalar)
    }
    return String(text)
  }

  /// Returns the address with the characters that would end it, or are invisible, percent-encoded (RFC 3986).
  private func address(_ link: String) -> String {
    link.unicodeScalars.map { scalar in
      guard scalar.isUnseen || "<> ".unicodeScalars.contains(scalar) else { return String(scalar) }
      return String(scalar).utf8.map { ($0 < 16 ? "%0" : "%") + String($0, radix: 16, uppercase: true) }
        .joined()
    }.joined()
  }
}
