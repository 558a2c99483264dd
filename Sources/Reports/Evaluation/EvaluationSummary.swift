import Preflight

/// The progress and the summary of a stream of verdicts, as text for people.
package struct EvaluationSummary: Sendable {
  private let options: ReportOptions

  package init(_ options: ReportOptions) { self.options = options }

  ///
  /// - Parameter time: how long the evaluation took.
  package func text(of tally: EvaluationTally, after time: Duration) -> String {
    guard tally.lines > 0 else {
      return options.say(
        fr: "cps-preflight: aucune ligne reçue : rien n'est jugé\n",
        en: "cps-preflight: no line was received: nothing is judged\n")
    }
    let milliseconds = max(1, time.milliseconds)
    let count = LocalizedText(counting: tally.lines, fr: "ligne", en: "line")
    var lines = [
      options.say(
        fr: "\(count.french) en \(seconds(milliseconds)) s, \(rate(tally, milliseconds)) par seconde",
        en: "\(count.english) in \(seconds(milliseconds)) s, \(rate(tally, milliseconds)) a second"),
      options.say(
        fr: """
          prêtes \(tally.ready), bloquées \(tally.blocked), indécises \(tally.undecided), \
          mal formées \(tally.malformed)
          """,
        en: """
          ready \(tally.ready), blocked \(tally.blocked), undecided \(tally.undecided), \
          malformed \(tally.malformed)
          """),
    ]
    let width = String(tally.lines).count
    for (code, count) in tally.byCode {
      lines.append("  code \(padded("\(code.rawValue)", 2))  \(padded("\(count)", width))")
    }
    for rule in tally.rules where rule.failed + rule.unknown + rule.waived > 0 {
      lines.append("  \(printable(rule.id)): \(counts(of: rule)) – \(printable(options.words(rule.title)))")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Returns the progress on one short line.
  ///
  /// - Parameter share: the part of the input that was read, from 0 to 1. Nil if the size is not known.
  package func progress(of tally: EvaluationTally, after time: Duration, share: Double?) -> String {
    let milliseconds = max(1, time.milliseconds)
    let words = options.say(
      fr: """
        \(tally.lines) lignes, \(rate(tally, milliseconds))/s, \(tally.notReady) non prêtes, \
        \(tally.malformed) mal formées
        """,
      en: """
        \(tally.lines) lines, \(rate(tally, milliseconds))/s, \(tally.notReady) not ready, \
        \(tally.malformed) malformed
        """)
    guard let share else { return words }
    let done = Int(max(0, min(1, share)) * Double(barWidth))
    let bar = String(repeating: "█", count: done) + String(repeating: "░", count: barWidth - done)
    return "\(bar) \(padded("\(Int(share * 100))", 3)) %  \(words)"
  }

  private let barWidth = 16

  private func counts(of rule: EvaluationTally.RuleTally) -> String {
    [
      (rule.failed, options.say(fr: "échec", en: "failed")),
      (rule.unknown, options.say(fr: "indécis", en: "undecided")),
      (rule.waived, options.say(fr: "par dérogation", en: "waived")),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
  }

  private func rate(_ tally: EvaluationTally, _ milliseconds: Int) -> Int {
    tally.lines * 1000 / milliseconds
  }

  private func seconds(_ milliseconds: Int) -> String {
    "\(milliseconds / 1000)\(options.language == .french ? "," : ".")\(milliseconds / 100 % 10)"
  }

  private func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
