import JSON
package import Preflight

/// A verdict read strictly from a file.
package struct RecordedVerdict: Sendable {
  /// The maximum size of the file, in bytes.
  package static let sizeLimit = 1 << 20
  /// The members that only the lines of `evaluate` have. Those are not accepted: they judge given facts, not a card
  /// that was present.
  private static let membersOfLines = ["line", "id", "brief", "error"]

  let decision: String
  let exitCode: Int
  let use: String?
  let today: String?
  let rulesDigest: String
  /// When the run began.
  package let startedAt: Moment
  /// The card that was judged. Nil if the verdict names none.
  package let card: CardMark?
  let selection: SelectionMark?
  let plugins: [ProgramMark]
  /// The PKCS#11 module that read the card. Nil if none did.
  package let module: ProgramMark?
  /// The results of the rules, in the order of the document.
  let rules: [RecordedRule]
  let reserves: Reserves?
  /// Whether the document has a signature member, valid or not.
  let claimsSignature: Bool
  /// The document as it was signed. Nil if it does not end with a signature.
  let signed: SignedDocument?

  /// Reads a document.
  ///
  /// - Throws: `Fault` if it is not a verdict that can be relied upon.
  package init(_ bytes: [UInt8]) throws(Fault) {
    let root: JSONValue
    do throws(JSONFault) { root = try JSONReader.read(bytes) } catch {
      throw Fault(offset: error.offset, message: error.message)
    }
    let document = Members(root)
    let schema = VerdictWriter.schema
    guard try document.text("schema") == schema else {
      throw Fault(
        root, fr: "« schema » doit valoir \"\(schema)\"", en: "“schema” must be \"\(schema)\"")
    }
    if let member = Self.membersOfLines.first(where: document.names.contains) {
      throw Fault(
        root,
        fr: "« \(member) » : c'est une ligne d'evaluate, et non le verdict d'une vérification",
        en: "“\(member)”: it is a line of evaluate, not the verdict of a check")
    }
    decision = try document.text("verdict")
    exitCode = try document.integer("exitCode")
    use = try document.optional("use", Members.text)
    today = try document.optional("today", Members.text)
    rulesDigest = try document.object("rules").text("sha256")
    guard let moment = Moment(try document.text("startedAt")) else {
      throw Fault(root, fr: "« startedAt » n'est pas un instant", en: "“startedAt” is not a moment")
    }
    startedAt = moment
    card = try document.optional("card", Members.object).map { members throws(Fault) in
      CardMark(
        reader: try members.optional("reader", Members.text), atr: try members.optional("atr", Members.text),
        numberCheck: try members.optional("numberCheck", Members.text))
    }
    selection = try document.optional("selection", Members.object).map { members throws(Fault) in
      SelectionMark(
        situation: try members.optional("situation", Members.integer),
        identifierCheck: try members.optional("identifierCheck", Members.text))
    }
    plugins = try (document.optional("plugins", Members.list) ?? []).map { members throws(Fault) in
      try members.program
    }
    module = try document.optional("module", Members.object).map { members throws(Fault) in
      try members.program
    }
    rules = try RecordedRule.all(in: document)
    reserves = try document.optional("reserves", Members.object).map { members throws(Fault) in
      try Reserves(members)
    }
    claimsSignature = document.names.contains(SignedDocument.member)
    signed = SignedDocument(bytes)
  }
}

// MARK: - Members

extension RecordedVerdict {
  /// Why a document is not a verdict, and where.
  package struct Fault: Error {
    /// The position of the error, in bytes from the start of the document.
    package let offset: Int
    /// What is wrong, in one sentence.
    package let message: LocalizedText

    init(offset: Int, message: LocalizedText) {
      self.offset = offset
      self.message = message
    }

    init(_ value: JSONValue, fr: Text, en: Text) {
      self.init(offset: value.offset, message: LocalizedText(fr: fr, en: en))
    }
  }

  /// The members of an object, which are read by name and type.
  struct Members {
    private let value: JSONValue
    private let members: [JSONValue.Member]

    init(_ value: JSONValue) {
      self.value = value
      members = if case .object(let members) = value.content { members } else { [] }
    }

    var names: [String] { members.map(\.name) }

