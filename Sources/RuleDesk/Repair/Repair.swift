import Preflight
import RuleFile

/// Searches for changes to single lines that would repair a file. A fault is then reported where a person would correct
/// it, with the edit, and the faults after it are found as well.
///
/// libyaml reports the effect of a slip, often lines after its cause. The search undoes likely slips one by one, reads
/// the file again, and keeps the change that leaves the fewest findings. Every proposed edit has been made in memory
/// first, so that what it uncovers is reported too.
struct Repair {
  /// The most repairs: a file with more slips is not a rule file.
  private static let repairLimit = 20
  /// The most work for all searching together, in the units of ``Attempt/work``.
  static let workLimit = 3 << 19
  /// The number of readings of the file that the search must be able to afford; otherwise it does not start.
  private static let fewestReadings = 5
  /// How often all edits are made at once, as each round may uncover others.
  private static let roundLimit = 8
  /// The most edits of one line to try at once.
  private static let editsPerLine = 100
  /// The most edits to try on their own as well, to see that none makes things worse.
  private static let trialLimit = 24

  private let reader: RuleFile.Rereading
  /// The files read so far, the named one first.
  private var files: [ReadFile]
  private var texts: [Int: [Substring]] = [:]
  /// The files whose lines have been changed.
  private var changed: Set<Int> = []
  private var findings: [Finding]
  private var rest: Int
  private var told: [Finding] = []
  private var shifts: [Int: [Int: [LineShift]]] = [:]
  /// The first finding that was not searched because of the limits.
  private var unsearched: Span?

  /// The findings of a rule file with what repairs them, and the files in which they are: an edit may bring in a file
  /// that was not read before.
  static func findings(of found: RuleFile.Attempt, reading reader: @escaping RuleFile.Rereading) -> (
    findings: [Finding], files: [ReadFile]
  ) {
    guard found.work < workLimit / fewestReadings else {
      var all = found.findings
      for index in all.indices where all[index].proposal?.edit != nil { all[index] = all[index].withoutEdit }
      if let first = all.first?.span { all.append(.searchEnded(at: first)) }
      return (all, found.files)
    }
    var repair = Repair(found.findings, files: found.files, reader, work: workLimit)
    repair.search()
    let original = Repair(found.findings, files: found.files, reader, work: workLimit / 2)
    let all = original.keepingWhatMends(repair.result, originalFiles: found.files.count)
    return (all + (repair.unsearched.map { [.searchEnded(at: $0)] } ?? []), repair.files)
  }

  private init(_ found: [Finding], files: [ReadFile], _ reader: @escaping RuleFile.Rereading, work: Int) {
    self.reader = reader
    self.files = files
    findings = Self.inOrder(found)
    rest = work
  }

  private mutating func search() {
    // They are needed all the time.
    texts[0] = lines
    undoControls()
    undoTabs()
    undoSlips()
    undoSwallowedKeys()
    undoStructuralSlips()
  }

  /// All findings, at their places in the actual files.
  private var result: [Finding] {
    // Only one of two edits of the same place can be made.
    var edits: [Int: [Span]] = [:]
    return (told + findings.map(inOriginal)).map { finding in
      guard let edit = finding.proposal?.edit else { return finding }
      let line = edit.span.start.line
      guard edits[line]?.contains(where: { $0.overlaps(edit.span) }) != true else {
        return finding.withoutEdit
      }
      edits[line, default: []].append(edit.span)
      return finding
    }
  }

  // MARK: - Reading

  private var lines: [Substring] { texts[0] ?? YAMLDocument.lines(of: files[0].bytes) }

  private mutating func lines(of file: Int) -> [Substring] {
    if let lines = texts[file] { return lines }
    let lines = YAMLDocument.lines(of: files[file].bytes)
    texts[file] = lines
    return lines
  }

  private mutating func read(_ lines: [Substring]) -> [Finding] { read([0: lines]) }

  private mutating func read(_ others: [Int: [Substring]]) -> [Finding] {
    var bytes: [String: [UInt8]] = [:]
    for file in changed.union(others.keys) {
      guard let lines = others[file] ?? texts[file] else { continue }
      bytes[files[file].name] = Array(lines.joined(separator: "\n").utf8)
    }
    let attempt = reader(bytes)
    rest -= attempt.work
    // With other includes, the files have other numbers.
    var numbers: [Int] = []
    for file in attempt.files {
      if let number = files.firstIndex(where: { $0.name == file.name }) {
        numbers.append(number)
      } else {
        numbers.append(files.count)
        files.append(file)
      }
    }
    let isSame = numbers == Array(numbers.indices)
    return Self.inOrder(isSame ? attempt.findings : attempt.findings.map { $0.counting(numbers) })
  }

