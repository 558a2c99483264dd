import JSON
import Preflight

/// Writes verdicts on the same rules. What all of them have in common is prepared once.
struct VerdictWriter: Sendable {
  static let schema = "cps-preflight/verdict/1"

  /// The members that a verdict has as part of a stream; docs/evaluate.md.
  struct Line {
    let number: Int
    let id: LineID?
  }

  private let wording: Wording
  /// Whether to leave out the facts and the rules that passed or were skipped.
  private let isBrief: Bool
  /// The schema, which all verdicts begin with.
  private let beginning: JSONMembers
  /// The use, the rules and the programs, which all verdicts were judged with.
  private let basis: JSONMembers
  /// The decision and the code of verdicts that let the lot be sent.
  private let ready: JSONMembers
  /// The day that most verdicts are on, and its member. Nil if it is not known.
  private let usualDay: (day: CivilDate, member: JSONMembers)?
  /// The counts of reserves, if there is none.
  private let noReserves: JSONMembers
  /// The run, which all verdicts end with.
  private let run: JSONMembers
  private let stages: [StageWords]
  /// What follows the code in the brief verdict of most lines: on the usual day, with nothing to tell of its rules. Nil if the
  /// day is not known, or verdicts are not brief.
  private var usualRest: (day: CivilDate, members: JSONMembers)?

  /// - Parameters:
  ///   - use: the use that all verdicts are about; nil for all uses.
  ///   - usualDay: the day that most verdicts are on; nil if it is not known.
  ///   - isBrief: whether to leave out the facts and the rules that passed or were skipped.
  init(
    _ stages: [(stage: Stage, rules: [Rule])], for use: Use?, on usualDay: CivilDate? = nil,
    isBrief: Bool = false,
    _ details: RunDetails, _ wording: Wording
  ) {
    self.wording = wording
    self.isBrief = isBrief
    beginning = JSONMembers { $0.member("schema", Self.schema) }
    basis = JSONMembers { json in
      if isBrief { json.member("brief", true) }
      json.member("use", use?.rawValue)
      json.member("rules") { json in
        json.object { json in
          json.member("path", details.rulesPath)
          json.member("sha256", details.rulesDigest)
        }
      }
      if !details.plugins.isEmpty { json.member("plugins", details.plugins) }
      json.member("module", details.module)
    }
    ready = JSONMembers { $0.decision(.ready, .ready) }
    self.usualDay = usualDay.map { day in (day, JSONMembers { $0.member(.today, day.description) }) }
    noReserves = JSONMembers { $0.reserves((0, 0, 0)) }
    run = JSONMembers { json in
      json.member("startedAt", details.startedAt.description)
      json.member("durationMs", details.durationMs)
      json.member("programVersion", ProgramVersion.current)
      json.member("card", details.card)
      json.member("selection", details.selection)
    }
    self.stages = stages.map { StageWords($0.stage, $0.rules, wording) }
    if isBrief, let usualDay {
      let writer = self
      usualRest = (usualDay, JSONMembers { writer.writeRest(of: nil, on: usualDay, to: &$0) })
    }
  }

  func write(_ verdict: Verdict, as line: Line? = nil, to json: inout JSONWriter) {
    json.object { json in
      begin(line, verdict.decision, verdict.exitCode, to: &json)
      let today = verdict.today
      if let usualRest, verdict.isUneventful, today == usualRest.day {
        json.members(usualRest.members)
      } else {
        writeRest(of: verdict, on: today, to: &json)
      }
    }
  }

  /// Writes what follows the decision and its code.
  ///
  /// - Parameter verdict: nil stands for any verdict with nothing to tell of its rules, briefly.
  private func writeRest(of verdict: Verdict?, on today: CivilDate?, to json: inout JSONWriter) {
    json.members(basis)
    if let today {
      if let usualDay, today == usualDay.day {
        json.members(usualDay.member)
      } else {
        json.member(.today, today.description)
      }
    }
    let reserves = verdict?.reserves ?? (0, 0, 0)
    if reserves == (0, 0, 0) { json.members(noReserves) } else { json.reserves(reserves) }
    json.member(.stages) { json in
      if let verdict { write(verdict.results, to: &json) } else { json.list { _ in } }
    }
    if let verdict, !isBrief {
      json.member(.facts) { json in json.list(verdict.facts) { write($1, to: &$0) } }
    }
    json.members(run)
  }

  /// Writes the object for a line that could not be judged, in place of its verdict.
  ///
  /// - Parameter column: the position of the error in the line, counted from 1. Nil if it is not known.
  func write(malformed line: Line, at column: Int?, _ message: LocalizedText, to json: inout JSONWriter) {
    json.object { json in
      begin(line, .undecided, .malformedInput, to: &json)
      json.member("error") { json in
        json.object { json in
          json.member(.message, wording.words(message))
          json.member("column", column)
        }
      }
    }
  }

  // MARK: - Parts

  private func begin(
    _ line: Line?, _ decision: Verdict.Decision, _ code: ExitCode, to json: inout JSONWriter
  ) {
    json.members(beginning)
    if let line {
      switch line.id {
      case .text(let text): json.member(.id, text)
      case .number(let digits): json.member(.id) { $0.number(digits: digits) }
      case nil: break
      }
      json.member(.line, line.number)
    }
    if decision == .ready, code == .ready { json.members(ready) } else { json.decision(decision, code) }
  }

  private func write(_ results: [RuleResult], to json: inout JSONWriter) {
    json.list { json in
      var first = 0
      for words in stages {
        let ofStage = first..<(first + words.rules.count)
        first = ofStage.upperBound
        guard !isBrief || ofStage.contains(where: { results[$0].matters }) else { continue }
        json.element { write(results, ofStage, words, to: &$0) }
      }
    }
  }

