package import Preflight

/// Counts the verdicts on many lines of facts: by decision, by exit code and by rule.
package struct EvaluationTally: Sendable {
  /// The counts of one rule.
  struct RuleTally: Sendable {
    let id: String
    let title: LocalizedText
    var failed = 0
    var unknown = 0
    var waived = 0
  }

  private(set) var ready = 0
  private(set) var blocked = 0
  private(set) var undecided = 0
  /// The number of lines that could not be judged.
  package private(set) var malformed = 0
  /// The counts, indexed by exit code.
  private var codes = [Int](repeating: 0, count: 256)
  /// The counts of each rule, in declared order.
  private(set) var rules: [RuleTally]

  /// Creates empty counts for the rules of the plan.
  package init(_ plan: Plan) {
    rules = plan.stages.flatMap(\.rules).map { RuleTally(id: $0.id, title: $0.title) }
  }

  /// The number of lines. Lines that are empty or contain only spaces do not count.
  package var lines: Int { ready + blocked + undecided + malformed }

  /// The number of lines that were judged and do not pass.
  package var notReady: Int { blocked + undecided }

  /// Counts a verdict.
  package mutating func add(_ verdict: Verdict) {
    switch verdict.decision {
    case .ready: ready += 1
    case .blocked: blocked += 1
    case .undecided: undecided += 1
    }
    count(verdict.exitCode)
    // Most verdicts have nothing more to count.
    guard !verdict.isUneventful else { return }
    for index in verdict.results.indices {
      switch verdict.results[index].outcome {
      case .fail: rules[index].failed += 1
      case .unknown: rules[index].unknown += 1
      case .waived: rules[index].waived += 1
      case .pass, .skipped: break
      }
    }
  }

  /// Counts a line that could not be judged.
  package mutating func addMalformed() {
    malformed += 1
    count(.malformedInput)
  }

  /// Adds the counts of another tally of the same rules.
  package mutating func add(_ other: EvaluationTally) {
    ready += other.ready
    blocked += other.blocked
    undecided += other.undecided
    malformed += other.malformed
    for index in codes.indices { codes[index] += other.codes[index] }
    for index in rules.indices {
      rules[index].failed += other.rules[index].failed
      rules[index].unknown += other.rules[index].unknown
      rules[index].waived += other.rules[index].waived
    }
  }

  /// The exit codes that occurred, with their counts.
  var byCode: [(code: ExitCode, count: Int)] {
    codes.indices.filter { codes[$0] > 0 }.map { (ExitCode(Int32($0)), codes[$0]) }
  }

  private mutating func count(_ code: ExitCode) { codes[Int(UInt8(truncatingIfNeeded: code.rawValue))] += 1 }

  /// The exit code of the evaluation: 0 if all lines passed, 1 if one did not, and 65 if one could not be judged.
  ///
  /// An empty input does not pass either, because the program that should have written it did not.
  package var exitCode: ExitCode {
    if malformed > 0 || lines == 0 { return .malformedInput }
    return notReady > 0 ? .blocked : .ready
  }
}