  /// Sorts the findings, with a slip before its consequences.
  private static func inOrder(_ findings: [Finding]) -> [Finding] {
    findings.sorted { ($0.span.file, $0.span.start) < ($1.span.file, $1.span.start) }
  }

  /// Whether the budget is spent; remembers the first finding that stays unsearched.
  private mutating func isSpent(at finding: Finding) -> Bool {
    guard rest <= 0 else { return false }
    if unsearched == nil { unsearched = inOriginal(finding).span }
    return true
  }

  // MARK: - Control characters and tabs

  /// Removes all control characters of the file at once.
  private mutating func undoControls() {
    let controls = findings.filter(\.isControl)
    guard !controls.isEmpty else { return }
    let made = Edits(controls.compactMap(\.proposal?.edit), limit: .max)
    var others: [Int: [Substring]] = [:]
    for file in made.files { others[file] = made.applied(to: lines(of: file), of: file).lines }
    let found = read(others)
    for finding in controls { tell(finding) }
    for file in made.files { take(made, file) }
    findings = found
  }

  /// Replaces tabs: a file with one tab has them everywhere, so every width is tried for the whole file.
  private mutating func undoTabs() {
    let tabbed = Set(findings.filter { $0.id == .tab && $0.span.file == 0 }.map { $0.span.start.line - 1 })
    guard !tabbed.isEmpty else { return }
    var best: (count: Int, lines: [Substring], findings: [Finding])?
    for width in [2, 4, 8, 1, 3] where rest > 0 {
      var changed = lines
      for index in tabbed where changed.indices.contains(index) {
        let body = changed[index].drop { $0 == " " || $0 == "\t" }
        let indentation = changed[index].prefix { $0 == " " || $0 == "\t" }
          .map { $0 == "\t" ? String(repeating: " ", count: width) : " " }
        changed[index] = Substring(indentation.joined() + body)
      }
      let found = read(changed)
      if found.count < best?.count ?? .max { best = (found.count, changed, found) }
    }
    guard let best else { return }
    let (before, tabs) = (
      lines,
      Dictionary(findings.filter { $0.id == .tab }.map { ($0.span.start.line - 1, $0) }) { first, _ in first }
    )
    for index in tabbed.sorted() where before.indices.contains(index) {
      let candidate = RepairCandidate(kind: .tab, index: index, line: String(best.lines[index]))
      // If even that leaves a slip, the width was a guess.
      let edit = best.findings.isEmpty ? candidate.finding(in: before, id: .tab) : nil
      tell(edit ?? tabs[index] ?? candidate.finding(in: before, id: .tab))
    }
    take(best.lines, best.findings)
  }

  // MARK: - Slips that leave no YAML

  private mutating func undoSlips() {
    var repairs = 0
    while repairs < Self.repairLimit, let error = findings.first(where: \.isSyntax) {
      guard let best = bestCandidate(for: error) else { return }
      tell(best.candidate.finding(in: lines, id: .syntax))
      take(best.candidate.made(in: lines), best.findings, doubtful: best.candidate.doubtfulLine)
      repairs += 1
    }
    if let error = findings.first(where: \.isSyntax), unsearched == nil {
      unsearched = inOriginal(error).span
    }
  }

  private mutating func bestCandidate(
    for error: Finding
  ) -> (candidate: RepairCandidate, findings: [Finding])? {
    var best: (score: Score, candidate: RepairCandidate, findings: [Finding])?
    let lines = lines
    let source = RepairCandidates(lines: lines)
    for (distance, index) in Suspects(lines: lines).indices(of: error).enumerated() {
      if lines[index].utf8.count > RepairCandidates.lengthLimit, unsearched == nil {
        unsearched = inOriginal(error).span
      }
      for candidate in source.candidates(at: index) {
        guard !isSpent(at: error) else { break }
        let made = candidate.made(in: lines)
        let found = read(made)
        let next = found.first(where: \.isSyntax)
        let isPast = next.map { $0.span.start.line > max(error.span.start.line, index + 1) + 1 } ?? true
        guard isPast else { continue }
        let score = Score(
          remainder: next.map { lines.count - $0.span.start.line } ?? -1, found: found.count, candidate,
          in: made, distance: distance)
        if best.map({ score < $0.score }) ?? true { best = (score, candidate, found) }
      }
    }
    return best.map { ($0.candidate, $0.findings) }
  }

  // MARK: - Slips that leave other YAML than was meant

  /// Searches texts for a missing key that is indented too far.
  private mutating func undoSwallowedKeys() {
    guard !findings.isEmpty, !findings.contains(where: \.isSyntax) else { return }
    for swallowed in Layout(lines).swallowed {
      let finding = Finding.swallowedKey(swallowed, in: lines, file: 0, severity: .error)
      guard let edit = finding.proposal?.edit else { continue }
      guard !isSpent(at: finding) else { return }
      let changed = edit.applied(to: lines)
      let found = read(changed)
      guard found.count < findings.count else { continue }
      tell(finding)
      take(changed, found)
    }
  }

