import JSON
package import Preflight

/// A line of the journal, `cps-preflight/journal/1`; docs/batch.md describes all fields.
///
/// Personal data are always masked, even with `--reveal`, because journals are kept for years.
package enum JournalLine {
  /// The run that a line belongs to.
  package struct Run: Sendable {
    /// `check` or `run`.
    let command: String
    let pid: Int32
    /// When the run began.
    let startedAt: Moment

    /// - Parameters:
    ///   - command: `check` or `run`.
    ///   - pid: the process id of this program.
    ///   - startedAt: when the run began.
    package init(command: String, pid: Int32, startedAt: Moment) {
      self.command = command
      self.pid = pid
      self.startedAt = startedAt
    }
  }

  /// An event after the line of the verdict was written.
  package enum Event: String, Sendable {
    /// The report could not be written, so the run ended there.
    case notWritten = "not-written"
    /// The command of `run` could not be executed.
    case notExecuted = "not-executed"
  }

  /// Returns the line of a run, without its line break.
  ///
  /// - Parameters:
  ///   - code: the exit code of the run.
  ///   - language: the language of the cause.
  ///   - result: the verdict, its details and the facts; nil if there is no verdict.
  package static func text(
    of run: Run, use: Use?, ending code: ExitCode, in language: Language,
    result: (verdict: Verdict, details: RunDetails, facts: Facts)?
  ) -> String {
    let facts = result?.facts
    return Line { json in
      begin(run, at: run.startedAt, to: &json)
      json.member("use", use?.rawValue)
      if let details = result?.details {
        json.member("rules") { json in
          json.object { json in
            json.member("path", details.rulesPath)
            json.member("sha256", details.rulesDigest)
          }
        }
      }
      json.member("verdict", result?.verdict.decision.rawValue)
      json.member("exitCode", code.rawValue)
      json.member("rule", result?.verdict.deciding?.rule.id)
      json.member("cause", result?.verdict.deciding?.message.rendered(in: language, .masked))
      json.member("reader", facts.flatMap { try? $0.text(.cardReader) })
      json.member("card", facts.flatMap(card))
      json.member("identifier", facts.flatMap(identifier))
      json.member("durationMs", result?.details.durationMs)
    }.jsonLine
  }

  /// Returns the line of an event after the verdict, without its line break.
  ///
  /// - Parameters:
  ///   - time: when the event happened.
  ///   - code: the exit code of the run.
  package static func text(of event: Event, in run: Run, at time: Moment, ending code: ExitCode) -> String {
    Line { json in
      begin(run, at: time, to: &json)
      json.member("of", run.startedAt.description)
      json.member("event", event.rawValue)
      json.member("exitCode", code.rawValue)
    }.jsonLine
  }

  private struct Line: JSONWritable {
    let members: (inout JSONWriter) -> Void

    func write(to json: inout JSONWriter) { json.object(members) }
  }

  private static func begin(_ run: Run, at time: Moment, to json: inout JSONWriter) {
    json.member("schema", "cps-preflight/journal/1")
    json.member("time", time.description)
    json.member("command", run.command)
    json.member("pid", run.pid)
  }

  private static func card(_ facts: Facts) -> String? {
    guard case .personal(let number)? = facts[.cardNumber].value else { return nil }
    return number.shown(.masked)
  }

  /// Returns the billing identifier that is used, if it is known.
  private static func identifier(_ facts: Facts) -> String? {
    if case .identifier(let identifier) = facts.selection { return identifier.shown(.masked) }
    guard var situations = try? facts.situations() else { return nil }
    if case .position(let position) = facts.selection {
      situations = situations.indices.contains(position - 1) ? [situations[position - 1]] : []
    }
    let identifiers = situations.compactMap { situation -> String? in
      situation.identifier?.isUnset == false ? situation.identifier?.personal?.shown(.masked) : nil
    }
    return identifiers.count == 1 ? identifiers[0] : nil
  }
}
