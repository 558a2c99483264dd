import Preflight

/// Looks for the changes to single lines that would repair a file, so that what is wrong is told where a person
/// would mend it, with the very edit, and what comes after it is found as well.
///
/// libyaml stumbles over the effect of a slip, often lines after its cause. Here likely slips are undone one by
/// one, the file is read again, and the change is kept that leaves the fewest findings.
struct Repair {
  /// Files with more slips than this are not rule files.
  private static let repairLimit = 20
  /// How many bytes may be read again in all, so that a large file takes no longer than a small one.
  private static let byteLimit = 8 << 20

  private let read: ([Substring]) -> [Finding]
  private var lines: [Substring]
  private var findings: [Finding]
  private var budget: Int
  private var told: [Finding] = []
  private var shifts: [LineShift] = []

  /// The findings of a file, with what repairs them where that is one edit.
  ///
  /// - Parameter read: what is found in such lines.
  static func findings(
    of lines: [Substring], found: [Finding], reading read: @escaping ([Substring]) -> [Finding]
  ) -> [Finding] {
    var repair = Repair(lines, found, read)
    repair.undoTabs()
    repair.undoSlips()
    repair.undoSwallowedKeys()
    repair.undoStructuralSlips()
    return repair.told + repair.findings.map(repair.inOriginal)
  }

  private init(_ lines: [Substring], _ found: [Finding], _ read: @escaping ([Substring]) -> [Finding]) {
    self.read = read
    self.lines = lines
    findings = Self.inOrder(found)
    let size = lines.reduce(0) { $0 + $1.utf8.count + 1 }
    budget = min(600, Self.byteLimit / max(size, 1))
  }

  private mutating func read(_ lines: [Substring]) -> [Finding] {
    budget -= 1
    return Self.inOrder(read(lines))
  }

  /// A slip comes before what comes of it.
  private static func inOrder(_ findings: [Finding]) -> [Finding] {
    findings.sorted { ($0.span.file, $0.span.start) < ($1.span.file, $1.span.start) }
  }

  // MARK: - Tabs

  /// Whoever indents one line with a tab does so in all: every width is tried for the whole file.
  private mutating func undoTabs() {
    let tabbed = Set(findings.filter { $0.id == .tab }.map { $0.span.start.line - 1 })
    guard !tabbed.isEmpty else { return }
    var best: (count: Int, lines: [Substring], findings: [Finding])?
    for width in [2, 4, 8, 1, 3] {
      var changed = lines
      for index in tabbed where lines.indices.contains(index) {
        let body = lines[index].drop { $0 == " " || $0 == "\t" }
        let indentation = lines[index].prefix { $0 == " " || $0 == "\t" }
          .map { $0 == "\t" ? String(repeating: " ", count: width) : " " }
        changed[index] = Substring(indentation.joined() + body)
      }
      let found = read(changed)
      if found.count < best?.count ?? .max { best = (found.count, changed, found) }
    }
    guard let best else { return }
    for index in tabbed.sorted() {
      let candidate = RepairCandidate(kind: .tab, index: index, line: String(best.lines[index]))
      // Where even that leaves a slip, the width was a guess.
      let edit = best.findings.isEmpty ? candidate.finding(in: lines, id: .tab) : nil
      tell(
        edit ?? findings.first { $0.id == .tab && $0.span.start.line == index + 1 }
          ?? candidate.finding(in: lines, id: .tab))
    }
    take(best.lines, best.findings)
  }

  // MARK: - Slips that leave no YAML

  private mutating func undoSlips() {
    while told.count < Self.repairLimit, let error = findings.first(where: \.isSyntax) {
      guard let best = bestCandidate(for: error) else { return }
      tell(best.candidate.finding(in: lines, id: .syntax))
      take(best.candidate.made(in: lines), best.findings, doubtful: best.candidate.doubtfulLine)
    }
  }

  private mutating func bestCandidate(
    for error: Finding
  ) -> (candidate: RepairCandidate, findings: [Finding])? {
    var best: (score: Score, candidate: RepairCandidate, findings: [Finding])?
    let source = RepairCandidates(lines: lines)
    for (distance, index) in Suspects(lines: lines).indices(of: error).enumerated() {
      for candidate in source.candidates(at: index) {
        guard budget > 0 else { break }
        let found = read(candidate.made(in: lines))
        let next = found.first(where: \.isSyntax)
        let isPast = next.map { $0.span.start.line > max(error.span.start.line, index + 1) + 1 } ?? true
        guard isPast else { continue }
        let score = Score(
          remainder: next.map { lines.count - $0.span.start.line } ?? -1, found: found.count, candidate,
          in: lines, distance: distance)
        if best.map({ score < $0.score }) ?? true { best = (score, candidate, found) }
      }
    }
    return best.map { ($0.candidate, $0.findings) }
  }