  private static let structural: Set<DiagnosticID> = [
    .badID, .badDate, .badVersion, .duplicateKey, .missingValue, .unknownCheck, .unknownKey,
    .unknownParameter,
    .unknownRule, .unknownSource, .unknownValue, .wrongType,
  ]

  private mutating func undoStructuralSlips() {
    var givenUp: Set<Span> = []
    makeEdits(&givenUp)
    while let finding = findings.first(where: {
      Self.structural.contains($0.id) && $0.proposal?.edit == nil && $0.span.file == 0
        && !givenUp.contains($0.span)
    }) {
      guard !isSpent(at: finding) else { break }
      guard told.count(where: { Self.structural.contains($0.id) }) < Self.repairLimit else {
        unsearched = unsearched ?? inOriginal(finding).span
        break
      }
      guard let best = structuralCandidate(for: finding) else {
        givenUp.insert(finding.span)
        continue
      }
      let lines = lines
      let isThere = best.candidate.index == finding.span.start.line - 1
      var mended = isThere ? best.candidate.finding(in: lines, id: finding.id) : finding
      mended.proposal = best.candidate.proposal(best.candidate.edit(of: lines[best.candidate.index]))
      tell(mended)
      take(best.candidate.made(in: lines), best.findings, doubtful: best.candidate.doubtfulLine)
      makeEdits(&givenUp)
    }
    // An edit that was not tried may do more harm than good.
    findings = findings.map { $0.proposal?.edit?.replacement.contains("\n") == true ? $0 : $0.withoutEdit }
  }

  /// Makes all proposed edits at once, as long as that uncovers others. Reading continues with the intended text, so
  /// that the consequences of a slip are not reported as well.
  private mutating func makeEdits(_ givenUp: inout Set<Span>) {
    for _ in 0..<Self.roundLimit {
      let open = findings.filter { finding in
        guard let edit = finding.proposal?.edit else { return false }
        return !finding.isControl && !edit.replacement.contains("\n") && !givenUp.contains(finding.span)
      }
      guard let first = open.first else { return }
      guard !isSpent(at: first) else { return }
      if make(open) { continue }
      // At least one of them repairs nothing; tried alone, each shows whether it does.
      for finding in open.prefix(Self.repairLimit) {
        guard !isSpent(at: finding) else { return }
        if let current = findings.first(where: { $0.span == finding.span && $0.id == finding.id }) {
          if !make([current]) { givenUp.insert(current.span) }
        }
      }
      if open.count > Self.repairLimit, unsearched == nil {
        unsearched = inOriginal(open[Self.repairLimit]).span
      }
    }
  }

  /// Makes these edits if all of them repair what they are for. Returns whether it did.
  private mutating func make(_ open: [Finding]) -> Bool {
    let edits = Edits(open.compactMap(\.proposal?.edit), limit: Self.editsPerLine)
    var others: [Int: [Substring]] = [:]
    var starts: [Int: Set<Place>] = [:]
    for file in edits.files {
      let applied = edits.applied(to: lines(of: file), of: file)
      (others[file], starts[file]) = (applied.lines, applied.starts)
    }
    let syntax = findings.first(where: \.isSyntax).map { inOriginal($0).span.start.line }
    let found = read(others)
    let after = found.first(where: \.isSyntax)
    guard after == nil || after?.span.start.line == syntax,
      !found.contains(where: { starts[$0.span.file]?.contains($0.span.start) == true })
    else { return false }
    for finding in open where finding.proposal?.edit.map(edits.contains) == true { tell(finding) }
    for file in edits.files { take(edits, file) }
    findings = found.filter { $0.id != .noBlockingRule }
    return true
  }

  private mutating func structuralCandidate(
    for finding: Finding
  ) -> (candidate: RepairCandidate, findings: [Finding])? {
    let lines = lines
    let source = RepairCandidates(lines: lines)
    let index = finding.span.start.line - 1
    var best: (score: Score, candidate: RepairCandidate, findings: [Finding])?
    for candidate in source.candidates(at: index)
      + (finding.id == .missingValue ? source.candidates(at: index + 1) : [])
    {
      guard !isSpent(at: finding) else { break }
      let made = candidate.made(in: lines)
      let found = read(made)
      // A finding that disappears elsewhere may just be hidden; the line itself must improve.
      guard found.count < findings.count, !found.contains(where: \.isSyntax),
        found.count(where: candidate.isAt) < findings.count(where: candidate.isAt)
      else { continue }
      let score = Score(remainder: 0, found: found.count, candidate, in: made, distance: 0)
      if best.map({ score < $0.score }) ?? true { best = (score, candidate, found) }
    }
    return best.map { ($0.candidate, $0.findings) }
  }

