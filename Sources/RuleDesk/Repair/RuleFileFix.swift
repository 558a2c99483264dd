package import Preflight
package import RuleFile

/// A rule file with the proposals of its diagnostics made in memory, as far as they may be made without asking.
///
/// An edit is made if it is the only proposal, is in the named file, lowers no rule and leaves fewer errors. Warnings
/// are left to a person, except for the name of a variable in a text. The work is bounded.
package struct RuleFileFix {
  /// Why a proposed edit was not made.
  package enum Obstacle: Sendable, Hashable {
    /// The edit is in a file that the named file builds on.
    case otherFile
    /// Several repairs are possible.
    case severalWouldDo
    /// The rules are already valid, and would decide differently with the edit.
    case changesValidRules
    /// The edit is under `severity`, `disable` or `waivers`, or would let more lots through.
    case lowersRules
    /// The edit would not reduce the number of errors.
    case mendsNothing
    /// The work limit was reached.
    case workLimit
  }

  /// An edit that was made.
  package struct Change: Sendable {
    /// The diagnostic whose proposed edit was made.
    package let diagnostic: Diagnostic
    /// The place of the edit in the file with all edits made.
    package let place: Place
  }

  /// A diagnostic whose proposal was not carried out.
  package struct Withheld: Sendable {
    /// The diagnostic of the file with all edits made.
    package let diagnostic: Diagnostic
    /// The place of the diagnostic in the original file.
    package let originalPlace: Place
    /// Why the proposal was not carried out.
    package let obstacle: Obstacle
  }

  /// The original file.
  package let original: RuleFile
  /// The file with the edits made.
  package let result: RuleFile
  /// The composition of ``result``, before decoding.
  package let composition: RuleComposition
  /// The edits that were made, in the order of the file.
  package let changes: [Change]
  /// The edits proposed for the result that were not made, in the order of the diagnostics.
  package let withheld: [Withheld]
  private let text: EditedText

  /// The bytes of the file with the edits made.
  package var bytes: [UInt8] { text.bytes }

  /// Makes the proposed edits of a rule file.
  package init(of composition: RuleComposition, registry: Registry) {
    self.init(of: composition, registry: registry, countingReadings: { _ in })
  }

  /// - Parameter count: called with the size of the files, in bytes, each time they are read.
  init(of composition: RuleComposition, registry: Registry, countingReadings count: @escaping (Int) -> Void) {
    let text = EditedText(composition.bytes)
    let fixing = Fixing(composition, text: text, registry: registry, countingReadings: count)
    self.init(fixing, original: fixing.file)
  }

  private init(_ start: Fixing, original: RuleFile) {
    var fixing = start
    fixing.run()
    self.original = original
    text = fixing.text
    result = fixing.file
    composition = fixing.composition
    let (text, lines) = (fixing.text, fixing.text.lines)
    changes = text.changes.map {
      Change(diagnostic: $0.diagnostic, place: text.span(of: $0, in: lines).start)
    }
    .sorted { $0.place < $1.place }
    let ordered = fixing.withheld.sorted {
      ($0.diagnostic.span.file, $0.diagnostic.span.start) < (
        $1.diagnostic.span.file, $1.diagnostic.span.start
      )
    }
    withheld = ordered.map {
      let isHere = $0.diagnostic.span.file == 0
      let place = $0.diagnostic.span.start
      return Withheld(
        diagnostic: $0.diagnostic, originalPlace: isHere ? text.originalPlace(of: place) : place,
        obstacle: $0.obstacle)
    }
  }

  /// Continues with a new registry: the edits may have brought in plugins that were not asked before.
  package func continued(with registry: Registry) -> RuleFileFix {
    RuleFileFix(
      Fixing(composition, text: text, registry: registry, countingReadings: { _ in }), original: original)
  }
}

/// A rule file while its proposals are being made.
private struct Fixing {
  /// The most rounds of edits, as each round may uncover more.
  static let roundLimit = 8
  /// The most edits in one round.
  static let editLimit = 100
  /// The number of useless edits after which a round stops.
  static let failureLimit = 24
  /// The most bytes to read in all; a reading in progress may exceed it.
  static let readLimit = 1 << 24
  /// The fixed cost of a reading, in bytes.
  static let readingCost = 1000

  private(set) var composition: RuleComposition
  private(set) var text: EditedText
  private(set) var file: RuleFile
  private(set) var withheld: [(diagnostic: Diagnostic, obstacle: RuleFileFix.Obstacle)] = []
  private let registry: Registry
  private let reads: Reads

