import Preflight
import RuleFile
import JSON

/// Decodes the tests of a test file, and collects findings.
struct RuleTestDecoder: NodeReading {
  private let file: String
  private let facts: FactCatalogue
  /// The ids of the rules under test, in order; tests may name any rule if `nil`.
  private let ruleIDs: [String]?
  private let knownRules: Set<String>
  var findings: [Finding] = []
  var names = NameSearch()
  private(set) var tests: [RuleTest] = []
  private var sharedFacts: [YAMLNode.Entry] = []
  private var sharedAbsent: [FactName] = []
  private var sharedDay: CivilDate?
  private var testNames: Set<String> = []

  init(file: String, facts: FactCatalogue, rules: [String]?) {
    self.file = file
    self.facts = facts
    ruleIDs = rules
    knownRules = Set(rules ?? [])
  }

  /// Reads the rule file.
  mutating func read(_ root: YAMLNode) {
    let what = LocalizedText(fr: "le fichier d'essais", en: "the test file")
    guard
      let keys = mapping(
        root, keys: ["version", "rules", "on", "facts", "absent", "tests"], required: ["version", "tests"],
        what: what)
    else { return }
    if let node = keys["version"], let version = integer(node, what: LocalizedText(everywhere: "version")),
      version != 1
    {
      report(
        .unsupportedVersion, node.span,
        LocalizedText(fr: "version \(version) inconnue", en: "version \(version) is not known"),
        proposal: .write("1", at: node.span))
    }
    _ = keys["rules"].flatMap { text($0, what: LocalizedText(everywhere: "rules")) }
    sharedDay = keys["on"].flatMap { day($0) }
    sharedFacts = keys["facts"].flatMap { factEntries($0) } ?? []
    sharedAbsent = absentNames(
      keys, besides: Set(sharedFacts.filter { !$0.value.isNull }.map(Self.name(of:))))
    let nodes = keys["tests"].flatMap { list($0, what: LocalizedText(everywhere: "tests")) } ?? []
    if nodes.isEmpty, findings.isEmpty {
      report(
        .missingValue, keys["tests"]?.span ?? keys.span,
        LocalizedText(fr: "aucun essai : rien ne serait prouvé", en: "no tests: nothing would be proved"))
    }
    tests = nodes.compactMap { test($0) }
  }

  private mutating func test(_ node: YAMLNode) -> RuleTest? {
    let what = LocalizedText(fr: "un essai", en: "a test")
    guard
      let keys = mapping(
        node,
        keys: [
          "name", "facts", "facts_file", "absent", "unavailable", "for", "on", "am", "situation", "expect",
        ],
        required: ["name", "expect"], what: what)
    else { return nil }
    let name = keys["name"].flatMap { text($0, what: LocalizedText(everywhere: "name")) } ?? ""
    if !name.isEmpty, !testNames.insert(name).inserted, let node = keys["name"] {
      report(
        .duplicateID, node.span,
        LocalizedText(fr: "un essai s'appelle déjà « \(name) »", en: "a test is already called “\(name)”"))
    }
    let use = keys["for"].flatMap { word($0, of: Use.self, what: LocalizedText(everywhere: "for")) }
    let today = keys["on"].flatMap { day($0) } ?? sharedDay
    guard let expect = keys["expect"], let expected = expectation(expect) else { return nil }
    let own = keys["facts"].flatMap { factEntries($0) } ?? []
    var absent = absentNames(keys, besides: Set(own.filter { !$0.value.isNull }.map(Self.name(of:))))
    // All tests start from this file, unless a test names another.
    if keys["facts_file"] == nil {
      let ownNames = Set(own.map(Self.name(of:)))
      absent += sharedAbsent.filter { !ownNames.contains($0) && !absent.contains($0) }
    }
    return RuleTest(
      name: name, place: "\(file):\(node.span.start.line)", facts: given(keys, own, absent: absent),
      unavailable: unavailable(keys), absent: absent,
      use: use, today: today, selection: selection(keys), exitCode: expected.exit, results: expected.results)
  }

