package import Preflight
package import VerdictFile

/// The verdict as a page for the operator at the counter. What failed, what to do and whom to call are in large
/// letters; the rest is in a folded section below.
package struct HTMLReport: VerdictReport {
  private let options: ReportOptions

  /// Uses the options except for colours, since the page has its own style.
  package init(_ options: ReportOptions) { self.options = options.withoutColour }

  /// Returns the page.
  package func text(of verdict: Verdict, _ details: RunDetails) -> String {
    let conclusion = Conclusion(options)
    let subject = options.say(fr: "Vérification avant envoi", en: "Check before sending")
    var context = "\(subject) – \(conclusion.subject(of: verdict))"
    if let day = conclusion.day(of: verdict) { context += " · \(day)" }
    return HTMLPage(
      in: options.language, title: "\(conclusion.decision(of: verdict)) – \(subject)",
      header: [HTMLPage.element("p", context)],
      main: headline(verdict) + findings(verdict) + everyRule(verdict) + facts(verdict),
      footer: footer(verdict, details)
    ).text
  }

  // MARK: - What matters

  private func headline(_ verdict: Verdict) -> [String] {
    let (tone, sign) =
      switch verdict.decision {
      case .ready: ("good", "✓")
      case .blocked: ("bad", "✗")
      case .undecided: ("doubt", "?")
      }
    let decision = Conclusion(options).decision(of: verdict)
    return [
      "<h1 class=\"verdict \(tone)\">\(Self.sign(sign))\(Markup.escaped(typeset(decision)))</h1>",
      HTMLPage.element("p", class: "cause", cause(of: verdict)),
    ]
  }

  /// Returns the cause in words for the counter: what was found, rather than the title of the rule, which describes
  /// the desired state.
  private func cause(of verdict: Verdict) -> String {
    if let deciding = verdict.deciding { return typeset(Sentence(options).cause(deciding)) }
    let conclusion = Conclusion(options)
    let basis = [conclusion.cause(of: verdict), conclusion.attention(to: verdict)].compactMap { $0 }
      .filter { !$0.isEmpty }
    if basis.isEmpty { return options.say(fr: "Il n'y a rien à faire.", en: "There is nothing to do.") }
    return sentence(basis.joined(separator: ", "))
  }

  private func findings(_ verdict: Verdict) -> [String] {
    let folded = FoldedResults(verdict, options)
    let findings = verdict.results.filter { isFinding($0, of: verdict) && !folded.contains($0) }
    let waived = findings.filter { $0.outcome == .waived }
    // The deciding rule blocks even if it was not judged.
    let blocking = findings.filter { $0.blocks || $0.rule.id == verdict.deciding?.rule.id }
    let told = Set((waived + blocking).map(\.rule.id))
    let warnings = findings.filter { !told.contains($0.rule.id) }
    var advised: Set<String> = []
    let obstacles = group(
      options.say(fr: "Ce qui bloque l'envoi", en: "What blocks the sending"), blocking, &advised)
    let waivers = group(options.say(fr: "Dérogations en cours", en: "Waivers in force"), waived, &advised)
    return obstacles + lastResort(verdict) + waivers
      + group(options.say(fr: "Avertissements", en: "Warnings"), warnings, &advised)
  }

  /// Whether the result has a part of its own, above all rules.
  private func isFinding(_ result: RuleResult, of verdict: Verdict) -> Bool {
    switch result.outcome {
    case .fail, .unknown, .waived: true
    case .pass: result.callsForAttention
    case .skipped: result.rule.id == verdict.deciding?.rule.id
    }
  }

  /// - Parameter advised: the advice given so far, as each piece of advice is given once.
  private func group(
    _ title: String, _ results: [RuleResult], _ advised: inout Set<String>
  ) -> [String] {
    guard !results.isEmpty else { return [] }
    var lines = [HTMLPage.element("h2", title)]
    for result in results {
      var guidance = Guidance(result, options, linkingAlways: true)
      guidance.leaveOut(&advised)
      lines += finding(result, advice(guidance))
    }
    return lines
  }

  /// Returns whom to call if the advice above does not help. Empty if the lot may be sent.
  private func lastResort(_ verdict: Verdict) -> [String] {
    guard verdict.decision != .ready else { return [] }
    let code = String(verdict.exitCode.rawValue)
    let words = options.say(
      fr: "Si cela ne suffit pas, appeler le support de votre logiciel et donner le code \(code).",
      en: "If that does not help, call the support of your software and give the code \(code).")
    return [HTMLPage.element("p", class: "remedy", words)]
  }

  private func finding(_ result: RuleResult, _ advice: [String]) -> [String] {
    let tone = result.outcome == .fail && result.blocks ? "bad" : "doubt"
    let id = "rule-\(Markup.escaped(result.rule.id))"
    var lines = [
      "<section class=\"finding \(tone)\" aria-labelledby=\"\(id)\">",
      "<h3 id=\"\(id)\">\(Self.sign(OutcomeSign(result).sign))\(Markup.escaped(words(result.rule.title)))</h3>",
      HTMLPage.element("p", sentence(account(of: result))),
    ]
    if let words = WaiverLine(options).text(of: result) {
      lines.append("<p><strong>\(Markup.escaped(typeset(words)))</strong></p>")
    }
    return lines + advice + ["</section>"]
  }

  /// Returns what to do, whom to call and where to read more.
  private func advice(_ guidance: Guidance) -> [String] {
    var lines: [String] = []
    if let advice = guidance.advice {
      let numbers = PhoneNumbers(in: advice).written
      let words = numbers.reduce(sentence(advice)) { $0.replacing($1, with: unbroken($1)) }
      lines.append(HTMLPage.element("h4", options.say(fr: "Que faire", en: "What to do")))
      lines.append(HTMLPage.element("p", class: "remedy", words))
      if !numbers.isEmpty {
        lines.append(HTMLPage.element("h4", options.say(fr: "Qui appeler", en: "Whom to call")))
      }
      lines += numbers.map {
        "<p class=\"call\"><a href=\"\(PhoneNumbers.address(of: $0))\">\(Markup.escaped($0))</a></p>"
      }
    }
    return lines + guidance.links.map { "<p>\(HTMLPage.link($0))</p>" }
  }

  // MARK: - The rest

  private func everyRule(_ verdict: Verdict) -> [String] {
    let count = verdict.results.count
    let folded = FoldedResults(verdict, options)
    var lines = [
      HTMLPage.element("h2", options.say(fr: "Toutes les règles", en: "Every rule")), "<details>",
      HTMLPage.element(
        "summary",
        options.say(fr: "Montrer ce qui a été vérifié (\(count))", en: "Show what was checked (\(count))")),
    ]
    // On paper there is no room for the rules that one line sums up, nor for those shown above.
    func attribute(_ isFolded: Bool) -> String { isFolded ? " class=\"folded\"" : "" }
    func isFolded(_ result: RuleResult) -> Bool {
      folded.contains(result) || isFinding(result, of: verdict)
    }
    for stage in verdict.stages {
      let isEachFolded = stage.results.allSatisfy(isFolded)
      lines.append(
        "<h3\(attribute(isEachFolded))>\(Markup.escaped(words(stage.stage.title)))</h3>")
      lines.append("<ul class=\"rules\(isEachFolded ? " folded" : "")\" role=\"list\">")
      lines += stage.results.map { result in
        let waiver = WaiverLine(options).text(of: result).map { " \($0)" } ?? ""
        return "<li\(attribute(isFolded(result)))>\(Self.sign(OutcomeSign(result).sign))"
          + "<strong>\(Markup.escaped(words(result.rule.title)))</strong> – "
          + Markup.escaped(typeset(Sentence.ended(account(of: result))) + typeset(waiver)) + "</li>"
      }
      lines.append("</ul>")
    }
    if let count = folded.count {
      lines.append(HTMLPage.element("p", class: "paper", sentence(options.words(count))))
    }
    return lines + ["</details>"]
  }

  private func facts(_ verdict: Verdict) -> [String] {
    guard options.verbose else { return [] }
    let title = options.say(fr: "Faits", en: "Facts")
    let show = options.say(fr: "Montrer ce qui est connu", en: "Show what is known")
    return [HTMLPage.element("h2", title), "<details>", HTMLPage.element("summary", show), "<ul>"]
      + verdict.facts.map { HTMLPage.element("li", FactLine(options).text(of: $0)) }
      + ["</ul>", "</details>"]
  }

  private func footer(_ verdict: Verdict, _ details: RunDetails) -> [String] {
    let rows = [
      (options.say(fr: "Code de sortie", en: "Exit code"), String(verdict.exitCode.rawValue)),
      (
        options.say(fr: "Début (heure de Paris)", en: "Began (Paris time)"),
        FrenchTime(details.startedAt).written(in: options.language)
      ),
      (options.say(fr: "Règles", en: "Rules"), details.rulesPath),
      ("SHA-256", details.rulesDigest),
    ]
    return ["<table>"]
      + rows.map { "<tr><th scope=\"row\">\($0.0)</th><td>\(Markup.escaped($0.1))</td></tr>" }
      + ["</table>"]
  }

  // MARK: - Words

  private func words(_ text: LocalizedText) -> String { typeset(options.words(text)) }

  /// Returns the result of a rule. The reason for not judging a rule already says that it was not judged.
  private func account(of result: RuleResult) -> String {
    let message = words(result.message)
    guard result.outcome != .skipped else { return message }
    return typeset("\(OutcomeSign(result).word(options))\(options.colon) \(message)")
  }

  /// Keeps French punctuation on the same line as its word.
  private func typeset(_ words: String) -> String {
    guard options.language == .french else { return words }
    return [" :", " ;", " ?", " !", " »", "« "].reduce(words) { $0.replacing($1, with: unbroken($1)) }
  }

  private func sentence(_ words: String) -> String { typeset(Sentence(options).text(words)) }

  /// Returns the text with no-break spaces.
  private func unbroken(_ words: String) -> String { words.replacing(" ", with: "\u{A0}") }

  /// Returns a decorative sign; the words beside it have the same meaning.
  private static func sign(_ sign: String) -> String {
    "<span class=\"sign\" aria-hidden=\"true\">\(sign)</span>"
  }
}
