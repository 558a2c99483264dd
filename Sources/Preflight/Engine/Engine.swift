/// Judges the caller's own rules from the caller's own facts, as `cps-preflight` judges a card.
///
/// This is what the library `Preflight` offers to other programs: a small part that only ever grows. The
/// program itself uses what lies beneath it. Nothing undecided passes, whatever a source or a check does.
public struct Engine: Sendable {
  /// What one line of the verdict judges.
  public struct Rule: Sendable {
    /// The name of the rule, unique in an engine.
    public let id: String
    /// The words that people are shown.
    public let title: String
    /// What it judges with.
    public let check: any EngineCheck
    /// Whether everything stops unless it passes; a rule that does not block is a warning.
    public let blocks: Bool
    /// The code of the verdict if this rule decides it by failing: 10 to 59, or nil for 1.
    public let exitCode: Int32?
    /// What to do if it fails.
    public let remedy: String?

    /// Creates a rule.
    public init(
      id: String, title: String, check: any EngineCheck, blocks: Bool = true, exitCode: Int32? = nil,
      remedy: String? = nil
    ) {
      self.id = id
      self.title = title
      self.check = check
      self.blocks = blocks
      self.exitCode = exitCode
      self.remedy = remedy
    }
  }

  /// Rules that are judged together. If a blocking one does not pass, the stages after it are skipped.
  public struct Stage: Sendable {
    /// The name of the stage.
    public let title: String
    /// The rules, in the order of the verdict.
    public let rules: [Rule]

    /// Creates a stage.
    public init(title: String, rules: [Rule]) {
      self.title = title
      self.rules = rules
    }
  }

  /// Why no engine can be made from the rules.
  public enum Fault: Error, Sendable, Hashable {
    /// Two rules have that id.
    case sameID(String)
    /// Two rules have that code, or it is not 10 to 59.
    case badExitCode(Int32)
    /// No rule blocks, so that nothing would be judged.
    case nothingBlocks
  }

  private let plan: Plan
  private let remedies: [String: String]
  private let sources: [any EngineSource]
  private let deadline: Duration

  /// Creates an engine.
  ///
  /// - Parameters:
  ///   - stages: the rules, in the order in which they are judged.
  ///   - sources: what is asked for facts, all at the same time.
  ///   - deadline: how long a source may take; what it says later does not count.
  /// - Throws: ``Fault`` if the rules could let something pass unjudged.
  public init(stages: [Stage], sources: [any EngineSource], deadline: Duration = .seconds(10)) throws(Fault) {
    let rules = stages.flatMap(\.rules)
    var ids: Set<String> = []
    var codes: Set<Int32> = []
    for rule in rules {
      guard ids.insert(rule.id).inserted else { throw .sameID(rule.id) }
      guard let code = rule.exitCode else { continue }
      guard ExitCode.ofRules.contains(Int(code)), codes.insert(code).inserted else {
        throw .badExitCode(code)
      }
    }
    guard rules.contains(where: \.blocks) else { throw .nothingBlocks }
    let judged = stages.enumerated().map { index, stage in
      Preflight.Stage(
        id: "\(index + 1)", title: LocalizedText(everywhere: Text(stage.title)),
        rules: stage.rules.map { rule in
          Preflight.Rule(
            id: rule.id, title: LocalizedText(everywhere: Text(rule.title)), checkID: rule.id,
            check: FactJudge(rule.check), severity: rule.blocks ? .blocking : .warning,
            exit: rule.exitCode.map { ExitCode($0) })
        })
    }
    plan = Plan(RuleSet(sources: [], stages: judged), for: nil)
    remedies = Dictionary(rules.compactMap { rule in rule.remedy.map { (rule.id, $0) } }) { first, _ in first
    }
    self.sources = sources
    self.deadline = deadline
  }

  /// Asks the sources, and judges what they say.
  public func judge() async -> Verdict {
    let inquiries = sources.map { Inquiry(AskedSource($0), deadline: deadline) }
    let gathered = await Gathered.gather(
      plan.facts, by: inquiries, known: Facts(), from: NoWorkstation(), clock: ContinuousClock())
    return Verdict(plan.judge(gathered), remedies: remedies)
  }
}