  /// Counts the bytes read, for the limit and for the tests.
  private final class Reads {
    private(set) var count = 0
    private let tell: (Int) -> Void

    init(_ tell: @escaping (Int) -> Void) { self.tell = tell }

    func add(_ size: Int) {
      count += size + readingCost
      tell(size)
    }
  }

  init(
    _ composition: RuleComposition, text: EditedText, registry: Registry,
    countingReadings count: @escaping (Int) -> Void
  ) {
    self.composition = composition
    self.text = text
    self.registry = registry
    reads = Reads(count)
    file = Self.searched(composition, registry, reads)
  }

  private var isSpent: Bool { reads.count >= Self.readLimit }

  /// Decodes the file and searches for repairs.
  private static func searched(_ composition: RuleComposition, _ registry: Registry, _ reads: Reads)
    -> RuleFile
  {
    let size = composition.composer.files.reduce(0) { $0 + $1.bytes.count }
    reads.add(size)
    return RuleFile(composition, registry: registry, searchesRepairs: true) { _ in reads.add(size) }
  }

  mutating func run() {
    for _ in 0..<Self.roundLimit where !isSpent {
      withheld = []
      // Warnings are handled only after no more errors can be repaired.
      guard make(.error) || make(.warning) else { return }
    }
    withheld = []
    for severity in [Diagnostic.Severity.error, .warning] {
      for diagnostic in open(severity) { withheld.append((diagnostic, .workLimit)) }
    }
  }

  /// Makes the proposed edits, and returns whether there were any.
  private mutating func make(_ severity: Diagnostic.Severity) -> Bool {
    var open = open(severity)
    for diagnostic in open.dropFirst(Self.editLimit) { withheld.append((diagnostic, .workLimit)) }
    open = withoutOverlaps(Array(open.prefix(Self.editLimit)))
    open = withoutLowering(open)
    guard !open.isEmpty else { return false }
    return makeAll(open, severity) || makeEach(open, severity)
  }

  /// The diagnostics whose edit may be made.
  private mutating func open(_ severity: Diagnostic.Severity) -> [Diagnostic] {
    let all = severity == .error ? file.diagnostics : file.warnings(on: nil)
    return all.filter { diagnostic in
      guard diagnostic.severity == severity, let proposal = diagnostic.proposal, let edit = proposal.edit
      else {
        return false
      }
      let obstacle: RuleFileFix.Obstacle? =
        if edit.span.file != 0 {
          .otherFile
        } else if !proposal.isOnly {
          .severalWouldDo
        } else if severity == .warning, diagnostic.id != .unknownVariable {
          .changesValidRules
        } else {
          nil
        }
      if let obstacle { withheld.append((diagnostic, obstacle)) }
      return obstacle == nil
    }
  }

  /// Keeps one of several edits of the same place; the others may be proposed again afterwards.
  private mutating func withoutOverlaps(_ open: [Diagnostic]) -> [Diagnostic] {
    var kept: [Diagnostic] = []
    let ordered = open.sorted { left, right in
      guard let left = left.proposal?.edit?.span, let right = right.proposal?.edit?.span else { return false }
      return (left.start, left.end) < (right.start, right.end)
    }
    for diagnostic in ordered {
      guard let span = diagnostic.proposal?.edit?.span else { continue }
      if let last = kept.last?.proposal?.edit?.span, span.start < last.end || span == last {
        withheld.append((diagnostic, .mendsNothing))
      } else {
        kept.append(diagnostic)
      }
    }
    return kept
  }

  /// Keeps the edits that lower no rule, neither in the current file nor with all of them made.
  private mutating func withoutLowering(_ open: [Diagnostic]) -> [Diagnostic] {
    guard !open.isEmpty else { return [] }
    let made = text.making(open)
    let lines = made.lines
    let (before, after) = (LoweringPlaces(text.bytes), LoweringPlaces(made.bytes))
    let changes = made.changes.suffix(open.count)
    return open.filter { diagnostic in
      guard let edit = diagnostic.proposal?.edit,
        let change = changes.first(where: { $0.diagnostic.proposal?.edit == edit })
      else { return false }
      let span = made.span(of: change, in: lines)
      let answers = [before.contains(edit.span), after.contains(span)]
      let isLowering =
        answers.contains(true)
        || answers.allSatisfy { $0 == nil }
          && (before.isNamed(onLine: edit.span.start.line) || after.isNamed(onLine: span.start.line))
      if isLowering { withheld.append((diagnostic, .lowersRules)) }
      return !isLowering
    }
  }

