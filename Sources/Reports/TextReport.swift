package import Preflight
package import VerdictFile

/// The report for an operator at the counter: for each stage what was found and what to do, and a last line with
/// the decision.
package struct TextReport: VerdictReport {
  private let options: ReportOptions

  package init(_ options: ReportOptions) { self.options = options }

  /// Returns the report, including line breaks.
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
    let missing = MissingFacts(details.missing, options).lines
    if !missing.isEmpty { lines += [""] + missing }
    lines.append("")
    lines.append(conclusion(verdict))
    return lines.map { $0 + "\n" }.joined()
  }

  // MARK: - Parts

  private func heading(_ verdict: Verdict, _ details: RunDetails) -> [String] {
    let subject = Conclusion(options).subject(of: verdict)
    var lines = [
      options.paint(
        options.say(
          fr: "Vérification avant envoi – \(subject)", en: "Check before sending – \(subject)"), .bold)
    ]
    var context = options.say(fr: "Règles : ", en: "Rules: ") + printable(details.rulesPath)
    if let day = Conclusion(options).day(of: verdict) {
      context += " · " + options.say(fr: "date : ", en: "date: ") + day
    }
    lines.append(options.paint(context, .dim))
    return lines
  }

  private func lines(of result: RuleResult) -> [String] {
    var lines = [
      "  \(glyph(of: result)) \(words(result.rule.title))\(options.colon) \(words(result.message))"
    ]
    if let words = WaiverLine(options).text(of: result) { lines.append("      " + words) }
    if options.verbose { lines[0] += options.paint("  [\(printable(result.rule.id))]", .dim) }
    if let advice = result.advice {
      lines.append("      " + options.paint("→ ", .bold) + words(advice))
    }
    if result.outcome == .fail || result.outcome == .waived || result.reason == .service {
      lines += result.links.map { "        " + words($0) }
    }
    return lines
  }

  private func glyph(of result: RuleResult) -> String {
    let sign = OutcomeSign(result)
    return options.paint(sign.sign, sign.colour)
  }

  private func conclusion(_ verdict: Verdict) -> String {
    let colour: Colour =
      switch verdict.decision {
      case .ready: .green
      case .blocked: .red
      case .undecided: .yellow
      }
    return options.paint(Conclusion(options).sentence(of: verdict), colour)
      + " (code \(verdict.exitCode.rawValue))"
  }

  private func words(_ text: LocalizedText) -> String { printable(options.words(text)) }
}

/// The names of sources that are part of the program, as facts give them.
package enum FactSourceName {
  /// The workstation's clock.
  package static let clock = "clock"
  /// The command line option that sets the date.
  package static let option = "--on"
}
