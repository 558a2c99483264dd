import Preflight

/// A rule and what became of it, as a verdict file says.
struct RecordedRule {
  let stage: String
  let id: String
  let check: String
  let severity: Severity
  let outcome: Outcome
  let exit: Int?
  /// What the waiver's standing was; nil where there is no waiver.
  let standing: String?

  /// All rules of the document. Throws where they are malformed, or one stands twice.
  static func all(in document: VerdictFile.Members) throws(VerdictFile.Fault) -> [RecordedRule] {
    var rules: [RecordedRule] = []
    var ids: Set<String> = []
    for stage in try document.list("stages") {
      let stageID = try stage.text("id")
      for members in try stage.list("rules") {
        let rule = try RecordedRule(members, stage: stageID)
        guard ids.insert(rule.id).inserted else {
          throw members.fault(
            fr: "la règle « \(rule.id) » y est deux fois", en: "the rule “\(rule.id)” stands there twice")
        }
        rules.append(rule)
      }
    }
    return rules
  }

  private init(_ members: VerdictFile.Members, stage: String) throws(VerdictFile.Fault) {
    self.stage = stage
    id = try members.text("id")
    check = try members.text("check")
    guard let severity = Severity(rawValue: try members.text("severity")) else {
      throw members.fault(
        fr: "« severity » doit valoir blocking ou warning", en: "“severity” must be blocking or warning")
    }
    guard let outcome = Outcome(rawValue: try members.text("outcome")) else {
      let all = Outcome.allCases.map(\.rawValue).joined(separator: ", ")
      throw members.fault(
        fr: "« outcome » doit être l'un de : \(all)", en: "“outcome” must be one of: \(all)")
    }
    (self.severity, self.outcome) = (severity, outcome)
    exit = try members.optional("exit", VerdictFile.Members.integer)
    standing = try members.optional("waiver", VerdictFile.Members.object).map {
      waiver throws(VerdictFile.Fault) in try waiver.text("standing")
    }
  }

  /// Whether it holds nothing back; a waiver accepts a failing only while it counts.
  var isCleared: Bool {
    outcome == .pass || (outcome == .waived && standing == Waiver.Standing.counts.rawValue)
  }
}

extension VerdictFile {
  /// How much did not pass and holds nothing back, as the document counts it.
  struct Reserves: Equatable {
    let failed: Int
    let undecided: Int
    let waived: Int

    init(_ members: Members) throws(Fault) {
      failed = try members.integer("fail")
      undecided = try members.integer("unknown")
      waived = try members.integer("waived")
    }

    fileprivate init(counting rules: [RecordedRule]) {
      let warnings = rules.filter { $0.severity == .warning }
      failed = warnings.count { $0.outcome == .fail }
      undecided = warnings.count { $0.outcome == .unknown }
      waived = rules.count { $0.outcome == .waived }
    }
  }

  /// Where it says of a lot that it may be sent what its own rules do not bear out; nothing where all of it agrees.
  ///
  /// - Parameter ruleSet: the rules that it has the digest of; nil where it is of others.
  func contradictions(_ ruleSet: RuleSet?) -> [LocalizedText] {
    guard decision == Verdict.Decision.ready.rawValue else { return [] }
    var faults = rules.compactMap { rule -> LocalizedText? in
      let isOpen = rule.outcome == .waived || rule.outcome == .fail || rule.outcome == .unknown
      guard isOpen, !rule.isCleared, rule.severity == .blocking || rule.outcome == .waived else { return nil }
      return Self.open(rule)
    }
    if !rules.contains(where: { $0.severity == .blocking && $0.isCleared }) {
      faults.append(
        LocalizedText(
          fr: "aucune règle bloquante n'y est passée", en: "no blocking rule passed in it"))
    }
    if let reserves, reserves != Reserves(counting: rules) {
      faults.append(
        LocalizedText(
          fr: "« reserves » ne compte pas ce que disent ses règles",
          en: "“reserves” does not count what its rules say"))
    }
    if faults.isEmpty, let ruleSet { faults = differences(from: ruleSet) }
    return faults
  }

  /// Where its rules are not those of the rule file, although it has its digest.
  private func differences(from ruleSet: RuleSet) -> [LocalizedText] {
    let declared = ruleSet.stages.flatMap { stage in stage.rules.map { (stage: stage.id, rule: $0) } }
    guard rules.map(\.id) == declared.map(\.rule.id) else {
      return [
        LocalizedText(
          fr: "ses règles ne sont pas celles du fichier de règles",
          en: "its rules are not those of the rule file")
      ]
    }
    let use = use.flatMap { Use(rawValue: $0) }
    let day = today.flatMap { CivilDate($0) }
    return zip(rules, declared).compactMap { recorded, declared in
      let rule = declared.rule
      guard recorded.stage == declared.stage, recorded.check == rule.checkID,
        recorded.severity == rule.severity, recorded.exit == rule.exit.map({ Int($0.rawValue) }),
        recorded.standing == rule.waiver?.standing(on: day).rawValue
      else {
        return LocalizedText(
          fr: "la règle « \(rule.id) » n'y est pas comme dans le fichier de règles",
          en: "the rule “\(rule.id)” is not there as in the rule file")
      }
      guard rule.concerns(use) else { return recorded.outcome == .skipped ? nil : Self.open(recorded) }
      return rule.severity == .warning || recorded.isCleared ? nil : Self.open(recorded)
    }
  }

  private static func open(_ rule: RecordedRule) -> LocalizedText {
    LocalizedText(
      fr: "il se contredit : « ready », et la règle « \(rule.id) » est « \(rule.outcome.rawValue) »",
      en: "it contradicts itself: “ready”, and the rule “\(rule.id)” is “\(rule.outcome.rawValue)”")
  }
}