  // MARK: - Facts

  private static func name(of entry: YAMLNode.Entry) -> FactName { FactName(entry.key.text ?? "") }

  /// The names under `absent`.
  ///
  /// - Parameter given: the facts that the test gives under `facts`.
  private mutating func absentNames(_ keys: KnownMapping, besides given: Set<FactName>) -> [FactName] {
    guard let node = keys["absent"], !node.isNull,
      let nodes = list(node, what: LocalizedText(everywhere: "absent"))
    else { return [] }
    return nodes.compactMap { node in
      guard let name = fact(node) else { return nil }
      guard name != .today, !given.contains(name) else {
        report(
          .duplicateID, node.span,
          LocalizedText(fr: "« \(name.rawValue) » est donné", en: "“\(name.rawValue)” is given"))
        return nil
      }
      return name
    }
  }

  private mutating func given(
    _ keys: KnownMapping, _ own: [YAMLNode.Entry], absent: [FactName]
  ) -> RuleTest.GivenFacts {
    let file = keys["facts_file"].flatMap { text($0, what: LocalizedText(everywhere: "facts_file")) }
    let ownNames = Set(own.map(Self.name(of:)) + absent)
    let shared = keys["facts_file"] == nil ? sharedFacts.filter { !ownNames.contains(Self.name(of: $0)) } : []
    let lines = (shared + own).filter { !$0.value.isNull }.map { entry in
      "\(PlainValue.text(entry.key.text ?? "").json): \(entry.value.plain.json)"
    }
    return RuleTest.GivenFacts(
      inline: "{\"schema\": \"cps-preflight/facts/1\", \"facts\": {\n" + lines.joined(separator: ",\n")
        + "}}",
      file: file.map { $0.hasPrefix("/") ? $0 : RelativePath.path($0, besides: self.file) },
      without: Set(own.filter(\.value.isNull).map(Self.name(of:))))
  }

  private mutating func factEntries(_ node: YAMLNode) -> [YAMLNode.Entry]? {
    guard case .mapping(let entries) = node.content else {
      reportType(node, expected: ParameterType.mapName, for: LocalizedText(everywhere: "facts"))
      return nil
    }
    return entries.filter { fact($0.key) != nil }
  }

  private mutating func fact(_ node: YAMLNode) -> FactName? {
    let name = FactName(node.text ?? "")
    guard facts[name] == nil else { return name }
    reportUnknown(
      .unknownValue, name.rawValue, at: node.span, among: facts.declarations.map(\.name.rawValue),
      message: LocalizedText(fr: "fait inconnu « \(name.rawValue) »", en: "unknown fact “\(name.rawValue)”"))
    return nil
  }

  private mutating func unavailable(
    _ keys: KnownMapping
  ) -> [(name: FactName, reason: Unavailability.Reason)] {
    guard let node = keys["unavailable"], let entries = factEntries(node) else { return [] }
    let words = Unavailability.Reason.allCases.map(\.rawValue)
    return entries.compactMap { entry in
      guard let name = fact(entry.key),
        let word = text(entry.value, what: LocalizedText(everywhere: "unavailable"))
      else { return nil }
      if let reason = Unavailability.Reason(rawValue: word) { return (name, reason) }
      reportUnknown(
        .unknownValue, word, at: entry.value.span, among: words,
        message: LocalizedText(fr: "raison inconnue « \(word) »", en: "unknown reason “\(word)”"))
      return nil
    }
  }

  private mutating func selection(_ keys: KnownMapping) -> SituationSelection {
    if let node = keys["situation"],
      case .integer(let number)? = parameterValue(
        node, of: .integer(1...99), what: LocalizedText(everywhere: "situation"))
    {
      return .position(number)
    }
    guard let number = keys["am"].flatMap({ text($0, what: LocalizedText(everywhere: "am")) }) else {
      return .any
    }
    return .identifier(Personal(number, as: .identifier))
  }

