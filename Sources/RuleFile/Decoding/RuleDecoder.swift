import Preflight

extension RuleSetDecoder {
  /// Reads one rule.
  mutating func rule(_ node: YAMLNode) -> Rule? {
    let what = LocalizedText(fr: "une règle", en: "a rule")
    guard let keys = mapping(node, keys: RuleFileKey.ofRule, required: ["id", "check"], what: what) else {
      return nil
    }
    let id = keys["id"].flatMap { self.id($0, besides: rulesByID) }
    if let id { rulesByID[id] = keys["id"]?.span }
    let check = check(keys, of: id ?? "")
    let severity = keys["severity"].flatMap {
      word($0, of: Severity.self, what: LocalizedText(everywhere: "severity"))
    }
    let exit = keys["exit"].flatMap { exitCode($0, of: id) }
    let uses = keys["for"].flatMap { self.uses($0) }
    // Uses that could not be read must not cause findings about `needs`.
    let readUses = keys["for"] == nil ? uses : uses ?? []
    // The same goes for a severity that could not be read.
    let blocks = keys["severity"] == nil || severity == .blocking
    let needs = keys["needs"].map { self.needs($0, by: id, for: readUses, in: blocks ? keys : nil) } ?? []
    if let id { declaredIDs.append(id) }
    let timeout = keys["timeout"].flatMap { self.timeout($0) }
    let title = keys["title"].flatMap { localizedWords($0, what: LocalizedText(everywhere: "title")) }
    let scope = check.flatMap { self.scope(of: $0) }
    let advice = self.advice(keys, scope: scope, of: check?.id)
    guard let id, let check else { return nil }
    let rule = Rule(
      id: id,
      title: title.map { LocalizedTemplate(fr: $0.fr, en: $0.en).filled { scope?.constants[$0] } }
        ?? LocalizedText(everywhere: Text(id)),
      checkID: check.id, check: check.check, parameters: check.parameters,
      severity: severity ?? .blocking, exit: exit, uses: uses, needs: needs, timeout: timeout,
      advice: advice, waiver: waivers[id]?.waiver)
    let declared = DeclaredRule(rule: rule, keys: keys, scope: scope, span: keys["id"]?.span ?? node.span)
    rulesRead[id] = declared
    declaredRules.append(declared)
    earlierChecks.append(EarlierCheck(declared.rule.checkID, declared.rule.check))
    return rule
  }

  /// The variables that the texts of a rule may use; `nil` for a plugin that cannot be asked.
  private func scope(of check: NamedCheck) -> AdviceScope? {
    guard !(check.check is SilentJudge), let description = registry.check(check.id)?.description else {
      return nil
    }
    return AdviceScope(
      cases: description.cases, constants: description.constants(check.parameters, of: check.check))
  }

  /// Reads the id of a rule or stage: letters, digits, `-`, `_` and `.`, unique in the file.
  mutating func id(_ node: YAMLNode, besides taken: [String: Span]) -> String? {
    guard let id = text(node, what: LocalizedText(everywhere: "id")) else { return nil }
    // By bytes, where they are enough.
    let isPlain = id.utf8.count <= 64 && id.utf8.allSatisfy { isPlainInID($0) }
    guard isPlain || (id.count <= 64 && id.allSatisfy { $0.isOfID }) else {
      report(
        .badID, node.span,
        LocalizedText(
          fr: "l'identifiant « \(id) » ne tient pas en 64 lettres, chiffres, « - », « _ » ou « . »",
          en: "the id “\(id)” is not made of at most 64 letters, digits, “-”, “_” or “.”"))
      return nil
    }
    if let first = taken[id] {
      report(
        .duplicateID, node.span,
        LocalizedText(
          fr: "l'identifiant « \(id) » est déjà pris\(place(first, from: node.span).french)",
          en: "the id “\(id)” is already taken\(place(first, from: node.span).english)"),
        proposal: freeID(like: id, besides: taken).map { .write($0, at: node.span, isOnly: false) })
      return nil
    }
    return id
  }

  /// A free id. An id is never proposed twice.
  private mutating func freeID(like id: String, besides taken: [String: Span]) -> String? {
    for number in (nextNumbers[id] ?? 2)..<100 {
      nextNumbers[id] = number + 1
      let free = "\(id)-\(number)"
      // With the number added, it may be too long.
      guard free.count <= 64 else { return nil }
      if taken[free] == nil, !allRuleIDs.contains(free), proposedIDs.insert(free).inserted { return free }
    }
    return nil
  }

