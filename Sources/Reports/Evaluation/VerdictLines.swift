package import Preflight

/// Verdicts as lines of JSON: the verdict of `check --format json` with whose it is, and one line for each line that
/// could not be judged; docs/evaluate.md.
///
/// A writer is one thread's own: it reuses its room.
package struct VerdictLines: Sendable {
  /// The line of the input that a verdict answers.
  package struct Line: Sendable {
    let number: Int
    let id: LineID?

    package init(_ number: Int, id: LineID?) {
      self.number = number
      self.id = id
    }
  }

  private let options: ReportOptions
  private let isBrief: Bool
  private var json = JSONBytes()

  // What is the same in every line is written once.
  private let rulesAndUse: [UInt8]
  private let end: [UInt8]
  private let stages: [StageParts]

  /// - Parameter isBrief: whether to leave out what passed or was not judged, and the facts.
  package init(_ plan: Plan, _ details: RunDetails, _ options: ReportOptions, isBrief: Bool) {
    self.options = options
    self.isBrief = isBrief
    stages = plan.stages.map { StageParts($0, options) }
    var part = JSONBytes()
    if let use = plan.use {
      part.raw(",\"use\":")
      part.string(use.rawValue)
    }
    part.raw(",\"rules\":{\"path\":")
    part.string(details.rulesPath)
    part.raw(",\"sha256\":")
    part.string(details.rulesDigest)
    part.raw("}")
    if !details.plugins.isEmpty {
      part.raw(",\"plugins\":")
      part.list(details.plugins) { $0.program($1) }
    }
    rulesAndUse = part.bytes
    part.clear()
    part.raw(",\"startedAt\":")
    part.string(details.startedAt)
    part.raw(",\"durationMs\":")
    part.number(details.durationMs)
    if let selection = details.selection {
      part.raw(",\"selection\":")
      part.selection(selection)
    }
    part.raw("}\n")
    end = part.bytes
  }

  /// The lines written since the last ``clear()``.
  package var bytes: [UInt8] { json.bytes }

  /// Begins anew.
  package mutating func clear() { json.clear() }

  /// Writes the line of a verdict.
  package mutating func append(_ verdict: Verdict, of line: Line) {
    begin(line, verdict.decision, verdict.exitCode)
    if isBrief { json.raw(",\"brief\":true") }
    json.raw(rulesAndUse)
    if let today = verdict.facts.first(where: { $0.name == .today }), case .date(let date)? = today.value {
      json.raw(",\"today\":")
      json.string(date.description)
    }
    let reserves = verdict.reserves
    json.raw(",\"reserves\":{\"fail\":")
    json.number(reserves.failed)
    json.raw(",\"unknown\":")
    json.number(reserves.undecided)
    json.raw(",\"waived\":")
    json.number(reserves.waived)
    json.raw("},\"stages\":")
    writeStages(of: verdict)
    if !isBrief {
      json.raw(",\"facts\":")
      json.list(verdict.facts) { [options] json, fact in json.fact(fact, options) }
    }
    json.raw(end)
  }

  /// Writes the line of a line that could not be judged.
  ///
  /// - Parameter column: where in it the fault is.
  package mutating func append(malformed line: Line, at column: Int?, _ message: LocalizedText) {
    begin(line, .undecided, .malformedInput)
    json.raw(",\"error\":{\"message\":")
    json.string(options.words(message))
    if let column {
      json.raw(",\"column\":")
      json.number(column)
    }
    json.raw("}}\n")
  }

  // MARK: - Parts

  private mutating func begin(_ line: Line, _ decision: Verdict.Decision, _ code: ExitCode) {
    json.raw("{\"schema\":\"cps-preflight/verdict/1\"")
    switch line.id {
    case .text(let text):
      json.raw(",\"id\":")
      json.string(text)
    case .number(let digits):
      json.raw(",\"id\":")
      json.raw(digits)
    case nil: break
    }
    json.raw(",\"line\":")
    json.number(line.number)
    json.raw(",\"verdict\":")
    json.string(decision.rawValue)
    json.raw(",\"exitCode\":")
    json.number(code.rawValue)
  }

  private mutating func writeStages(of verdict: Verdict) {
    json.raw("[")
    var isFirst = true
    for (stage, result) in zip(stages, verdict.stages) {
      let shown = result.results.indices.filter { !isBrief || result.results[$0].matters }
      if isBrief, shown.isEmpty { continue }
      if !isFirst { json.raw(",") }
      isFirst = false
      json.raw(stage.beginning)
      json.list(shown) { [options] json, index in
        json.rule(result.results[index], stage.rules[index], options)
      }
      json.raw("}")
    }
    json.raw("]")
  }
}