  private mutating func day(_ node: YAMLNode) -> CivilDate? {
    guard case .date(let date)? = parameterValue(node, of: .date, what: LocalizedText(everywhere: "on"))
    else {
      return nil
    }
    return date
  }

  // MARK: - Expectations

  private mutating func expectation(
    _ node: YAMLNode
  ) -> (exit: ExitCode?, results: [RuleTest.ExpectedResult])? {
    let what = LocalizedText(everywhere: "expect")
    guard let keys = mapping(node, keys: ["exit", "rules"], what: what) else { return nil }
    let rules: [YAMLNode.Entry]? =
      if case .mapping(let entries)? = keys["rules"]?.content { entries } else { nil }
    guard keys["exit"] != nil || (keys["rules"] != nil && rules?.isEmpty != true) else {
      report(
        .missingValue, keys["rules"]?.span ?? node.span,
        LocalizedText(
          fr: "rien n'est attendu : donner « exit », ou ce que des règles doivent devenir sous « rules »",
          en: "nothing is expected: give “exit”, or what is to become of rules under “rules”"))
      return nil
    }
    let exit = keys["exit"].flatMap { exitCode($0) }
    var results: [RuleTest.ExpectedResult] = []
    if let node = keys["rules"] {
      guard let rules else {
        reportType(node, expected: ParameterType.mapName, for: LocalizedText(everywhere: "rules"))
        return nil
      }
      results = rules.compactMap { result($0) }
    }
    return (exit, results)
  }

  /// The exit codes of verdicts that belong to no rule: all passed; a failure without its own code; undecided;
  /// undecided for lack of a service, or because something is unsafe; nothing was judged.
  private static let codesWithoutRule: [ExitCode] = [
    .ready, .blocked, .serviceAbsent, .undecided, .unsafe, .invalidRules,
  ]

  private mutating func exitCode(_ node: YAMLNode) -> ExitCode? {
    guard let code = integer(node, what: LocalizedText(everywhere: "exit")) else { return nil }
    let others = Self.codesWithoutRule.map { Int($0.rawValue) }
    let rules = ExitCode.ofRules
    guard rules.contains(code) || others.contains(code) else {
      let list = others.map(String.init).joined(separator: ", ")
      report(
        .exitOutOfRange, node.span,
        LocalizedText(
          fr: "aucun verdict ne se termine avec le code \(code)", en: "no verdict ends with the code \(code)"),
        proposal: Proposal(
          LocalizedText(
            fr: "le code d'une règle (\(rules.lowerBound)–\(rules.upperBound)), ou l'un de : \(list)",
            en: "the code of a rule (\(rules.lowerBound)–\(rules.upperBound)), or one of: \(list)")))
      return nil
    }
    return ExitCode(Int32(code))
  }

  private mutating func result(_ entry: YAMLNode.Entry) -> RuleTest.ExpectedResult? {
    let rule = entry.key.text ?? ""
    let what = LocalizedText(everywhere: Text(rule))
    if let ruleIDs, !knownRules.contains(rule) {
      reportUnknown(
        .unknownRule, rule, at: entry.key.span, among: ruleIDs,
        message: LocalizedText(
          fr: "aucune règle ne s'appelle « \(rule) »", en: "there is no rule “\(rule)”"))
      return nil
    }
    guard case .mapping = entry.value.content else {
      return word(entry.value, of: Outcome.self, what: what).map {
        RuleTest.ExpectedResult(rule: rule, outcome: $0, message: nil, remedy: nil)
      }
    }
    guard
      let keys = mapping(
        entry.value, keys: ["outcome", "message", "remedy"], required: ["outcome"], what: what),
      let outcome = keys["outcome"].flatMap({ word($0, of: Outcome.self, what: what) })
    else { return nil }
    return RuleTest.ExpectedResult(
      rule: rule, outcome: outcome,
      message: keys["message"].flatMap { text($0, what: LocalizedText(everywhere: "message")) },
      remedy: keys["remedy"].flatMap { text($0, what: LocalizedText(everywhere: "remedy")) })
  }
}