  private mutating func check(_ keys: KnownMapping, of rule: String) -> NamedCheck? {
    guard let node = keys["check"], let id = text(node, what: LocalizedText(everywhere: "check")) else {
      return nil
    }
    guard let declaration = registry.check(id) else {
      if let why = registry.reasonAgainst(id) {
        return silence(why, at: node.span).map {
          NamedCheck(id: id, check: SilentJudge($0), parameters: Parameters())
        }
      }
      reportUnknown(
        .unknownCheck, id, at: node.span, among: registry.checks.map { $0.description.id },
        message: LocalizedText(fr: "contrôle inconnu « \(id) »", en: "unknown check “\(id)”"))
      return nil
    }
    if let node = keys["with"]?.namedFacts.first(where: { isOutOfReach($0) }) {
      return silentCheck(id, naming: node)
    }
    let what = LocalizedText(fr: "le contrôle \(id)", en: "the check \(id)")
    let context = CheckContext(
      rule: rule, registry: registry, after: earlierChecks)
    return make(declaration.description.parameters, of: keys["with"], at: node.span, what: what) {
      parameters throws(ParameterError) in
      NamedCheck(id: id, check: try declaration.make(parameters, in: context), parameters: parameters)
    }
  }

  /// Whether nothing is known about that fact: it belongs to a plugin that cannot be asked, or its declaration is
  /// faulty.
  private func isOutOfReach(_ node: YAMLNode) -> Bool {
    guard let name = node.text, registry.facts[FactName(name)] == nil else { return false }
    return misdeclaredFacts.contains(name) || registry.reasonAgainst(name) != nil
  }

  /// The stand-in for a check that names such a fact.
  private mutating func silentCheck(_ id: String, naming node: YAMLNode) -> NamedCheck? {
    // A faulty declaration is reported at its own place.
    guard let name = node.text, let why = registry.reasonAgainst(name) else { return nil }
    let near = nearestNames(to: name, among: ownFacts.map(\.rawValue))
    if case .silent = why, let nearest = near.first {
      report(
        .badParameter, node.span,
        LocalizedText(fr: "fait inconnu « \(name) »", en: "unknown fact “\(name)”"),
        proposal: .name(nearest, at: node.span, isOnly: near.count == 1))
      return nil
    }
    return silence(why, at: node.span).map {
      NamedCheck(id: id, check: SilentJudge($0), parameters: Parameters())
    }
  }

  private mutating func exitCode(_ node: YAMLNode, of rule: String?) -> ExitCode? {
    guard let code = integer(node, what: LocalizedText(everywhere: "exit")) else { return nil }
    let range = ExitCode.ofRules
    guard range.contains(code) else {
      report(
        .exitOutOfRange, node.span,
        LocalizedText(
          fr: "le code \(code) est hors de \(range.lowerBound)–\(range.upperBound)",
          en: "the code \(code) is outside \(range.lowerBound)–\(range.upperBound)"))
      return nil
    }
    if let other = holder(of: code) {
      let free = range.first { holder(of: $0) == nil && !proposedExits.contains($0) }
      if let free { proposedExits.insert(free) }
      report(
        .duplicateExit, node.span,
        LocalizedText(
          fr: "le code \(code) est déjà celui de la règle « \(other) »",
          en: "the code \(code) is already that of the rule “\(other)”"),
        proposal: free.map {
          Proposal(
            LocalizedText(fr: "\($0) est libre jusqu'ici", en: "\($0) is free so far"),
            edit: TextEdit(node.span, replacement: "\($0)"), isOnly: false)
        })
      return nil
    }
    exitCodes.append((code, rule ?? "?"))
    return ExitCode(Int32(code))
  }

  private func holder(of code: Int) -> String? { exitCodes.first { $0.code == code }?.rule }

  private mutating func uses(_ node: YAMLNode) -> Set<Use>? {
    let what = LocalizedText(everywhere: "for")
    if let word = node.text, ["all", "tous", "toutes", "*"].contains(word.lowercased()) {
      let all = Use.allCases.map(\.rawValue).joined(separator: ", ")
      reportType(
        node, expected: LocalizedText(fr: "une liste", en: "a list"), for: what,
        proposal: .write("[\(all)]", at: node.span))
      return nil
    }
    guard let nodes = list(node, what: what) else { return nil }
    if nodes.isEmpty {
      report(
        .missingValue, node.span,
        LocalizedText(
          fr: "« for » est vide : la règle ne serait jamais jugée",
          en: "“for” is empty: the rule would never be judged"))
      return nil
    }
    return Set(nodes.compactMap { word($0, of: Use.self, what: what) })
  }

