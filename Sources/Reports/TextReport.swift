package import Preflight
package import VerdictFile

/// The report for an operator at the counter: for each stage what was found, and at the end, where a terminal leaves
/// them in sight, the decision, its cause, what to do, and the code.
package struct TextReport: VerdictReport {
  private let options: ReportOptions
  private let sentence: Sentence

  package init(_ options: ReportOptions) {
    self.options = options
    sentence = Sentence(options)
  }

  /// Returns the report, including line breaks.
  package func text(of verdict: Verdict, _ details: RunDetails) -> String {
    let folded = FoldedResults(verdict, options)
    var lines = heading(verdict, details)
    // Equal messages have equal words, and words are hashed already elsewhere.
    var told: [String: [LocalizedText]] = [:]
    told.reserveCapacity(verdict.results.count)
    // What to do is told once, and for the deciding rule at the end.
    var advised = Set(verdict.deciding.map { Guidance($0, options).all } ?? [])
    for stage in verdict.stages {
      let shown = stage.results.filter { !folded.contains($0) }
      guard !shown.isEmpty else { continue }
      lines.append("")
      lines += wrapped(words(stage.stage.title), indent: 2).map { options.paint($0, .bold) }
      for result in shown {
        let message = result.message
        let words = options.words(message)
        let wasTold = told[words]?.contains(message) ?? false
        if !wasTold { told[words, default: []].append(message) }
        let isTold = wasTold && result.outcome == .pass
        lines += self.lines(of: result, told: isTold && !options.verbose)
        var guidance = Guidance(result, options)
        guidance.leaveOut(&advised)
        lines += self.lines(of: guidance, indent: 6)
      }
    }
    if let words = folded.sentence {
      lines.append("")
      lines += wrapped(words, after: "  – ", indent: 4).map { options.paint($0, .dim) }
    }
    if options.verbose {
      lines.append("")
      lines.append(options.paint(options.say(fr: "Faits", en: "Facts"), .bold))
      lines += verdict.facts.flatMap {
        wrapped(FactLine(options.withoutColour).text(of: $0), after: "  ", indent: 6)
      }
    }
    let missing = MissingFacts(details.missing, options).lines
    if !missing.isEmpty {
      // The options are there to be copied, so their line is never broken.
      lines +=
        [""]
        + missing.flatMap { line in
          line.contains("--with ")
            ? [line]
            : wrapped(String(line.drop { $0 == " " }), after: String(line.prefix { $0 == " " }), indent: 4)
        }
    }
    lines.append("")
    lines += conclusion(verdict, details)
    return lines.map { $0 + "\n" }.joined()
  }

  // MARK: - Parts

  private func heading(_ verdict: Verdict, _ details: RunDetails) -> [String] {
    let subject = Conclusion(options).subject(of: verdict)
    let title = options.say(
      fr: "Vérification avant envoi – \(subject)", en: "Check before sending – \(subject)")
    var context = options.say(fr: "Règles : ", en: "Rules: ") + printable(details.rulesPath)
    if let day = Conclusion(options).day(of: verdict) {
      context += " · " + options.say(fr: "date : ", en: "date: ") + day
    }
    return wrapped(title, indent: 2).map { options.paint($0, .bold) }
      + wrapped(context, indent: 2).map { options.paint($0, .dim) }
  }

  /// - Parameter isTold: whether an earlier rule told the same message.
  private func lines(of result: RuleResult, told isTold: Bool) -> [String] {
    let sign = OutcomeSign(result)
    let account =
      sentence.account(of: result, told: isTold)
      + (options.verbose ? "  [\(printable(result.rule.id))]" : "")
    var lines = wrapped(account, after: "  \(sign.sign) ", indent: 4)
    lines[0] = "  \(options.paint(sign.sign, sign.colour))" + String(lines[0].dropFirst(2 + sign.sign.count))
    if let words = WaiverLine(options).text(of: result) {
      lines += wrapped(words, after: "      ", indent: 8).map { options.paint($0, .yellow) }
    }
    return lines
  }

  private func lines(of guidance: Guidance, indent: Int) -> [String] {
    let spaces = String(repeating: " ", count: indent)
    return
      (guidance.advice.map { wrapped(sentence.text($0), after: spaces + "→ ", indent: indent + 2) } ?? [])
      + guidance.links.flatMap { wrapped($0, after: spaces + "  ", indent: indent + 2) }
  }

  /// Returns the end of the report, which says everything that is needed by someone who sees nothing else of
  /// it.
  private func conclusion(_ verdict: Verdict, _ details: RunDetails) -> [String] {
    let colour: Colour =
      switch verdict.decision {
      case .ready: .green
      case .blocked: .red
      case .undecided: .yellow
      }
    let decision = Conclusion(options).account(of: verdict)
    let code = verdict.exitCode.rawValue
    guard verdict.decision != .ready else {
      return wrapped("\(decision) (code \(code)).", indent: 2).map { options.paint($0, colour) }
    }
    return wrapped(decision, indent: 2).map { options.paint($0, colour) }
      + (verdict.deciding.map { lines(of: Guidance($0, options), indent: 0) } ?? [])
      + wrapped(
        options.say(
          fr: "Code \(Int(code)) ; pour en savoir plus : \(explanation(of: verdict.exitCode, details))",
          en: "Code \(Int(code)); for more: \(explanation(of: verdict.exitCode, details))"), indent: 2)
  }

  /// Returns the command that explains the code, which needs the rule file if the code is that of a rule.
  private func explanation(of code: ExitCode, _ details: RunDetails) -> String {
    let command = "cps-preflight explain \(code.rawValue)"
    guard details.rulesAreNamed, code.rawValue < 64 else { return command }
    let path = printable(details.rulesPath)
    let isPlain = path.allSatisfy { $0.isLetter || $0.isNumber || "._-/+@:".contains($0) }
    return command + " --rules " + (isPlain ? path : "'\(path.replacing("'", with: "'\\''"))'")
  }

  private func wrapped(_ words: String, after lead: String = "", indent: Int) -> [String] {
    options.wrapping.lines(of: words, after: lead, indent: indent)
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