extension RuleResult {
  /// Whether it is more than that all is well, or that nothing is said.
  fileprivate var matters: Bool {
    switch outcome {
    case .fail, .unknown, .waived: true
    case .pass, .skipped: false
    }
  }
}

/// What every line says of a stage.
private struct StageParts: Sendable {
  let beginning: [UInt8]
  let rules: [RuleParts]

  init(_ stage: Stage, _ options: ReportOptions) {
    var part = JSONBytes()
    part.raw("{\"id\":")
    part.string(stage.id)
    part.raw(",\"title\":")
    part.string(options.words(stage.title))
    part.raw(",\"rules\":")
    beginning = part.bytes
    rules = stage.rules.map { RuleParts($0, options) }
  }
}

/// What every line says of a rule.
private struct RuleParts: Sendable {
  /// Up to its outcome.
  let beginning: [UInt8]
  /// Between its outcome and its message.
  let exit: [UInt8]
  /// After its remedy; nothing where they depend on what is found.
  let links: [UInt8]?

  init(_ rule: Rule, _ options: ReportOptions) {
    var part = JSONBytes()
    part.raw("{\"id\":")
    part.string(rule.id)
    part.raw(",\"title\":")
    part.string(options.words(rule.title))
    part.raw(",\"check\":")
    part.string(rule.checkID)
    part.raw(",\"severity\":")
    part.string(rule.severity.rawValue)
    part.raw(",\"outcome\":")
    beginning = part.bytes
    part.clear()
    if let code = rule.exit {
      part.raw(",\"exit\":")
      part.number(code.rawValue)
    }
    part.raw(",\"message\":")
    exit = part.bytes
    part.clear()
    part.links(rule.advice.links(in: nil), options)
    links = rule.advice.hasSteadyLinks ? part.bytes : nil
  }
}

extension JSONBytes {
  /// A program, as ``ProgramMark`` has it.
  fileprivate mutating func program(_ program: ProgramMark) {
    raw("{")
    if let name = program.name {
      raw("\"name\":")
      string(name)
      raw(",")
    }
    raw("\"path\":")
    string(program.path)
    if let digest = program.sha256 {
      raw(",\"sha256\":")
      string(digest)
    }
    raw("}")
  }

  /// What was selected, as ``SelectionMark`` has it.
  fileprivate mutating func selection(_ selection: SelectionMark) {
    raw("{")
    if let situation = selection.situation {
      raw("\"situation\":")
      number(situation)
    }
    if let check = selection.identifierCheck {
      if selection.situation != nil { raw(",") }
      raw("\"identifierCheck\":")
      string(check)
    }
    raw("}")
  }

  fileprivate mutating func links(_ links: [LocalizedText], _ options: ReportOptions) {
    raw(",\"links\":")
    list(links) { $0.string(options.words($1)) }
  }

  fileprivate mutating func rule(_ result: RuleResult, _ parts: RuleParts, _ options: ReportOptions) {
    raw(parts.beginning)
    string(result.outcome.rawValue)
    if let found = result.found {
      raw(",\"case\":")
      string(found.name)
    }
    raw(parts.exit)
    string(options.words(result.message))
    if let advice = result.advice {
      raw(",\"remedy\":")
      string(options.words(advice))
    }
    if let links = parts.links { raw(links) } else { self.links(result.links, options) }
    if let waiver = result.waiver {
      raw(",\"waiver\":{\"reason\":")
      string(options.words(waiver.waiver.reason))
      raw(",\"until\":")
      string(waiver.waiver.until.description)
      raw(",\"standing\":")
      string(waiver.standing.rawValue)
      raw("}")
    }
    raw("}")
  }
}