  /// - Parameter blocking: the rule, if it is blocking.
  private mutating func needs(
    _ node: YAMLNode, by rule: String?, for uses: Set<Use>?, in blocking: KnownMapping?
  ) -> [String] {
    guard let nodes = list(node, what: LocalizedText(everywhere: "needs")) else { return [] }
    var needs: [String] = []
    for node in nodes {
      guard let need = text(node, what: LocalizedText(everywhere: "needs")) else { continue }
      if let needed = rulesRead[need] {
        checkUses(of: needed.rule, cover: uses, at: node.span)
        if let blocking { checkSeverity(of: needed, neededBy: rule ?? "?", blocking, at: node.span) }
        needs.append(need)
      } else if need == rule || (allRuleIDs.contains(need) && rulesByID[need] == nil) {
        report(
          .laterNeed, node.span,
          LocalizedText(
            fr: "« \(need) » n'est pas déclarée avant cette règle",
            en: "“\(need)” is not declared before this rule"),
          proposal: Proposal(
            LocalizedText(
              fr: "déplacer la règle « \(need) » plus haut", en: "move the rule “\(need)” up")))
      } else if let place = disabled[need] {
        report(
          .disabledNeed, place,
          LocalizedText(
            fr: "« \(need) » est désactivée alors que « \(rule ?? "?") » en a besoin",
            en: "“\(need)” is disabled while “\(rule ?? "?")” needs it"),
          proposal: Proposal(
            LocalizedText(
              fr: "désactiver aussi « \(rule ?? "?") », ou lui donner d'autres « needs » sous « override »",
              en: "disable “\(rule ?? "?")” as well, or give it other “needs” under “override”")))
      } else if rulesByID[need] == nil {
        reportUnknown(
          .unknownNeed, need, at: node.span, among: declaredIDs,
          message: LocalizedText(
            fr: "aucune règle ne s'appelle « \(need) »", en: "there is no rule “\(need)”"))
      }
    }
    return needs
  }

  /// Reports a needed rule that does not cover all uses: the rule would be skipped silently for the others.
  private mutating func checkUses(of needed: Rule, cover uses: Set<Use>?, at span: Span) {
    guard let covered = needed.uses else { return }
    let missing = (uses ?? Set(Use.allCases)).subtracting(covered).map(\.rawValue).sorted()
    guard !missing.isEmpty else { return }
    let names = missing.joined(separator: ", ")
    report(
      .needOfOtherUse, span,
      LocalizedText(
        fr: "« \(needed.id) » n'est pas jugée pour \(names) : cette règle n'y serait jamais jugée",
        en: "“\(needed.id)” is not judged for \(names): this rule would never be judged there"))
  }

  /// Reports a blocking rule that needs a warning: if the warning does not pass, the blocking rule would be skipped and
  /// nothing would hold the lot back.
  private mutating func checkSeverity(
    of needed: DeclaredRule, neededBy rule: String, _ keys: KnownMapping, at span: Span
  ) {
    guard needed.rule.severity == .warning else { return }
    let id = needed.rule.id
    let severity = needed.keys["severity"]
    // The last place counts: the file that changed another file's rule has to be corrected, not the other file.
    let places = [span, severity?.span, keys["severity"]?.span].compactMap(\.self)
    let place = composed.latest(of: places) ?? span
    let words = LocalizedText(
      fr: """
        rendre « \(id) » bloquante (severity: blocking), faire de « \(rule) » un avertissement, ou retirer « \(id) » de ses « needs »
        """,
      en: """
        make “\(id)” blocking (severity: blocking), or “\(rule)” a warning, or take “\(id)” out of its “needs”
        """)
    report(
      .warningNeed, place,
      LocalizedText(
        fr: "« \(rule) » est bloquante et a besoin de « \(id) », qui n'est qu'un avertissement",
        en: "“\(rule)” is blocking and needs “\(id)”, which is only a warning"),
      proposal: place == severity?.span
        ? Proposal(words, edit: TextEdit(place, replacement: "blocking"), isOnly: false) : Proposal(words))
  }

  private mutating func timeout(_ node: YAMLNode) -> Duration? {
    if case .duration(let duration)? = parameterValue(
      node, of: .wait, what: LocalizedText(everywhere: "timeout"))
    {
      return duration
    }
    return nil
  }

  /// Reads a text for people: a string for every language, or a map by language.
  mutating func localizedText(_ node: YAMLNode, what: LocalizedText) -> LocalizedText? {
    localizedWords(node, what: what).map { LocalizedText(fr: Text($0.fr), en: Text($0.en)) }
  }

  /// The same text, as written.
  mutating func localizedWords(_ node: YAMLNode, what: LocalizedText) -> (fr: String, en: String)? {
    guard case .mapping(let entries) = node.content else {
      return text(node, what: what).map { ($0, $0) }
    }
    guard let keys = mapping(node, keys: RuleFileKey.ofText, what: what) else { return nil }
    let french = keys["fr"].flatMap { text($0, what: what) }
    let english = keys["en"].flatMap { text($0, what: what) }
    guard let some = french ?? english else {
      if entries.isEmpty {
        report(
          .missingValue, node.span,
          LocalizedText(fr: "\(what.french) est vide", en: "\(what.english) is empty"))
      }
      return nil
    }
    return (french ?? some, english ?? some)
  }
}

extension Character {
  /// Whether ids may have it: a letter, a digit, `-`, `_` or `.`. Of ASCII, Unicode need not be asked.
  fileprivate var isOfID: Bool { asciiValue.map { isPlainInID($0) } ?? (isLetter || isNumber) }
}

/// Whether the byte is a character of ASCII that ids may have.
private func isPlainInID(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
  default: false
  }
}