  private func write(
    _ results: [RuleResult], _ ofStage: Range<Int>, _ words: StageWords, to json: inout JSONWriter
  ) {
    json.object { json in
      json.members(words.members)
      json.member(.rules) { json in
        json.list { json in
          for number in ofStage where !isBrief || results[number].matters {
            json.element { write(results[number], words.rules[number - ofStage.lowerBound], to: &$0) }
          }
        }
      }
    }
  }

  private func write(_ result: RuleResult, _ words: RuleWords, to json: inout JSONWriter) {
    json.object { json in
      json.members(words.members)
      json.member(.outcome, result.outcome.rawValue)
      if result.callsForAttention { json.member("attention", true) }
      // The case that the check found, by its name under `remedies`.
      if let found = result.found { json.member(.case, found.name) }
      if let exit = words.exit { json.member(.exit, exit) }
      json.member(.message) { wording.write(result.lateMessage, to: &$0) }
      if let remedy = words.steadyRemedy(of: result) {
        json.members(remedy)
      } else if let advice = result.advice {
        json.member(.remedy, wording.words(advice))
      }
      if let links = words.links {
        json.members(links)
      } else {
        json.member("links", result.links.map(wording.words))
      }
      if let waiver = result.waiver {
        json.member("waiver") { json in
          json.object { json in
            json.member("reason", wording.words(waiver.waiver.reason))
            json.member("until", waiver.waiver.until.description)
            json.member("standing", waiver.standing.rawValue)
          }
        }
      }
    }
  }

  /// Writes a fact: its value, or why it has none.
  private func write(_ fact: Fact, to json: inout JSONWriter) {
    json.object { json in
      json.member("name", fact.name.rawValue)
      switch fact.state {
      case .known(let known): json.member("value") { $0.fact(known, wording.disclosure) }
      // An absent fact is also listed as not known, as it was before the format had `absent`.
      case .absent:
        json.member("unavailable", wording.words(fact.absence))
        json.member("absent", true)
      case .unavailable(let why): json.member("unavailable", wording.words(why.message))
      }
      json.member("source", fact.source)
      json.member("note", fact.note.map(wording.words))
    }
  }
}

/// The members that most lines of a stream have.
extension JSONName {
  fileprivate static let id = JSONName("id")
  fileprivate static let line = JSONName("line")
  fileprivate static let verdict = JSONName("verdict")
  fileprivate static let exitCode = JSONName("exitCode")
  fileprivate static let today = JSONName("today")
  fileprivate static let stages = JSONName("stages")
  fileprivate static let rules = JSONName("rules")
  fileprivate static let outcome = JSONName("outcome")
  fileprivate static let `case` = JSONName("case")
  fileprivate static let exit = JSONName("exit")
  fileprivate static let message = JSONName("message")
  fileprivate static let remedy = JSONName("remedy")
  fileprivate static let facts = JSONName("facts")
}

/// The members of a stage that are the same in all verdicts.
private struct StageWords: Sendable {
  let members: JSONMembers
  let rules: [RuleWords]

  init(_ stage: Stage, _ rules: [Rule], _ wording: Wording) {
    members = JSONMembers { json in
      json.member("id", stage.id)
      json.member("title", wording.words(stage.title))
    }
    self.rules = rules.map { RuleWords($0, wording) }
  }
}

/// The members of a rule that are the same in all verdicts.
///
/// A class because each result goes with one, and copying a reference is cheaper.
private final class RuleWords: Sendable {
  let members: JSONMembers
  let exit: Int?
  /// Nil if they depend on the case that is found.
  let links: JSONMembers?
  /// The advice for any case. Nil if there is none, or it depends on what is measured.
  private let remedy: JSONMembers?
  /// The advice by case, without that which depends on what is measured.
  private let remedies: [String: JSONMembers]

  init(_ rule: Rule, _ wording: Wording) {
    members = JSONMembers { json in
      json.member("id", rule.id)
      json.member("title", wording.words(rule.title))
      json.member("check", rule.checkID)
      json.member("severity", rule.severity.rawValue)
    }
    exit = rule.exit.map { Int($0.rawValue) }
    let advice = rule.advice
    links =
      advice.hasSteadyLinks
      ? JSONMembers { json in json.member("links", advice.links(in: nil).map(wording.words)) } : nil
    func prepared(_ text: LocalizedText) -> JSONMembers {
      JSONMembers { $0.member("remedy", wording.words(text)) }
    }
    remedy = advice.steadyRemedy.map(prepared)
    remedies = advice.steadyRemedies.mapValues(prepared)
  }

  /// The advice for a failure, where it was prepared. Nil for all other results.
  func steadyRemedy(of result: RuleResult) -> JSONMembers? {
    guard result.outcome == .fail || result.outcome == .waived, !result.hasOwnRemedy else { return nil }
    guard let found = result.found, result.rule.advice.remedies[found.name] != nil else { return remedy }
    return remedies[found.name]
  }
}

extension JSONWriter {
  fileprivate mutating func decision(_ decision: Verdict.Decision, _ code: ExitCode) {
    member(.verdict, decision.rawValue)
    member(.exitCode, Int(code.rawValue))
  }

  /// Writes how many rules did not pass, and do not block.
  fileprivate mutating func reserves(_ reserves: (failed: Int, undecided: Int, waived: Int)) {
    member("reserves") { json in
      json.object { json in
        json.member("fail", reserves.failed)
        json.member("unknown", reserves.undecided)
        json.member("waived", reserves.waived)
      }
    }
  }
}

extension RuleResult {
  /// Whether the result is worth showing in a brief verdict: the rule did not pass and was not skipped.
  fileprivate var matters: Bool {
    switch outcome {
    case .fail, .unknown, .waived: true
    case .pass, .skipped: false
    }
  }
}