  /// Continues with changed lines.
  ///
  /// - Parameter doubtful: a line whose change leaves its meaning open, so that findings in it may result from the
  ///   change.
  private mutating func take(_ changed: [Substring], _ found: [Finding], doubtful: Int? = nil) {
    for shift in LineShift.shifts(from: lines, to: changed) {
      shifts[0, default: [:]][shift.line, default: []].append(shift)
    }
    texts[0] = changed
    self.changed.insert(0)
    findings = found.filter { finding in
      // Whether any rule blocks is for the person who corrects the file to see.
      (finding.isSyntax || finding.span.file != 0 || finding.span.start.line != doubtful)
        && finding.id != .noBlockingRule
    }
  }

  /// Continues with the edits made in that file.
  private mutating func take(_ edits: Edits, _ file: Int) {
    for shift in edits.shifts(of: file) {
      shifts[file, default: [:]][shift.line, default: []].append(shift)
    }
    texts[file] = edits.applied(to: lines(of: file), of: file).lines
    changed.insert(file)
  }

  private mutating func tell(_ finding: Finding) { told.append(inOriginal(finding)) }

  /// Returns the finding with its place in the actual file.
  private func inOriginal(_ finding: Finding) -> Finding {
    guard let shifts = shifts[finding.span.file] else { return finding }
    let own = shifts[finding.span.start.line] ?? []
    let edited = finding.proposal?.edit.map { $0.span.start.line } ?? finding.span.start.line
    let others = edited == finding.span.start.line ? [] : shifts[edited] ?? []
    return (own + others).reversed().reduce(finding) { $1.before($0) }
  }

  // MARK: - Proof

  /// Returns the findings without the edits that would make things worse if made alone.
  private func keepingWhatMends(_ all: [Finding], originalFiles: Int) -> [Finding] {
    var original = self
    var trials = 0
    return all.map { finding in
      guard let edit = finding.proposal?.edit, edit.span.file < originalFiles, trials < Self.trialLimit,
        original.rest > 0
      else { return finding }
      trials += 1
      let file = edit.span.file
      var changed = original
      changed.texts[file] = YAMLDocument.lines(
        of: Array(edit.applied(to: original.lines(of: file)).joined(separator: "\n").utf8))
      changed.changed = [file]
      changed.findings = changed.read([:])
      changed.search()
      original.rest = changed.rest
      return changed.result.count <= all.count ? finding : finding.withoutEdit
    }
  }

  /// How good a repair is: by what is left unread, then by the findings, then by how likely the slip is.
  private struct Score: Comparable {
    private let parts: [Int]

    /// - Parameter lines: the lines with the change made.
    init(remainder: Int, found: Int, _ candidate: RepairCandidate, in lines: [Substring], distance: Int) {
      let layout = Layout(lines)
      // A change that lets the text above swallow a key is not a repair.
      parts = [
        remainder, found + layout.swallowed.count, layout.irregularity, distance, candidate.kind.rawValue,
      ]
    }

    static func < (left: Score, right: Score) -> Bool { left.parts.lexicographicallyPrecedes(right.parts) }
  }
}

extension Finding {
  /// Whether reading stopped there, so that nothing after it was examined.
  fileprivate var isSyntax: Bool { id == .syntax && span.file == 0 && !isControl }

  /// Whether it is a control character, which was left out so that the rest could be read.
  fileprivate var isControl: Bool {
    id == .syntax && proposal?.edit?.replacement.isEmpty == true && began == nil
  }

  fileprivate var withoutEdit: Finding {
    guard proposal?.edit != nil else { return self }
    var finding = self
    finding.proposal = proposal.map { $0.moving(nil) }
    return finding
  }

  /// Returns the same finding with other file numbers.
  fileprivate func counting(_ numbers: [Int]) -> Finding {
    func counted(_ span: Span) -> Span { Span(start: span.start, end: span.end, file: numbers[span.file]) }
    return Finding(
      id: id, severity: severity, span: counted(span), message: message,
      proposal: proposal.map { proposal in
        proposal.moving(
          proposal.edit.map { TextEdit(counted($0.span), replacement: $0.replacement) })
      }, began: began)
  }
}

extension Span {
  fileprivate func overlaps(_ other: Span) -> Bool {
    guard file == other.file else { return false }
    return start < other.end && other.start < end || start == other.start && end == other.end
      || (start == end && other.start < start && start < other.end)
      || (other.start == other.end && start < other.start && other.start < end)
  }
}
