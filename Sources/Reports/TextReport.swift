package import Preflight

/// The report for a person at a counter: stage by stage, what was found, what to do, and one last line.
package struct TextReport: Sendable {
  private let options: ReportOptions

  package init(_ options: ReportOptions) { self.options = options }

  /// The whole report, with its line ends.
  package func text(of verdict: Verdict, _ details: RunDetails) -> String {
    var lines = heading(verdict, details)
    for stage in verdict.stages {
      lines.append("")
      lines.append(options.paint(words(stage.stage.title), .bold))
      for result in stage.results { lines += self.lines(of: result) }
    }
    if options.verbose {
      lines.append("")
      lines.append(options.paint(options.say(fr: "Faits", en: "Facts"), .bold))
      lines += verdict.facts.map { "  " + FactLine(options).text(of: $0) }
    }
    lines.append("")
    lines.append(conclusion(verdict))
    return lines.map { $0 + "\n" }.joined()
  }

  // MARK: - Parts

  private func heading(_ verdict: Verdict, _ details: RunDetails) -> [String] {
    let subject =
      switch verdict.use {
      case .signature: options.say(fr: "signature des FSE", en: "signing FSE")
      case .adri: options.say(fr: "interrogation d'ADRI", en: "querying ADRI")
      case .teletransmission: options.say(fr: "télétransmission", en: "télétransmission")
      case nil: options.say(fr: "tous usages", en: "all uses")
      }
    var lines = [
      options.paint(
        options.say(
          fr: "Vérification avant envoi – \(subject)", en: "Check before sending – \(subject)"), .bold)
    ]
    var context = options.say(fr: "Règles : ", en: "Rules: ") + printable(details.rulesPath)
    if let today = verdict.facts.first(where: { $0.name == .today }),
      case .known(.date(let date)) = today.state
    {
      let written = words(LocalizedText(everywhere: "\(date)"))
      context += " · " + options.say(fr: "date : ", en: "date: ") + written
      // A date that does not come from the clock must never go unseen.
      if today.source != FactSourceName.clock { context += " (\(printable(today.source)))" }
    }
    lines.append(options.paint(context, .dim))
    return lines
  }

  private func lines(of result: RuleResult) -> [String] {
    var lines = ["  \(glyph(of: result)) \(words(result.rule.title)) : \(words(result.message))"]
    if options.language == .english {
      lines = ["  \(glyph(of: result)) \(words(result.rule.title)): \(words(result.message))"]
    }
    if let waiver = result.waiver, let words = WaiverLine(options).text(of: waiver, result.outcome) {
      lines.append("      " + words)
    }
    if options.verbose { lines[0] += options.paint("  [\(result.rule.id)]", .dim) }
    if let advice = result.advice {
      lines.append("      " + options.paint("→ ", .bold) + words(advice))
    }
    if result.outcome == .fail || result.outcome == .waived || result.reason == .service {
      lines += result.rule.links.map { "        " + printable($0) }
    }
    return lines
  }

  private func glyph(of result: RuleResult) -> String {
    switch (result.outcome, result.rule.severity) {
    case (.pass, _): options.paint("✓", .green)
    case (.fail, .blocking): options.paint("✗", .red)
    case (.fail, .warning): options.paint("!", .yellow)
    case (.unknown, _): options.paint("?", .yellow)
    case (.waived, _): options.paint("⚠", .yellow)
    case (.skipped, _): options.paint("–", .dim)
    }
  }

  private func conclusion(_ verdict: Verdict) -> String {
    let code = verdict.exitCode.rawValue
    let cause = verdict.deciding.map { words($0.rule.title) }
    switch verdict.decision {
    case .ready:
      let warnings = verdict.results.count { $0.rule.severity == .warning && $0.outcome == .fail }
      let waived = verdict.results.count { $0.outcome == .waived }
      var reserve =
        warnings == 0
        ? "" : options.say(fr: ", avec \(warnings) avertissement(s)", en: ", with \(warnings) warning(s)")
      if waived > 0 {
        reserve += options.say(fr: ", PAR \(waived) DÉROGATION(S)", en: ", BY \(waived) WAIVER(S)")
      }
      return options.paint(
        options.say(fr: "PRÊT : l'envoi est possible\(reserve)", en: "READY: it may be sent\(reserve)"),
        .green)
        + " (code \(code))"
    case .blocked:
      return options.paint(
        options.say(
          fr: "BLOQUÉ, ne pas envoyer : \(cause ?? "")", en: "BLOCKED, do not send: \(cause ?? "")"),
        .red) + " (code \(code))"
    case .undecided:
      let reason =
        cause ?? options.say(fr: "aucune règle bloquante n'a été jugée", en: "no blocking rule was judged")
      return options.paint(
        options.say(fr: "INDÉCIS, ne pas envoyer : \(reason)", en: "UNDECIDED, do not send: \(reason)"),
        .yellow)
        + " (code \(code))"
    }
  }

  private func words(_ text: LocalizedText) -> String { printable(options.words(text)) }
}

/// How the sources of the program itself are named in facts.
package enum FactSourceName {
  /// The workstation's clock.
  package static let clock = "clock"
  /// The command line option that sets the date.
  package static let option = "--on"
}