  // MARK: - Making

  /// Makes all edits if each of them removes an error. Returns whether it did.
  private mutating func makeAll(_ open: [Diagnostic], _ severity: Diagnostic.Severity) -> Bool {
    let made = text.making(open)
    let next = composition.with([composition.name: made.bytes])
    guard !Strictness(composition).isLowered(in: Strictness(next)) else { return false }
    let found = Self.searched(next, registry, reads)
    let count = open.count
    let isBetter =
      switch severity {
      case .error: errors(of: found) <= errors(of: file) - count
      case .warning:
        errors(of: found) <= errors(of: file)
          && found.warnings(on: nil).count <= file.warnings(on: nil).count - count
      }
    guard isBetter else { return false }
    (text, composition, file) = (made, next, found)
    return true
  }

  /// Makes the edits one after the other, each only if it improves the file. Returns whether any was made.
  private mutating func makeEach(_ open: [Diagnostic], _ severity: Diagnostic.Severity) -> Bool {
    let strictness = Strictness(composition)
    var kept: [Diagnostic] = []
    var best = (composition: composition, text: text, state: state(of: composition))
    var failures = 0
    for diagnostic in open {
      guard !isSpent, failures < Self.failureLimit else {
        withheld.append((diagnostic, .workLimit))
        continue
      }
      let made = text.making(kept + [diagnostic])
      let next = composition.with([composition.name: made.bytes])
      failures += 1
      guard !strictness.isLowered(in: Strictness(next)) else {
        withheld.append((diagnostic, .lowersRules))
        continue
      }
      let state = state(of: next)
      guard state.isBetter(than: best.state, severity) else {
        withheld.append((diagnostic, .mendsNothing))
        continue
      }
      kept.append(diagnostic)
      failures -= 1
      best = (next, made, state)
    }
    guard !kept.isEmpty else { return false }
    let found = Self.searched(best.composition, registry, reads)
    let isBetter =
      severity == .error ? errors(of: found) < errors(of: file) : errors(of: found) <= errors(of: file)
    guard isBetter else {
      withheld += kept.map { ($0, .mendsNothing) }
      return false
    }
    (text, composition, file) = (best.text, best.composition, found)
    return true
  }

  private func errors(of file: RuleFile) -> Int {
    // That nothing would be judged is reported only once nothing else is wrong.
    file.diagnostics.count { $0.severity == .error && $0.id != .noBlockingRule }
  }

  /// How faulty a file is, without any search.
  private struct State {
    /// The number of lines that were not read because of a fault.
    let unread: Int
    let errors: Int
    let warnings: Int

    func isBetter(than other: State, _ severity: Diagnostic.Severity) -> Bool {
      switch severity {
      case .error: (unread, errors) < (other.unread, other.errors)
      case .warning: unread <= other.unread && errors <= other.errors && warnings < other.warnings
      }
    }
  }

  private func state(of composition: RuleComposition) -> State {
    reads.add(composition.composer.files.reduce(0) { $0 + $1.bytes.count })
    let file = RuleFile(composition, registry: registry)
    let stop = composition.composer.documents.first?.stop?.line
    return State(
      unread: stop.map { max(1, YAMLDocument.lines(of: composition.bytes).count - $0 + 1) } ?? 0,
      errors: errors(of: file), warnings: file.warnings(on: nil).count)
  }
}

extension RuleFileFix.Obstacle {
  /// Why the edit was not made, phrased as part of a sentence.
  package var words: LocalizedText {
    switch self {
    case .otherFile:
      LocalizedText(fr: "seul le fichier nommé est modifié", en: "only the named file is changed")
    case .severalWouldDo:
      LocalizedText(
        fr: "une autre valeur peut être la bonne : à choisir soi-même",
        en: "another value may be the right one: choose it yourself")
    case .changesValidRules:
      LocalizedText(
        fr: "les règles sont valides sans cela et décideraient autrement",
        en: "the rules are valid without it and would decide otherwise")
    case .lowersRules:
      LocalizedText(
        fr: "cela touche à ce qui affaiblit une règle (severity, disable, waivers) : à décider soi-même",
        en: "it concerns what lowers a rule (severity, disable, waivers): decide it yourself")
    case .mendsNothing:
      LocalizedText(
        fr: "il ne resterait pas moins d'erreurs ainsi", en: "it would not reduce the number of errors")
    case .workLimit:
      LocalizedText(
        fr: "trop de corrections pour une fois : relancer la commande",
        en: "too many corrections for one run: run the command again")
    }
  }
}