  // MARK: - Slips that leave other YAML than was meant

  /// What is missing may stand in a text, indented too far.
  private mutating func undoSwallowedKeys() {
    guard !findings.contains(where: \.isSyntax) else { return }
    for swallowed in Layout(lines).swallowed {
      let finding = Finding.swallowedKey(swallowed, in: lines, file: 0, severity: .error)
      guard let edit = finding.proposal?.edit else { continue }
      let changed = edit.applied(to: lines)
      let found = read(changed)
      guard found.count < findings.count else { continue }
      tell(finding)
      take(changed, found)
    }
  }

  private mutating func undoStructuralSlips() {
    let kinds: Set<DiagnosticID> = [
      .badID, .badDate, .badVersion, .duplicateKey, .missingValue, .unknownCheck, .unknownKey,
      .unknownParameter,
      .unknownRule, .unknownSource, .unknownValue, .wrongType,
    ]
    var givenUp: Set<Span> = []
    while told.count < Self.repairLimit,
      let finding = findings.first(where: {
        (kinds.contains($0.id) || $0.proposal?.edit != nil) && $0.span.file == 0 && !givenUp.contains($0.span)
      })
    {
      if let edit = finding.proposal?.edit, !edit.replacement.contains("\n") {
        // What was meant is read on, so that nobody is told twice of what only comes of the slip.
        let changed = edit.applied(to: lines)
        let found = read(changed)
        if !found.contains(where: \.isSyntax), !found.contains(where: { $0.span.start == finding.span.start })
        {
          tell(finding)
          take(changed, found)
          continue
        }
      } else if let best = structuralCandidate(for: finding) {
        let isThere = best.candidate.index == finding.span.start.line - 1
        var mended = isThere ? best.candidate.finding(in: lines, id: finding.id) : finding
        mended.proposal = best.candidate.proposal(best.candidate.edit(of: lines[best.candidate.index]))
        tell(mended)
        take(best.candidate.made(in: lines), best.findings, doubtful: best.candidate.doubtfulLine)
        continue
      }
      givenUp.insert(finding.span)
    }
  }

  private mutating func structuralCandidate(
    for finding: Finding
  ) -> (candidate: RepairCandidate, findings: [Finding])? {
    let source = RepairCandidates(lines: lines)
    let index = finding.span.start.line - 1
    var best: (score: Score, candidate: RepairCandidate, findings: [Finding])?
    for candidate in source.candidates(at: index)
      + (finding.id == .missingValue ? source.candidates(at: index + 1) : [])
    {
      guard budget > 0 else { break }
      let found = read(candidate.made(in: lines))
      // What goes elsewhere may be hidden only; in the line itself something has to be better.
      guard found.count < findings.count, !found.contains(where: \.isSyntax),
        found.count(where: candidate.isAt) < findings.count(where: candidate.isAt)
      else { continue }
      let score = Score(remainder: 0, found: found.count, candidate, in: lines, distance: 0)
      if best.map({ score < $0.score }) ?? true { best = (score, candidate, found) }
    }
    return best.map { ($0.candidate, $0.findings) }
  }

  /// Goes on with changed lines.
  ///
  /// - Parameter doubtful: a line whose change leaves open what was meant: what is found in it may come of that.
  private mutating func take(_ changed: [Substring], _ found: [Finding], doubtful: Int? = nil) {
    shifts += LineShift.shifts(from: lines, to: changed)
    lines = changed
    findings = found.filter { finding in
      // Whether a rule would block is for whoever mends the file to see.
      (finding.isSyntax || finding.span.file != 0 || finding.span.start.line != doubtful)
        && finding.id != .noBlockingRule
    }
  }

  private mutating func tell(_ finding: Finding) { told.append(inOriginal(finding)) }

  /// The finding at its place in the file as it is.
  private func inOriginal(_ finding: Finding) -> Finding {
    shifts.reversed().reduce(finding) { $1.before($0) }
  }

  /// How well a change repairs: what is left unread, then what is found, then how likely the slip is.
  private struct Score: Comparable {
    private let parts: [Int]

    init(remainder: Int, found: Int, _ candidate: RepairCandidate, in lines: [Substring], distance: Int) {
      let layout = Layout(candidate.made(in: lines))
      // A key that goes under in the text above it is no repair.
      parts = [
        remainder, found + layout.swallowed.count, layout.irregularity, distance, candidate.kind.rawValue,
      ]
    }

    static func < (left: Score, right: Score) -> Bool { left.parts.lexicographicallyPrecedes(right.parts) }
  }
}

extension Finding {
  /// Whether the file could not be read any further, so that nothing after it was looked at.
  fileprivate var isSyntax: Bool { id == .syntax && span.file == 0 }
}