    private func member(_ name: String) throws(Fault) -> JSONValue {
      guard let member = members.first(where: { $0.name == name }) else {
        throw Fault(value, fr: "le champ « \(name) » manque", en: "the field “\(name)” is missing")
      }
      return member.value
    }

    func text(_ name: String) throws(Fault) -> String {
      let value = try member(name)
      guard case .string(let text) = value.content else { throw wrongType(value, name) }
      return text
    }

    func integer(_ name: String) throws(Fault) -> Int {
      let value = try member(name)
      guard case .number(let digits) = value.content, let number = Int(digits) else {
        throw wrongType(value, name)
      }
      return number
    }

    func object(_ name: String) throws(Fault) -> Members {
      let value = try member(name)
      guard case .object = value.content else { throw wrongType(value, name) }
      return Members(value)
    }

    /// Returns an error about this object.
    func fault(fr: Text, en: Text) -> Fault { Fault(value, fr: fr, en: en) }

    /// Returns the member of that name, a list of objects.
    func list(_ name: String) throws(Fault) -> [Members] {
      let value = try member(name)
      guard case .array(let items) = value.content else { throw wrongType(value, name) }
      var list: [Members] = []
      for item in items {
        guard case .object = item.content else { throw wrongType(item, name) }
        list.append(Members(item))
      }
      return list
    }

    /// The plugin or module that this object describes.
    var program: ProgramMark {
      get throws(Fault) {
        ProgramMark(
          name: try optional("name", Members.text), path: try text("path"),
          sha256: try optional("sha256", Members.text))
      }
    }

    /// Returns the member of that name as `read` decodes it, or nil if it is absent.
    ///
    /// - Throws: `Fault` if it is present but not valid.
    func optional<Value>(
      _ name: String, _ read: (Members) -> (String) throws(Fault) -> Value
    ) throws(Fault) -> Value? {
      names.contains(name) ? try read(self)(name) : nil
    }

    private func wrongType(_ value: JSONValue, _ name: String) -> Fault {
      Fault(value, fr: "« \(name) » n'a pas le type attendu", en: "“\(name)” is not of the expected type")
    }
  }
}

// MARK: - Rules

/// A rule and its result, as a verdict file gives them.
struct RecordedRule: Sendable {
  let stage: String
  let id: String
  let check: String
  let severity: Severity
  let outcome: Outcome
  let exit: Int?
  /// The standing of the waiver when the verdict was written. Nil if there is no waiver.
  let standing: String?

  /// Returns all rules of the document.
  ///
  /// - Throws: `Fault` if one is malformed or occurs twice.
  static func all(in document: RecordedVerdict.Members) throws(RecordedVerdict.Fault) -> [RecordedRule] {
    var rules: [RecordedRule] = []
    var ids: Set<String> = []
    for stage in try document.list("stages") {
      let stageID = try stage.text("id")
      for members in try stage.list("rules") {
        let rule = try RecordedRule(members, stage: stageID)
        guard ids.insert(rule.id).inserted else {
          throw members.fault(
            fr: "la règle « \(rule.id) » y est deux fois", en: "the rule “\(rule.id)” appears twice")
        }
        rules.append(rule)
      }
    }
    return rules
  }

  private init(_ members: RecordedVerdict.Members, stage: String) throws(RecordedVerdict.Fault) {
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
    exit = try members.optional("exit", RecordedVerdict.Members.integer)
    standing = try members.optional("waiver", RecordedVerdict.Members.object).map {
      waiver throws(RecordedVerdict.Fault) in try waiver.text("standing")
    }
  }

  /// Whether the rule does not block: a waiver accepts a failure only while it applies.
  var isCleared: Bool {
    outcome == .pass || (outcome == .waived && standing == Waiver.Standing.counts.rawValue)
  }
}

extension RecordedVerdict {
  /// The counts, in the document, of results that did not pass but do not block.
  struct Reserves: Sendable, Equatable {
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

  /// Returns the claims of the document that its own rules contradict. Empty if it is consistent.
  ///
  /// - Parameter ruleSet: the rule set with the digest that the document names. Nil if the present rules have
  ///   another digest.
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

  /// Returns the differences between its rules and those of the rule file with the same digest.
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
          en: "the rule “\(rule.id)” is not as in the rule file")
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
